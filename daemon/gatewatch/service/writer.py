"""The one thread that writes: it owns store and pipeline, so the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from gatewatch.model import Alert, Clock, Document, Source, SourceState
from gatewatch.pipeline import Opened, Pipeline, Taken
from gatewatch.reading import Reader
from gatewatch.service.auditor import audit_and_tell
from gatewatch.service.batch import Batch
from gatewatch.service.disk_watch import free_space, look_at_disk
from gatewatch.service.heartbeat import WITHOUT, Heartbeat
from gatewatch.service.housekeeping import Housekeeping
from gatewatch.service.watch import Watch
from gatewatch.settings import Settings
from gatewatch.sources.moving import as_configured
from gatewatch.store import Store, database_path

T = TypeVar("T")


class Writer:
    """Takes documents in, one after the other. Parsing and reading happen in its thread too.

    A thread of its own, and not a lock: SQLite takes one writer at a time anyway, and a store must be used
    by the thread that opened it.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._store: Store | None = None
        self._pipeline: Pipeline | None = None
        self._batch = Batch(self._thread, lambda opened: self._opened_pipeline.take(*opened))

    async def open(self) -> Mapping[str, SourceState]:
        """Opens (or makes) the database; gives what it remembers of each source."""
        return await self._in_thread(self._open)

    def _open(self) -> Mapping[str, SourceState]:
        store = Store.open(database_path(self._settings.state_dir))
        self._take_back(store)
        reader = Reader(self._settings.vocabularies, self._settings.gazetteer)
        self._store = store
        self._pipeline = Pipeline(self._settings, store, reader, self._clock)
        sources, now = {source.id: source for source in self._settings.sources}, self._clock()
        return {
            state.id: as_configured(sources[state.id], state, now) if state.id in sources else state
            for state in store.source_states()
        }

    def _take_back(self, store: Store) -> None:
        """Frees what a killed process was sending.

        We hold the lock of the state directory, so whoever claimed it is dead: without this it, and all that
        waits behind it in its channel, would wait for the lease to run out.
        """
        for channel in self._settings.channels:
            store.take_back(channel.name, self._clock())

    async def take(self, document: Document, source: Source) -> Taken:
        """Walks one document through the pipeline: all of it is stored when this returns, or none of it."""
        pipeline = self._opened_pipeline
        return await self._batch.add(lambda: pipeline.open(document, source))

    async def read(self, document: Document, source: Source) -> Opened:
        """Reads a document and stores nothing yet, so that the articles behind its news can be fetched first."""
        pipeline = self._opened_pipeline
        return await self._in_thread(lambda: pipeline.open(document, source))

    async def take_opened(self, opened: Opened) -> Taken:
        """As `take`, for a document that was read already."""
        return await self._batch.add(lambda: opened)

    async def tick(self) -> tuple[Alert, ...]:
        """Queues what the clock alone brings, such as the end of a closure."""
        pipeline = self._opened_pipeline
        return await self._in_thread(lambda: pipeline.tick(self._clock()))

    async def notice(self, text: str) -> None:
        """Tells the operator something by the outbox."""
        pipeline = self._opened_pipeline

        def tell() -> None:
            with pipeline.store.transaction():
                pipeline.tell_operator(text, None, self._clock())

        await self._in_thread(tell)

    async def look_at_disk(self) -> str | None:
        """Tells the operator of a disk that fills up, by the outbox; gives what was told."""
        pipeline, settings = self._opened_pipeline, self._settings

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        def look() -> str | None:
            free, zone = free_space(settings.state_dir), ZoneInfo(settings.timezone)
            return look_at_disk(pipeline.store, free, settings.disk.free, tell, self._clock(), zone)

        return await self._in_thread(look)

    def housekeeping(self, pace: float = 1.0) -> Housekeeping:
        """What keeps the database small, between polls. `pace` is that of the clock."""
        pipeline, settings = self._opened_pipeline, self._settings

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        zone = ZoneInfo(settings.timezone)
        keep = settings.retention
        return Housekeeping(self._in_thread, pipeline.store, keep, zone, self._clock, pace, tell)

    def watch(self, wake: Callable[[], None], went_back: Callable[[timedelta], None] = lambda by: None) -> Watch:
        """What tells the operator of troubles; `wake` and `went_back` are those of `Watch`."""
        zone = ZoneInfo(self._settings.timezone)
        return Watch(self._in_thread, self._opened_pipeline, zone, self._clock, wake, went_back)

    def heartbeat(self, url: str | None, wake: Callable[[], None]) -> Heartbeat:
        """What audits the store and tells the outside that all is in order; `url` is None where nobody listens."""
        pipeline, settings, began = self._opened_pipeline, self._settings, self._clock()
        zone = ZoneInfo(settings.timezone)

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        async def audit() -> tuple[str, ...]:
            return await self._in_thread(
                lambda: audit_and_tell(pipeline.store, settings, tell, began, self._clock(), zone)
            )

        every = settings.heartbeat.every if settings.heartbeat else WITHOUT
        return Heartbeat(audit, url, every, wake)

    @property
    def _opened_pipeline(self) -> Pipeline:
        assert self._pipeline is not None, "open() comes first"
        return self._pipeline

    async def close(self, patience: float) -> bool:
        """Lets the transaction that runs come to its end and closes the database; False if it took too long.

        Then the process has to leave without it: SQLite rolls back what was not committed.
        """
        try:
            await asyncio.wait_for(self._in_thread(self._close), patience)
        except TimeoutError:
            return False
        self._thread.shutdown()
        return True

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
