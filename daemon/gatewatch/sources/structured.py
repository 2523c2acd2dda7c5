"""What a page says of itself for machines: schema.org's NewsArticle in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from gatewatch.sources.dates import parse_date

_SCRIPT = re.compile(r"<script\b([^>]{0,300}+)>(.*?)(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LONGEST = 500_000  # characters of one script
_MOST = 20  # scripts
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Declared:
    """`live` is a page that goes on being written, on many things. `body` is the article's text as published."""

    headline: str = ""
    body: str = ""
    published: datetime | None = None
    language: str = ""
    live: bool = False


def declared(markup: str) -> Declared:
    """The one article that a page declares; nothing where it declares several, as pages of a topic do."""
    nodes = [node for script in _scripts(markup) for node in _nodes(script, 0)]
    if any("LiveBlogPosting" in _types(node) for node in nodes):
        return Declared(live=True)
    articles = [node for node in nodes if any(kind.endswith("Article") for kind in _types(node))]
    bodies = {_words(node.get("articleBody")) for node in articles} - {""}
    headlines = {_words(node.get("headline")) for node in articles} - {""}
    if not articles or len(bodies) > 1 or len(headlines) > 1:
        return Declared()
    dates = [parse_date(_words(node.get("datePublished"))) for node in articles]
    return Declared(
        headline=next(iter(headlines), ""),
        body=next(iter(bodies), ""),
        published=min((moment for moment in dates if moment), default=None),
        language=_words(articles[0].get("inLanguage")),
    )


def _scripts(markup: str) -> Iterator[Any]:
    texts = (found[2] for found in _SCRIPT.finditer(markup) if "ld+json" in found[1].lower())
    for text in islice(texts, _MOST):
        if len(text) <= _LONGEST:
            try:
                yield json.loads(text, strict=False)  # raw line breaks in strings are common
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
