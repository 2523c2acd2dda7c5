"""One poll, as the tests of this room make it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from gatewatch.model import Document, Source, SourceState
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
) -> Document:
    """Polls once with a fetcher of its own."""
    source = Source("news", url, kind=kind)
    state = SourceState(
        "news", NOW, etag=etag, last_modified=last_modified, unconditional=unconditional, seeded=NOW
    )

    async def once() -> Document:
        async with Fetcher(contact=contact, limits=limits) as fetcher:
            return await fetcher.fetch(source, state, NOW)

    return asyncio.run(once())
