"""The walk of one poll: fetch in the event loop, take in by the writer, tell what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from gatewatch.model import Clock, Document, Outcome, Source, SourceState
from gatewatch.pipeline import Taken
from gatewatch.service.logfmt import line
from gatewatch.service.writer import Writer
from gatewatch.sources.http import Fetcher

log = logging.getLogger(__name__)

#: Polls under way at once. Tasks beyond that wait in a queue and not inside httpx, whose connection pool
#: gets slow with the square of its waiters and times them out.
WORKERS = 32

#: How long a source waits that could not even be recorded (disk full, database locked): doubled each time.
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of one poll. Where nothing could be stored `taken` is None, and `state` in memory only."""

    source: Source
    state: SourceState
    taken: Taken | None = None

    @property
    def good(self) -> bool:
        """The source answered with something that can be read, or said that nothing changed."""
        return self.taken is not None and self.state.last_outcome in (Outcome.OK, Outcome.NOT_MODIFIED)


class Poller:
    """A fixed number of workers that take sources from a queue. `told` hears what came of each poll."""

    def __init__(
        self,
        fetcher: Fetcher,
        writer: Writer,
        states: Mapping[str, SourceState],
        clock: Clock,
        told: Callable[[Polled], None],
    ) -> None:
        self._fetcher = fetcher
        self._writer = writer
        self._states = dict(states)
        self._clock = clock
        self._told = told
        self._queue: asyncio.Queue[Source] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []

    def start(self, sources: int) -> None:
        """Starts the workers: never more than there are sources."""
        self._workers = [asyncio.create_task(self._work()) for _ in range(min(WORKERS, sources))]

    def ask(self, source: Source) -> None:
        """Puts a source in the queue."""
        self._queue.put_nowait(source)

    async def drained(self) -> None:
        """Returns when everything that was asked for is done."""
        await self._until(self._queue.join())

    async def until(self, stop: asyncio.Event) -> None:
        """Returns when `stop` is set. Raises if a worker fell: better to end loudly than to go deaf."""
        await self._until(stop.wait())

    async def _until(self, done: Coroutine[None, None, object]) -> None:
        waiting = asyncio.ensure_future(done)
        finished, _ = await asyncio.wait({waiting, *self._workers}, return_when=asyncio.FIRST_COMPLETED)
        if waiting not in finished:
            waiting.cancel()
            for worker in finished:
                worker.result()

    async def stop(self) -> None:
        """Breaks off what is being fetched. A transaction that runs is finished by the writer."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            source = await self._queue.get()
            try:
                polled = await self._poll(source)
                self._states[source.id] = polled.state
                self._told(polled)
            finally:
                self._queue.task_done()

    async def _poll(self, source: Source) -> Polled:
        """Never raises for one source's sake: a fault of ours is logged, recorded, and backed off from."""
        state = self._states.get(source.id)
        try:
            document = await self._fetcher.fetch(source, state, self._clock())
            taken = await self._writer.take(document, source)
        except Exception as fault:
            log.exception(line("fault", source=source.id, error=repr(fault)))
            return await self._record(source, fault)
        return Polled(source, taken.state, taken)

    async def _record(self, source: Source, fault: Exception) -> Polled:
        now = self._clock()
        detail = f"a fault inside Gatewatch: {fault!r}"
        document = Document(source.id, now, Outcome.BAD_CONTENT, url=source.url, detail=detail)
        try:
            taken = await self._writer.take(document, source)
        except Exception as again:
            log.error(line("unrecorded", source=source.id, error=repr(again)))
            state = self._states.get(source.id) or SourceState(source.id, next_poll=now)
            then = now + min(FIRST_RETRY * 2 ** min(state.failures, 10), LAST_RETRY)
            failures = state.failures + 1
            return Polled(source, replace(state, failures=failures, next_poll=then, reason=detail))
        return Polled(source, taken.state, taken)
