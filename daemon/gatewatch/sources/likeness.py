"""What two entries have in common when their keys differ: their words, compared by hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from gatewatch.model import Item, Source
from gatewatch.sources.links import canonical_link

#: Letters of a headline that two newsrooms do not write by chance.
TELLING = 25


def title_hash(item: Item) -> str:
    """Equal for equal headlines, whatever their case and punctuation. Where there is none, the text stands for it."""
    return _hash("title", _folded(item.title) or _folded(item.summary))


def text_hash(item: Item) -> str:
    """Equal for equal headlines with equal texts below them."""
    return _hash("text", _folded(item.title), _folded(item.summary))


def copy_hash(item: Item) -> str | None:
    """Equal for one article that was published once: same words and same date, or same link where none is dated.

    The date has to be equal, because "Vaalimaa is closed" in the same words is news again a month later. None
    where there is neither date nor link to go by.
    """
    anchor = item.published.isoformat() if item.published else canonical_link(item.url)
    return _hash("copy", _folded(item.title), _folded(item.summary), anchor) if anchor else None


def across_sources(item: Item, source: Source) -> tuple[str, ...]:
    """What shows that two sources bring one article: an agency's text in two papers, an aggregator's link to one.

    Short headlines ("Border news") are no sign. Neither is the link of a page's row: it is often that of the page.
    """
    signs = []
    if len(_folded(item.title)) >= TELLING:
        signs.append(title_hash(item))
    if source.kind != "page" and (link := canonical_link(item.url)):
        signs.append(_hash("link", link))
    return tuple(signs)


def words_known(items: Iterable[Item]) -> frozenset[str]:
    """All that `novelty.sift` may ask about items that were stored: hashes of titles, texts and copies."""
    hashes = (hash for item in items for hash in (title_hash(item), text_hash(item), copy_hash(item)))
    return frozenset(hash for hash in hashes if hash)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
