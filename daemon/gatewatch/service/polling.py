"""The walk of one poll: fetch in the event loop, take in by the writer, tell what came of it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gatewatch.model import Clock, Document, Outcome, Source, SourceState
from gatewatch.pipeline import Taken
from gatewatch.service.articles import fetch_articles
from gatewatch.service.logfmt import line
from gatewatch.service.writer import Writer
from gatewatch.sources.hosts import Holds, Lines, back_after, host_of
from gatewatch.sources.http import Fetcher
from gatewatch.sources.moving import address_of, as_configured
from gatewatch.sources.outage import Reachability

log = logging.getLogger(__name__)

#: Polls under way at once. Tasks beyond that wait in a queue and not inside httpx, whose connection pool
#: gets slow with the square of its waiters and times them out.
WORKERS = 32

#: How long a source waits that could not even be recorded (disk full, database locked): doubled each time.
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of one poll. Where nothing could be stored `taken` is None, and `state` in memory only.

    `put_off`: its host wants peace, so that it was not asked at all; `state.next_poll` is when it will be.
    `unwritten`: why the database took nothing. `seconds`: how long it took, from the request on.
    """

    source: Source
    state: SourceState
    taken: Taken | None = None
    put_off: bool = False
    unwritten: str = ""
    seconds: float | None = None

    @property
    def good(self) -> bool:
        """The source answered with something that can be read, or said that nothing changed."""
        return self.taken is not None and self.state.last_outcome in (Outcome.OK, Outcome.NOT_MODIFIED)


