"""What every kind of feed is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

TITLE_LIMIT = 1_000  # characters
SUMMARY_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed gives it, in plain text. Nothing here is made up: what is missing is empty.

    `guid` is raw, `link` absolute; `published` is what the feed claims, in UTC. `language` is ISO 639-1.
    `publisher` is who wrote it, where a feed gathers from others and says so.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    language: str | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed or page in the order of the document, or the `problem` that makes it unusable.

    `form` says for people what it was found to be ("RSS 2.0", "a list of 12 at `ul.news > li`"). `ttl` is how long
    the feed itself asks to be left alone. `rows` are the states of a status table by name, None elsewhere.
    """

    entries: tuple[Entry, ...] = ()
    problem: str | None = None
    title: str = ""
    form: str = ""
    ttl: timedelta | None = None
    rows: Mapping[str, str] | None = None
