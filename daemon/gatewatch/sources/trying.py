"""Trying sources once, outside of their timetable: politely, and with nothing stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gatewatch.model import Clock, Document, Outcome, Source, SourceState
from gatewatch.sources.documents import Contents, read_document
from gatewatch.sources.hosts import PAUSE, Lines, host_of
from gatewatch.sources.http import Fetcher

#: Sources that are asked at the same time; of each host only one.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """A source, and what an unconditional request brought."""

    source: Source
    document: Document
    contents: Contents


async def try_sources(
    sources: Sequence[Source],
    fetcher: Fetcher,
    clock: Clock,
    told: Callable[[Tried], None] = lambda tried: None,
    pause: float = PAUSE,
) -> list[Tried]:
    """Asks each source once and gives the answers in the order of `sources`; `told` hears of each as it comes."""
    places, lines = asyncio.Semaphore(AT_ONCE), Lines(pause)

    async def one(source: Source) -> Tried:
        # First the host: those that wait for it must not take places from others.
        async with lines.turn(host_of(source.url)), places:
            tried = await try_source(source, fetcher, clock)
        told(tried)
        return tried

    return await asyncio.gather(*map(one, sources))


async def try_source(source: Source, fetcher: Fetcher, clock: Clock) -> Tried:
    """Asks one source as a first poll would."""
    document = await fetcher.fetch(source, None, clock())
    if source.kind == "feed" and document.outcome is Outcome.CHALLENGE and document.status == 200:
        # The front page of a newspaper has a form to log in, and is taken for a login page in the place of the feed.
        # It may still name its feeds.
        page = await fetcher.fetch(replace(source, kind="page"), None, clock())
        document = page if page.outcome is Outcome.OK else document
    # Without the language of the config, the items show that of the feed.
    unnamed = replace(source, language=None)
    return Tried(source, document, read_document(document, unnamed, SourceState(source.id, next_poll=clock())))
