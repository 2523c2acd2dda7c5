"""The one thread that writes: it owns store and pipeline, so the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from gatewatch.model import Alert, Channel, Clock, Document, Source, SourceState
from gatewatch.pipeline import Opened, Pipeline, Taken
from gatewatch.service.auditor import audit_and_tell
from gatewatch.service.batch import Batch
from gatewatch.service.disk_watch import free_space, look_at_disk
from gatewatch.service.generation import Generation
from gatewatch.service.heartbeat import WITHOUT, Audited, Heartbeat
from gatewatch.service.housekeeping import Housekeeping
from gatewatch.service.watch import Watch
from gatewatch.sources.moving import as_configured
from gatewatch.store import Store, database_path

T = TypeVar("T")


class Writer:
    """Takes documents in, one after the other. Parsing and reading happen in its thread too.

    A thread of its own, and not a lock: SQLite takes one writer at a time anyway, and a store must be used
    by the thread that opened it.
    """

    def __init__(self, generation: Generation, clock: Clock) -> None:
        self._first = generation
        self._clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._store: Store | None = None
        self._pipeline: Pipeline | None = None
        self._batch = Batch(self._thread, lambda opened: self.pipeline.take(*opened))

    async def open(self) -> Mapping[str, SourceState]:
        """Opens (or makes) the database; gives what it remembers of each source."""
        return await self.in_thread(self._open)

    def _open(self) -> Mapping[str, SourceState]:
        settings = self._first.settings
        self._store = Store.open(database_path(settings.state_dir))
        self._take_back(self._store, settings.channels)
        self._pipeline = Pipeline(settings, self._store, self._first.reader, self._clock)
        return self._remembered(settings.sources)

    async def adopt(self, new: Generation) -> Mapping[str, SourceState]:
        """From the next transaction on `new` holds, as a whole; gives what is remembered of each of its sources.

        Raises what a database raises that can't be read; then nothing has changed.
        """

        def adopt() -> Mapping[str, SourceState]:
            pipeline = Pipeline(new.settings, self.pipeline.store, new.reader, self._clock)
            remembered = self._remembered(new.settings.sources)
            self._pipeline = pipeline
            return remembered

        return await self.in_thread(adopt)

    def _remembered(self, sources: Iterable[Source]) -> Mapping[str, SourceState]:
        assert self._store is not None
        by_id, now = {source.id: source for source in sources}, self._clock()
        return {
            state.id: as_configured(by_id[state.id], state, now) if state.id in by_id else state
            for state in self._store.source_states()
        }

    def _take_back(self, store: Store, channels: Iterable[Channel]) -> None:
        """Frees what a killed process was sending.

        We hold the lock of the state directory, so whoever claimed it is dead: without this it, and all that
        waits behind it in its channel, would wait for the lease to run out.
        """
        for channel in channels:
            store.take_back(channel.name, self._clock())

    async def take(self, document: Document, source: Source) -> Taken:
        """Walks one document through the pipeline: all of it is stored when this returns, or none of it."""
        pipeline = self.pipeline
        return await self._batch.add(lambda: pipeline.open(document, source))

    async def read(self, document: Document, source: Source) -> Opened:
        """Reads a document and stores nothing yet, so that the articles behind its news can be fetched first."""
        pipeline = self.pipeline
        return await self.in_thread(lambda: pipeline.open(document, source))

    async def take_opened(self, opened: Opened) -> Taken:
        """As `take`, for a document that was read already."""
        return await self._batch.add(lambda: opened)

    async def tick(self) -> tuple[Alert, ...]:
        """Queues what the clock alone brings, such as the end of a closure."""
        pipeline = self.pipeline
        return await self.in_thread(lambda: pipeline.tick(self._clock()))

    async def answer(self) -> None:
        """Returns when the thread has come to it, and could have written. A full disk is an answer, too."""

        def touch() -> None:
            with suppress(sqlite3.OperationalError), self.pipeline.store.transaction():
                pass

        await self.in_thread(touch)

    async def notice(self, text: str) -> None:
        """Tells the operator something by the outbox."""
        pipeline = self.pipeline

        def tell() -> None:
            with pipeline.store.transaction():
                pipeline.tell_operator(text, None, self._clock())

        await self.in_thread(tell)

    async def look_at_disk(self) -> str | None:
        """Tells the operator of a disk that fills up, by the outbox; gives what was told."""
        pipeline = self.pipeline
        settings = pipeline.settings

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        def look() -> str | None:
            free, zone = free_space(settings.state_dir), ZoneInfo(settings.timezone)
            return look_at_disk(pipeline.store, free, settings.disk.free, tell, self._clock(), zone)

        return await self.in_thread(look)

    def housekeeping(self, pace: float = 1.0) -> Housekeeping:
        """What keeps the database small, between polls. `pace` is that of the clock."""
        pipeline = self.pipeline
        settings = pipeline.settings

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        zone = ZoneInfo(settings.timezone)
        keep = settings.retention
        return Housekeeping(self.in_thread, pipeline.store, keep, zone, self._clock, pace, tell)

    def watch(self, wake: Callable[[], None], went_back: Callable[[timedelta], None] = lambda by: None) -> Watch:
        """What tells the operator of troubles; `wake` and `went_back` are those of `Watch`."""
        pipeline = self.pipeline
        zone = ZoneInfo(pipeline.settings.timezone)
        return Watch(self.in_thread, pipeline, zone, self._clock, wake, went_back)

    def heartbeat(
        self,
        url: str | None,
        began: datetime,
        wake: Callable[[], None],
        audited: Audited = lambda findings: None,
    ) -> Heartbeat:
        """What audits the store and tells the outside that all is in order; `url` is None where nobody listens.

        The service `began` then: a source that had no chance yet is no finding. `audited` hears what each audit found.
        """
        pipeline = self.pipeline
        settings = pipeline.settings
        zone = ZoneInfo(settings.timezone)

        def tell(text: str, at: datetime) -> None:
            pipeline.tell_operator(text, None, at)

        async def audit() -> tuple[str, ...]:
            return await self.in_thread(
                lambda: audit_and_tell(pipeline.store, settings, tell, began, self._clock(), zone)
            )

        every = settings.heartbeat.every if settings.heartbeat else WITHOUT
        return Heartbeat(audit, url, every, wake, audited)

    @property
    def pipeline(self) -> Pipeline:
        assert self._pipeline is not None, "open() comes first"
        return self._pipeline

    async def close(self, patience: float) -> bool:
        """Lets the transaction that runs come to its end and closes the database; False if it took too long.

        Then the process has to leave without it: SQLite rolls back what was not committed.
        """
        try:
            await asyncio.wait_for(self.in_thread(self._close), patience)
        except TimeoutError:
            return False
        self._thread.shutdown()
        return True

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    async def in_thread(self, work: Callable[[], T], /) -> T:
        """Does the work in the writer's thread, after what was asked for before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
