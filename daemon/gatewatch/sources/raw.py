"""What a feed says, before it is cleaned: the same for each way of reading XML, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gatewatch.sources.dates import parse_date
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT, Entry, Feed
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import summary_text, title_text
from gatewatch.sources.ttl import time_to_live
from gatewatch.sources.usual_dates import usual_date

_LONGEST_DATE = 200  # characters
_STARTS_AS_A_LINK = re.compile(r"\s*(?:https?:)?/")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry in the publisher's own words and markup. `texts` are its summary and its contents; `dates` when it
    says it was published, changed and created, as far as it does; `link_is_guid` where a guid that
    claims to be a link came before any other."""

    guid: str = ""
    link: str = ""
    link_is_guid: bool = False
    title: str = ""
    texts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    language: str | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class RawFeed:
    """The entries in the order of the document, and what the channel says of itself. `pace` holds its words for how
    often it changes: `ttl`, `sy_updateperiod`, `sy_updatefrequency`. `whole` is False where the XML is broken."""

    entries: tuple[RawEntry, ...] = ()
    title: str = ""
    form: str = ""
    pace: dict[str, str] = field(default_factory=dict)
    whole: bool = True


def cleaned(raw: RawFeed, document_url: str) -> Feed:
    """The feed in plain text. One without any entry is fine, one whose entries all say nothing is not.

    One that breaks off before its first entry is no empty feed: taken for one at a first poll, it would make the
    whole backlog news at the second.
    """
    if not raw.entries and not raw.whole:
        return Feed(problem="the document is broken, or ends, before its first entry")
    entries = tuple(_entry(entry, document_url) for entry in raw.entries)
    told = tuple(entry for entry in entries if entry.title or entry.summary)
    if entries and not told:
        return Feed(problem=f"none of {len(entries)} entries has a title or a text")
    title = title_text(raw.title, TITLE_LIMIT)
    return Feed(entries=told, title=title, form=raw.form, ttl=time_to_live(raw.pace))


def _entry(raw: RawEntry, document_url: str) -> Entry:
    return Entry(
        guid=raw.guid,
        link=_link(raw, document_url),
        title=title_text(raw.title, TITLE_LIMIT),
        summary=_longest(raw.texts),
        published=next(filter(None, map(_moment, raw.dates)), None),
        language=raw.language[:2].lower() if raw.language else None,
        publisher=title_text(raw.publisher, TITLE_LIMIT) if raw.publisher else "",
    )


def _moment(date: str) -> datetime | None:
    return usual_date(date) or parse_date(date[:_LONGEST_DATE])


def _link(raw: RawEntry, document_url: str) -> str:
    # isPermaLink is true unless it is denied, so that any guid passes for a link (newsboat).
    if raw.link_is_guid and raw.link == raw.guid and not _STARTS_AS_A_LINK.match(raw.link):
        return ""
    return absolute_link(raw.link, document_url)


def _longest(texts: Iterable[str]) -> str:
    """Feeds carry a teaser and the article, in either place, or the same twice. Cleaning makes no text longer."""
    longest = ""
    for text in sorted(dict.fromkeys(texts), key=len, reverse=True):
        if len(text) > len(longest):
            longest = max(longest, summary_text(text, SUMMARY_LIMIT), key=len)
    return longest
