"""What tells one item from another, for ever: guid, else link, else a hash of the words.

The rung of that ladder is decided once for a source and kept. It may go down when a later document shows
that the rung tells nothing apart, never up again: guids that are good, bad and good again would make
everything new at each turn (FreshRSS #5909).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from gatewatch.model import Item, Source
from gatewatch.sources.entries import Entry, Feed
from gatewatch.sources.links import canonical_link

#: Stands in every key, so that another formula can live beside the items of this one (newsboat #1729).
VERSION = "1"
RUNGS = ("guid", "link", "hash")
#: Entries taken from one document (mediacloud); of more, the newest.
CAP = 2_000

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def identify(
    feed: Feed, source: Source, policy: str | None, seen_at: datetime
) -> tuple[tuple[Item, ...], str | None]:
    """The items of a feed, oldest first, and the rung they were told apart by.

    `policy` is the rung decided earlier, None at first; it stays None for a feed that is empty, which
    decides nothing. The key of an item depends on its entry and the rung alone, so that neighbours that
    come and go do not change it; only entries that claim one key are told apart by the next rung.
    """
    policy = _rung(feed, policy)
    keyed: dict[str, Entry] = {}
    for entry in sorted(feed.entries, key=_seniority):
        _claim(entry, policy or RUNGS[0], keyed)
    key_of = {entry: key for key, entry in keyed.items()}
    kept = [entry for entry in dict.fromkeys(feed.entries) if entry in key_of]
    items = tuple(_item(entry, key_of[entry], source, seen_at) for entry in _oldest_first(kept)[-CAP:])
    return items, policy


def _rung(feed: Feed, policy: str | None) -> str | None:
    """The highest rung, from `policy` downwards, that tells this document's entries apart at all."""
    if not feed.entries:
        return policy
    rungs = RUNGS[RUNGS.index(policy) if policy in RUNGS else 0 :]
    return next(rung for rung in rungs if rung == RUNGS[-1] or _tells_apart(feed, rung))


def _tells_apart(feed: Feed, rung: str) -> bool:
    """Not where all values are missing or equal (skx/rss2email #111); one entry is apart from nothing."""
    values = {_value(entry, rung) for entry in feed.entries}
    articles = {_value(entry, "hash") for entry in feed.entries}
    return values != {""} and (len(values) > 1 or len(articles) == 1)


def _claim(entry: Entry, policy: str, keyed: dict[str, Entry]) -> None:
    """Gives the entry the first key that no other article holds; a double of one already there gets none."""
    for key in _keys(entry, policy):
        holder = keyed.setdefault(key, entry)
        if holder is entry or _same_article(holder, entry):
            return


def _keys(entry: Entry, policy: str) -> Iterator[str]:
    for rung in RUNGS[RUNGS.index(policy) :]:
        if value := _value(entry, rung):
            yield f"{VERSION}:{rung}:{value}"


def _value(entry: Entry, rung: str) -> str:
    if rung == "guid":
        # A site that moves to https has not written everything anew (feedbin support #515).
        return re.sub(r"^https?://", "//", entry.guid)
    if rung == "link":
        return canonical_link(entry.link)
    return hashlib.sha256(f"{entry.title}\0{entry.summary}".encode()).hexdigest()


def _same_article(one: Entry, other: Entry) -> bool:
    same_words = (one.title, one.summary) == (other.title, other.summary)
    same_guid = bool(one.guid) and _value(one, "guid") == _value(other, "guid")
    return same_words or (same_guid and canonical_link(one.link) == canonical_link(other.link))


def _seniority(entry: Entry) -> tuple[datetime, str, str, str]:
    """An order that does not depend on that of the document: of entries with one guid the oldest keeps it,
    and one that reuses it later is a new article (feedbin #604)."""
    return entry.published or _EPOCH, entry.link, entry.title, entry.summary


def _oldest_first(entries: list[Entry]) -> list[Entry]:
    """By date where all have one; else in reverse, since feeds put the newest on top."""
    turned = entries[::-1]
    if all(entry.published for entry in entries):
        turned.sort(key=lambda entry: entry.published or _EPOCH)
    return turned


def _item(entry: Entry, key: str, source: Source, seen_at: datetime) -> Item:
    return Item(
        id=hashlib.sha256(f"{source.id}\0{key}".encode()).hexdigest()[:20],
        source=source.id,
        title=entry.title,
        summary=entry.summary,
        url=entry.link,
        key=key,
        published=entry.published,
        seen=seen_at,
        language=source.language or entry.language,
    )
