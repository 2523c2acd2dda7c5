"""A feed as each outlet writes it: RSS 2.0, Atom 1.0 or JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from gatewatch.demo.news import NewsItem, Outlet

#: News feeds hold a window, not the archive; a new item pushes the oldest out.
WINDOW = 20

ATOM = "http://www.w3.org/2005/Atom"


def write_feed(outlet: Outlet, published: Sequence[NewsItem]) -> bytes:
    """The newest of `published` (given oldest first), newest on top."""
    window = tuple(reversed(published[-WINDOW:]))
    return WRITERS[outlet.format](outlet, window)


def content_type(outlet: Outlet) -> str:
    """The Content-Type that goes with the outlet's format."""
    return {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}[
        outlet.format
    ]


def _rss(outlet: Outlet, window: Sequence[NewsItem]) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _leaf(channel, "title", outlet.name)
    _leaf(channel, "link", f"https://{outlet.id}.example/")
    _leaf(channel, "description", outlet.name)
    _leaf(channel, "language", outlet.language)
    for item in window:
        entry = ET.SubElement(channel, "item")
        _leaf(entry, "title", item.title)
        _leaf(entry, "link", outlet.link(item))
        _leaf(entry, "description", item.summary)
        _leaf(entry, "pubDate", format_datetime(item.at))
        _leaf(entry, "guid", item.guid, isPermaLink="false")
    return _document(root)


def _atom(outlet: Outlet, window: Sequence[NewsItem]) -> bytes:
    # The names stand in plain, under one xmlns: ElementTree's own namespaces need a global registry.
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": outlet.language})
    _leaf(root, "title", outlet.name)
    _leaf(root, "id", f"https://{outlet.id}.example/")
    if window:
        _leaf(root, "updated", window[0].at.isoformat())
    for item in window:
        entry = ET.SubElement(root, "entry")
        _leaf(entry, "title", item.title)
        _leaf(entry, "id", f"tag:{outlet.id}.example,2023:{item.guid}")
        ET.SubElement(entry, "link", rel="alternate", href=outlet.link(item))
        _leaf(entry, "published", item.at.isoformat())
        _leaf(entry, "updated", item.at.isoformat())
        _leaf(entry, "summary", item.summary, type="text")
    return _document(root)


def _json(outlet: Outlet, window: Sequence[NewsItem]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "language": outlet.language,
        "items": [
            {
                "id": item.guid,
                "url": outlet.link(item),
                "title": item.title,
                "content_text": item.summary,
                "date_published": item.at.isoformat(),
            }
            for item in window
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _leaf(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


WRITERS: dict[str, Callable[[Outlet, Sequence[NewsItem]], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}
