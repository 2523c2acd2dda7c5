"""The feeds that a web page names in its head: `<link rel="alternate" type="application/rss+xml">`."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from gatewatch.sources.encoding import decode
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import title_text

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_LOOKED_AT = 1_000_000  # bytes; the head is near the top, but some sites put all their styles before it
_TITLE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """A feed that a page names; `title` may be empty."""

    url: str
    title: str = ""


def linked_feeds(body: bytes, content_type: str | None, document_url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that an HTML page names, each address once, in the order of the page."""
    tree = LexborHTMLParser(decode(body[:_LOOKED_AT], content_type))
    start = document_url
    if (declared := tree.css_first("base[href]")) is not None:
        start = absolute_link(declared.attributes.get("href") or "", document_url) or document_url
    found: dict[str, LinkedFeed] = {}
    for link in tree.css("link[rel][type][href]"):
        told = {name: value or "" for name, value in link.attributes.items()}
        kind = told["type"].partition(";")[0].strip().lower()
        if kind not in TYPES or "alternate" not in told["rel"].lower().split():
            continue
        if url := absolute_link(told["href"], start):
            found.setdefault(url, LinkedFeed(url, title_text(told.get("title", ""), _TITLE_LIMIT)))
    return tuple(found.values())
