"""Feeds that are broken or unusual, through feedparser: slow, and the judge of what a feed means."""

from __future__ import annotations

import io
import re
from typing import Any

import feedparser

from gatewatch.sources.raw import RawEntry, RawFeed

_FORMS = {
    "rss090": "RDF 0.9", "rss10": "RDF 1.0", "rss091n": "RSS 0.91", "rss091u": "RSS 0.91", "rss092": "RSS 0.92",
    "rss093": "RSS 0.93", "rss094": "RSS 0.94", "rss20": "RSS 2.0", "rss": "RSS", "atom01": "Atom 0.1",
    "atom02": "Atom 0.2", "atom03": "Atom 0.3", "atom10": "Atom 1.0", "atom": "Atom", "cdf": "CDF",
}  # fmt: skip
#: The parts of feedparser that are quadratic, or worse, are bounded by this: half a second for a usual feed, a few for
#: a hostile one. Broken feeds of that size are rare; what is left out of them is the middle.
LONGEST = 1_500_000  # characters
MOST_TAGS = 60_000
MOST_NAMESPACES = 200
#: Names in which feedparser looks for an e-mail address, with a pattern that takes hours for a megabyte of letters.
_PEOPLE = re.compile(
    r"(?<=<)(/?)(?:\w+:)?(?=(?:author|creator|contributor|publisher|owner|managingEditor|webMaster)\b)",
    re.IGNORECASE,
)
#: Keeps feedparser from looking for one in all of the first line.
_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"
_BLANK_LINES = re.compile(r"\n\s+")
_FIRST_TAG = re.compile(r"<\w")
_PACE = ("ttl", "sy_updateperiod", "sy_updatefrequency")


def read_leniently(xml: str) -> RawFeed | None:
    """What feedparser makes of clean XML (see `clean_xml`); None where it finds no feed in it."""
    xml = _bounded(xml)
    if len(set(re.findall(r"xmlns:([^\s=]+)", xml))) > MOST_NAMESPACES:
        return None
    # A stream, never a string: feedparser opens strings that look like addresses or paths.
    parsed: Any = feedparser.parse(
        io.BytesIO(_DECLARATION + xml.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed.entries:
        return None
    broken_off = parsed.bozo and ends_inside_an_entry(xml)
    whole = parsed.entries[:-1] if broken_off else parsed.entries
    language = parsed.feed.get("language")
    return RawFeed(
        entries=tuple(_entry(found, language) for found in whole),
        title=parsed.feed.get("title", ""),
        form=_FORMS.get(parsed.get("version") or "", ""),
        pace={name: parsed.feed[name] for name in _PACE if isinstance(parsed.feed.get(name), str)},
        whole=not parsed.bozo,
    )


def _bounded(xml: str) -> str:
    """The document without what makes feedparser slow: nothing that is kept of it changes, if it is not too long."""
    room = min(LONGEST, len(xml) * MOST_TAGS // max(xml.count("<"), MOST_TAGS))
    if len(xml) > room:
        xml = "<".join(_ends_of(xml, room).split("<", 2 * MOST_TAGS)[: 2 * MOST_TAGS])
    first = _FIRST_TAG.search(xml)
    start = first.start() if first else 0
    return _BLANK_LINES.sub("\n", xml[:start]) + _PEOPLE.sub(r"\1x-", xml[start:])


def _ends_of(xml: str, room: int) -> str:
    """The entries at both ends of a document; the newest are at one of them."""
    for name in ("item", "entry"):
        end = xml.rfind(f"</{name}>", 0, room // 2)
        start = xml.find(f"<{name}", len(xml) - room // 2)
        if 0 < end < start:
            return xml[:end] + f"</{name}>" + xml[start:]
    return xml[:room]


def ends_inside_an_entry(xml: str) -> bool:
    """Whether a document is broken off in an entry, whose title then may be half a title (feedkit)."""
    for name in ("item", "entry"):
        opened = max(xml.rfind(f"<{name}>"), xml.rfind(f"<{name} "))
        if opened > xml.rfind(f"</{name}>"):
            return True
    return False


def _entry(found: Any, language: str | None) -> RawEntry:
    texts = [found.get("summary"), *(part.get("value") for part in found.get("content", ()))]
    # feedparser gives one date for another when asked by `get`, and reads some wrong (2020/1/10): so the
    # strings are taken.
    dates = [found[name] for name in ("published", "updated", "created") if name in found]
    return RawEntry(
        guid=found.get("id", "").strip(),
        link=found.get("link", ""),
        link_is_guid=bool(found.get("guidislink")),
        title=found.get("title", ""),
        texts=tuple(text for text in texts if text),
        dates=tuple(date for date in dates if date),
        language=found.get("language") or (found.get("title_detail") or {}).get("language") or language,
        publisher=(found.get("source") or {}).get("title", ""),
    )
