"""JSON Feed 1 and 1.1, as publishers write it: ids as numbers, fields that are null or of another type."""

from __future__ import annotations

import json
import re
from typing import Any

from gatewatch.sources.dates import parse_date
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT, Entry, Feed
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import summary_text, title_text

#: Far more than are taken from one document; the newest stand first.
MOST_ITEMS = 20_000


def parse_json_feed(text: str, document_url: str) -> Feed:
    """Reads a JSON Feed; JSON of any other make is a problem."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Feed(problem=f"not a feed: broken JSON ({error})")
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return Feed(problem="not a feed: JSON without a list of items")
    language = found.get("language")
    items = found["items"][:MOST_ITEMS]
    entries = (_entry(raw, document_url, language) for raw in items if isinstance(raw, dict))
    return Feed(
        entries=tuple(entry for entry in entries if entry.title or entry.summary),
        title=title_text(_words(found.get("title")), TITLE_LIMIT),
        form=_form(found.get("version")),
    )


def _form(version: object) -> str:
    told = re.fullmatch(r"https?://jsonfeed\.org/version/([\d.]{1,5})/?", _words(version))
    return f"JSON Feed {told[1]}" if told else "JSON Feed"


def _entry(raw: dict[str, Any], document_url: str, language: object) -> Entry:
    texts = (_words(raw.get(name)) for name in ("content_html", "content_text", "summary"))
    own = raw.get("language") or language
    return Entry(
        guid=_words(raw.get("id")),
        link=absolute_link(_words(raw.get("url")) or _words(raw.get("external_url")), document_url),
        title=title_text(_words(raw.get("title")), TITLE_LIMIT),
        summary=max((summary_text(text, SUMMARY_LIMIT) for text in texts), key=len),
        published=parse_date(_words(raw.get("date_published")) or _words(raw.get("date_modified"))),
        language=own[:2].lower() if isinstance(own, str) and own else None,
    )


def _words(value: object) -> str:
    """A string or a number (7.0 and 7 are one id); anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
