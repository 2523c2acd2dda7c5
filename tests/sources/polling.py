"""One poll, as the tests of this room make it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from gatewatch.model import Document, Source, SourceState
from gatewatch.sources.addresses import forbidden as not_public
from gatewatch.sources.http import Fetcher, Limits

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)


def poll(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    unconditional: datetime | None = None,
    limits: Limits | None = None,
    contact: str = "",
    kind: str = "feed",
    configured: str = "",
    address: str = "",
    forbidden: Callable[[str], str | None] = not_public,
) -> Document:
    """Polls once with a fetcher of its own."""
    source = Source("news", url, kind=kind)
    state = SourceState(
        "news",
        NOW,
        etag=etag,
        last_modified=last_modified,
        unconditional=unconditional,
        seeded=NOW,
        configured=configured,
        address=address,
    )

    async def once() -> Document:
        async with Fetcher(contact=contact, limits=limits, forbidden=forbidden) as fetcher:
            return await fetcher.fetch(source, state, NOW)

    return asyncio.run(once())


def article(url: str, of: str, limits: Limits | None = None) -> Document:
    """Fetches a page that an entry of the source at `of` links to."""

    async def once() -> Document:
        async with Fetcher(limits=limits) as fetcher:
            return await fetcher.article(Source("news", of), url, NOW)

    return asyncio.run(once())


def anywhere(address: str) -> None:
    """For tests about something else: all servers of the tests are at loopback addresses."""
