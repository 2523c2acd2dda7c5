"""The outlets of the demo and what they publish: texts of our own, read from `news/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

START = datetime(2023, 11, 14, 6, tzinfo=UTC)
END = datetime(2023, 11, 30, 20, tzinfo=UTC)
"""What the demo shows. The feeds hold older items at its start, as feeds do."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One text and the moment it is published (UTC)."""

    at: datetime
    guid: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, broadcaster or authority. `format` is how its feed is written: rss, atom or json."""

    id: str
    name: str
    country: str
    language: str
    official: bool
    format: str
    items: tuple[NewsItem, ...]

    def published(self, now: datetime) -> tuple[NewsItem, ...]:
        """What is out at `now`, oldest first."""
        return tuple(item for item in self.items if item.at <= now)

    def link(self, item: NewsItem) -> str:
        """Where a reader would find the item; `.example` never resolves (RFC 2606)."""
        return f"https://{self.id}.example/{item.guid}"


def outlets() -> tuple[Outlet, ...]:
    """All outlets in the order of their ids."""
    return tuple(sorted(_read(), key=lambda outlet: outlet.id))


def _read() -> Iterator[Outlet]:
    for file in (files("gatewatch.demo") / "news").iterdir():
        if file.name.endswith(".toml"):
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            items = tuple(NewsItem(**item) for item in told.pop("item"))
            yield Outlet(**told, items=items)
