"""Bytes of a feed to entries: RSS 0.9x, 1.0, 2.0, Atom and JSON Feed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from gatewatch.sources.challenges import is_html
from gatewatch.sources.encoding import bare_xml, clean_xml, decode
from gatewatch.sources.entries import Entry as Entry
from gatewatch.sources.entries import Feed as Feed
from gatewatch.sources.jsonfeed import parse_json_feed
from gatewatch.sources.lenient import read_leniently
from gatewatch.sources.raw import cleaned
from gatewatch.sources.wellformed import read_wellformed

_HEAD_LIMIT = 20_000  # bytes searched for it: a hostile channel must not make the search long
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
#: What changes with every answer and is no news: the channel's own dates (reader #231), comments of caches.
_VOLATILE = re.compile(
    rb"<(lastBuildDate|pubDate|updated|modified|dc:date|ttl)\b[^<>]*>[^<]*</\1\s*>|<!--.*?(?:-->|\Z)",
    re.DOTALL,
)
_BRIDGE_ERROR = re.compile(r"Bridge returned error \d+! \(\d+\)")


def body_hash(body: bytes) -> str:
    """Equal for two answers that differ only in what the channel says of itself and when."""
    first = _FIRST_ENTRY.search(body)
    start = first.start() if first else 0
    tail = max(body.rfind(b"</item>"), body.rfind(b"</entry>"), start)
    head, entries, foot = body[:start], body[start:tail], body[tail:]
    return hashlib.sha256(_steady(head) + entries + _steady(foot)).hexdigest()


def _steady(part: bytes) -> bytes:
    return _VOLATILE.sub(b"", part[:_HEAD_LIMIT]) + part[_HEAD_LIMIT:]


def parse_feed(body: bytes, document_url: str, content_type: str | None) -> Feed:
    """Reads a feed. `document_url` is where it came from in the end: relative links count from there.

    The content type is a hint at the encoding only; what a body is shows in its first bytes (reader #108).
    """
    text = decode(body, content_type)
    start = text.lstrip("\ufeff\u200b \t\r\n")[:1]
    if start in ("{", "["):
        return parse_json_feed(text.lstrip("\ufeff\u200b"), document_url)
    raw = read_wellformed(bare_xml(text))  # which is strict and finds characters that are not allowed by itself
    if raw is None:
        xml = clean_xml(text)
        if is_html(xml[:2000].encode()):
            return Feed(problem="not a feed: an HTML page")
        raw = read_wellformed(xml) or read_leniently(xml)
    if raw is None:
        return Feed(problem="not a feed: neither RSS, Atom nor JSON Feed")
    return _without_bridge_errors(cleaned(raw, document_url))


def _without_bridge_errors(feed: Feed) -> Feed:
    """RSS-Bridge answers 200 and tells of its errors in an item that is new every day (RSS-Bridge #1066)."""
    told = tuple(entry for entry in feed.entries if not _BRIDGE_ERROR.fullmatch(entry.title))
    if feed.entries and not told:
        return Feed(problem=f"RSS-Bridge says: {feed.entries[0].title}")
    return replace(feed, entries=told) if len(told) < len(feed.entries) else feed
