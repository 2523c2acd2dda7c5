"""Trying sources for commands: asked in the event loop, judged, and shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import Progress

from gatewatch.cli.language_of import TitleLanguage
from gatewatch.cli.store_reading import iso, plain, row
from gatewatch.model import Source
from gatewatch.settings import Settings
from gatewatch.sources.http import Fetcher
from gatewatch.sources.probing import Probe, probe
from gatewatch.sources.trying import Tried, try_sources


def tried(sources: Sequence[Source], settings: Settings) -> list[Tried]:
    """Asks each source once, with a bar on a terminal: many sources of one host take their time."""
    console = Console(stderr=True)

    async def ask() -> list[Tried]:
        with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
            task = progress.add_task("asking", total=len(sources))
            async with Fetcher(settings.contact or "", settings.user_agent) as fetcher:
                return await try_sources(sources, fetcher, _now, lambda _: progress.advance(task))

    return asyncio.run(ask())


def judged(found: Sequence[Tried], settings: Settings) -> list[Probe]:
    """What each answer means, with the language that its titles are in."""
    languages = TitleLanguage(settings.vocabularies)
    now = _now()
    return [
        probe(each.document, each.contents, each.source, now, languages.of(each.contents.items, each.source))
        for each in found
    ]


def show(result: Probe, console: Console) -> None:
    """One line for what was found, one each for titles, feeds and hints."""
    style = "" if result.fine else "bold red"
    console.print(row(result.source.id, plain(result.verdict.value, style), result.found), soft_wrap=True)
    if result.source.kind == "page":
        for title in result.titles:
            console.print(row(f"“{title}”", indent=4), soft_wrap=True)
    for feed in result.feeds:
        console.print(row("feed", feed.url, feed.title, indent=4), soft_wrap=True)
    for hint in result.hints:
        console.print(row(f"→ {hint}", indent=4), soft_wrap=True)


def described(result: Probe) -> dict[str, Any]:
    """For JSON."""
    return {
        "id": result.source.id,
        "url": result.source.url,
        "fine": result.fine,
        "verdict": result.verdict.value,
        "found": result.found,
        "hints": list(result.hints),
        "items": result.items,
        "newest": iso(result.newest),
        "language": result.language,
        "titles": list(result.titles),
        "moved_to": result.moved_to or None,
        "feeds": [{"url": feed.url, "title": feed.title} for feed in result.feeds],
    }


def _now() -> datetime:
    return datetime.now(UTC)
