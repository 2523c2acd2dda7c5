"""Bytes of a feed to entries: RSS 0.9x, 1.0, 2.0 and Atom through feedparser, JSON Feed through our own."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import datetime
from typing import Any

import feedparser

from gatewatch.sources.challenges import is_html
from gatewatch.sources.dates import parse_date
from gatewatch.sources.encoding import clean_xml, decode
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT
from gatewatch.sources.entries import Entry as Entry
from gatewatch.sources.entries import Feed as Feed
from gatewatch.sources.jsonfeed import parse_json_feed
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import summary_text, title_text

_HEAD_LIMIT = 20_000  # bytes searched for it: a hostile channel must not make the search long
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
#: What changes with every answer and is no news: the channel's own dates (reader #231), comments of caches.
_VOLATILE = re.compile(
    rb"<(lastBuildDate|pubDate|updated|modified|dc:date|ttl)\b[^>]*>[^<]*</\1\s*>|<!--(?:[^-]|-(?!->))*-->"
)


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
    xml = clean_xml(text)
    if is_html(xml[:2000].encode()):
        return Feed(problem="not a feed: an HTML page")
    return _from_xml(xml, document_url)


def _from_xml(xml: str, document_url: str) -> Feed:
    # A stream, never a string: feedparser opens strings that look like addresses or paths.
    parsed: Any = feedparser.parse(
        io.BytesIO(xml.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed.entries:
        return Feed(problem="not a feed: neither RSS, Atom nor JSON Feed")
    whole = parsed.entries[:-1] if _broken_off(xml) else parsed.entries
    language = parsed.feed.get("language")
    entries = tuple(_entry(raw, document_url, language) for raw in whole)
    told = tuple(entry for entry in entries if entry.title or entry.summary)
    if entries and not told:
        return Feed(problem=f"none of {len(entries)} entries has a title or a text")
    return Feed(entries=told, title=title_text(parsed.feed.get("title", ""), TITLE_LIMIT))


def _broken_off(xml: str) -> bool:
    """Whether the document ends inside an entry, whose title then may be half a title (feedkit)."""
    for name in ("item", "entry"):
        opened = max(xml.rfind(f"<{name}>"), xml.rfind(f"<{name} "))
        if opened > xml.rfind(f"</{name}>"):
            return True
    return False


def _entry(raw: Any, document_url: str, language: str | None) -> Entry:
    texts = [raw.get("summary", ""), *(part.get("value", "") for part in raw.get("content", ()))]
    own = raw.get("language") or (raw.get("title_detail") or {}).get("language") or language
    return Entry(
        guid=raw.get("id", "").strip(),
        link=_link(raw, document_url),
        title=title_text(raw.get("title", ""), TITLE_LIMIT),
        summary=max((summary_text(text or "", SUMMARY_LIMIT) for text in texts), key=len),
        published=_published(raw),
        language=own[:2].lower() if own else None,
    )


def _link(raw: Any, document_url: str) -> str:
    link: str = raw.get("link", "")
    # isPermaLink is true unless it is denied, so that any guid passes for a link (newsboat).
    if raw.get("guidislink") and not re.match(r"\s*(?:https?:)?/", link):
        return ""
    return absolute_link(link, document_url)


def _published(raw: Any) -> datetime | None:
    """When it was published, else when it was last changed. feedparser gives the one for the other when
    asked by `get`, and reads some dates wrong (2020/1/10): so its raw strings are read here."""
    for name in ("published", "updated", "created"):
        if name in raw and (moment := parse_date(raw[name])):
            return moment
    return None
