"""What every kind of feed is read into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TITLE_LIMIT = 1_000  # characters
SUMMARY_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed gives it, in plain text. Nothing here is made up: what is missing is empty.

    `guid` is raw, `link` absolute; `published` is what the feed claims, in UTC. `language` is ISO 639-1.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in the order of the document, or the `problem` that makes it unusable."""

    entries: tuple[Entry, ...] = ()
    problem: str | None = None
    title: str = ""
