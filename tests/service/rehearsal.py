"""A poller among scripted servers: who is asked when, without a network or a database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.pipeline import Taken
from gatewatch.service.polling import Polled, Poller
from gatewatch.sources.hosts import Lines, host_of

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)

Answer = Callable[[Source, datetime], Document]


def good(source: Source, now: datetime) -> Document:
    return Document(source.id, now, Outcome.OK, url=source.url, status=200)


@dataclass
class Rehearsal:
    """Answers by source id (good where none is given), what was asked, taken in and told, and a clock."""

    answers: dict[str, Answer] = field(default_factory=dict)
    before: Callable[[Source], Awaitable[None]] | None = None
    states: dict[str, SourceState] = field(default_factory=dict)
    now: datetime = NOON
    asked: list[str] = field(default_factory=list)
    taken: list[Document] = field(default_factory=list)
    told: list[Polled] = field(default_factory=list)
    most: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    _there: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))

    async def fetch(self, source: Source, state: SourceState | None, now: datetime) -> Document:
        host = host_of(source.url)
        self.asked.append(source.id)
        self._there[host] += 1
        self.most[host] = max(self.most[host], self._there[host])
        try:
            await asyncio.sleep(0)
            if self.before is not None:
                await self.before(source)
            return self.answers.get(source.id, good)(source, now)
        finally:
            self._there[host] -= 1

    async def article(self, source: Source, url: str, now: datetime) -> Document:
        return await self.fetch(Source(f"article of {source.id}", url), None, now)

    async def take(self, document: Document, source: Source) -> Taken:
        self.taken.append(document)
        return Taken(state=SourceState(source.id, self.now + timedelta(hours=1), last_outcome=document.outcome))

    async def poll(self, sources: Iterable[Source], pause: float = 0.0) -> None:
        """Asks for all sources with a new poller and returns when all is done."""
        await self.with_poller(lambda poller: self._ask(poller, sources), pause)

    async def with_poller(self, do: Callable[[Poller], Awaitable[None]], pause: float = 0.0) -> None:
        stage: Any = self
        poller = Poller(stage, stage, self.states, lambda: self.now, self.told.append, lines=Lines(pause))
        poller.start(1_000)
        try:
            async with asyncio.timeout(20):
                await do(poller)
        finally:
            await poller.stop()

    async def _ask(self, poller: Poller, sources: Iterable[Source]) -> None:
        for source in sources:
            poller.ask(source)
        await poller.drained()


def at(host: str, *ids: str) -> list[Source]:
    """Sources of one host."""
    return [Source(id, f"https://{host}/{id}") for id in ids]