class Poller:
    """A fixed number of workers that take sources from a queue. `told` hears what came of each poll.

    A source enters the queue when it is its turn at its host: whoever waits for that takes nobody's worker.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        writer: Writer,
        states: Mapping[str, SourceState],
        clock: Clock,
        told: Callable[[Polled], None],
        *,
        lines: Lines | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._writer = writer
        self._states = dict(states)
        self._clock = clock
        self._told = told
        self._lines = lines or Lines()
        self._holds = Holds(states.values())
        self._network = Reachability()
        self._queue: asyncio.Queue[tuple[Source, str | None]] = asyncio.Queue()
        self._open = 0  # asked for and not done, in a line, in the queue or at a worker
        self._idle = asyncio.Event()
        self._idle.set()
        self._workers: list[asyncio.Task[None]] = []
        self._fallen = asyncio.Event()

    def start(self, sources: int) -> None:
        """Starts the workers: never more than there are sources. To be said again where there are more than before."""
        for _ in range(min(WORKERS, sources) - len(self._workers)):
            worker = asyncio.create_task(self._work())
            worker.add_done_callback(self._ended)
            self._workers.append(worker)

    def heed(self, states: Mapping[str, SourceState]) -> None:
        """These states hold from now on: those sources were edited."""
        self._states |= states

    @property
    def states(self) -> Mapping[str, SourceState]:
        """What is remembered of each source."""
        return self._states

    def ask(self, source: Source) -> None:
        """Puts a source into the line of its host, and so into the queue."""
        self._open += 1
        self._idle.clear()
        host = host_of(address_of(source, self._states.get(source.id)))
        self._lines.join(host, lambda: self._queue.put_nowait((source, host)))

    async def article(self, source: Source, url: str) -> Document | None:
        """The page that an entry links to, fetched when it is our turn at its host.

        None while that host wants peace. May be called from within a poll: its fetch is over by then.
        """
        host = host_of(url)
        async with self._lines.turn(host):
            now = self._clock()
            if self._holds.until(host, now):
                return None
            document = await self._fetcher.article(source, url, now)
            self._holds.heed(document, self._clock())
            return document

    async def drained(self) -> None:
        """Returns when everything that was asked for is done."""
        await self._until(self._idle.wait())

    async def until(self, stop: asyncio.Event) -> None:
        """Returns when `stop` is set. Raises if a worker fell: better to end loudly than to go deaf."""
        await self._until(stop.wait())

    async def _until(self, done: Coroutine[None, None, object]) -> None:
        waiting, falling = asyncio.ensure_future(done), asyncio.ensure_future(self._fallen.wait())
        await asyncio.wait({waiting, falling}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        falling.cancel()
        for worker in self._workers:
            if worker.done() and not worker.cancelled():
                worker.result()

    def _ended(self, worker: asyncio.Task[None]) -> None:
        if not worker.cancelled():
            self._fallen.set()

    async def stop(self) -> None:
        """Breaks off what is being fetched. A transaction that runs is finished by the writer."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            source, host = await self._queue.get()
            if (hold := self._holds.until(host, self._clock())) is not None:
                self._lines.leave(host, asked=False)
                polled = self._put_off(source, hold)
            else:
                began = time.monotonic()
                polled = await self._poll(source, host)
                polled = replace(polled, seconds=time.monotonic() - began)
            self._states[source.id] = polled.state
            self._told(polled)
            self._open -= 1
            if not self._open:
                self._idle.set()

    def _put_off(self, source: Source, hold: datetime) -> Polled:
        then = back_after(hold, source.id)
        state = self._states.get(source.id) or SourceState(source.id, next_poll=then)
        state = replace(state, next_poll=then, reason="its host asks all its sources to wait")
        return Polled(source, state, put_off=True)

    async def _poll(self, source: Source, host: str | None) -> Polled:
        """Never raises for one source's sake: a fault of ours is logged, recorded, and backed off from."""
        try:
            taken = await self._take(await self._fetch(source, host), source)
        except sqlite3.OperationalError as fault:
            return self._unwritten(source, fault)
        except Exception as fault:
            log.exception(line("fault", source=source.id, error=repr(fault)))
            return await self._record(source, fault)
        return Polled(source, taken.state, taken)

    def _unwritten(self, source: Source, fault: sqlite3.OperationalError) -> Polled:
        """No fault of the source: what it told is asked for anew, as if it had not been polled."""
        log.error(line("unwritten", source=source.id, error=str(fault)))
        then = self._clock() + source.every
        state = self._states.get(source.id) or SourceState(source.id, next_poll=then)
        state = replace(state, next_poll=then, reason=f"the database can't be written: {fault}")
        return Polled(source, state, unwritten=str(fault))

    async def _take(self, document: Document, source: Source) -> Taken:
        """Takes the document in, after the articles behind its news: together, so that a crash loses neither."""
        if source.full_text == "never" or document.outcome is not Outcome.OK:
            return await self._writer.take(document, source)
        opened = await self._writer.read(document, source)
        articles = await fetch_articles(self.article, source, opened.wanting) if opened.wanting else {}
        return await self._writer.take_opened(replace(opened, articles=articles))

    async def _fetch(self, source: Source, host: str | None) -> Document:
        """The answer. The host is free for the next one before this one is taken in."""
        try:
            document = await self._fetcher.fetch(source, self._asked_as(source), self._clock())
        finally:
            self._lines.leave(host)
        self._holds.heed(document, self._clock())
        return self._blameless(document, host)

    def _asked_as(self, source: Source) -> SourceState | None:
        """What is remembered of the address that stands in the settings now: a reload may have brought another one."""
        state = self._states.get(source.id)
        return None if state is None else as_configured(source, state, self._clock())

    def _blameless(self, document: Document, host: str | None) -> Document:
        """The document, marked if it failed while the network was down on our side.

        The operator's own machines prove nothing: they answer when there is no internet.
        """
        if host is None:
            return replace(document, our_outage=False)
        before, failed = self._network, document.outcome is Outcome.NETWORK_ERROR
        self._network = before.after(self._clock(), host, reachable=not failed, certain=document.our_outage)
        if self._network.since is not None and before.since is None:
            log.warning(line("outage", text="the network is down on our side; no source is blamed"))
        elif self._network.since is None and before.since is not None:
            log.warning(line("outage-over", text="the network works again", since=before.since.isoformat()))
        return replace(document, our_outage=self._network.since is not None)

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
