"""What gathers the news of others: Google News (RSS) and GDELT DOC 2.0 (JSON)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from gatewatch.sources.encoding import decode
from gatewatch.sources.entries import TITLE_LIMIT, Entry, Feed
from gatewatch.sources.links import absolute_link
from gatewatch.sources.plaintext import title_text

#: GDELT names languages in English; those that Gatewatch reads, and the neighbours it may mistake for them.
_LANGUAGES = {
    "english": "en", "finnish": "fi", "swedish": "sv", "norwegian": "no", "danish": "da", "estonian": "et",
    "latvian": "lv", "lithuanian": "lt", "polish": "pl", "russian": "ru", "ukrainian": "uk", "german": "de",
    "belarusian": "be",
}  # fmt: skip
#: A backslash that begins no JSON escape; GDELT passes on `\'` and `\x` from the pages it reads.
_BROKEN_ESCAPE = re.compile(r"""(\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\""")
_BEFORE_PUNCTUATION = re.compile(r"\s+([,.;:!?%)\]»”’](?:\s|$))")
_AFTER_OPENING = re.compile(r"(^|\s)([(\[«“])\s+")
_APOSTROPHE = re.compile(r"(\w) ?(['’]) (s|re|ve|ll|t|d|m)\b", re.IGNORECASE)
_SHOWN = 150  # characters of an error page


def google_news(feed: Feed) -> Feed:
    """The feed with headlines as their publishers wrote them: without " - Publisher" at the end.

    Each item names its publisher in `source`; only that name is cut, since headlines have dashes of their own. The
    summary repeats headline and publisher and says nothing else, so it goes. Links lead through Google and are opaque.
    """
    return replace(feed, entries=tuple(_headline(entry) for entry in feed.entries))


def _headline(entry: Entry) -> Entry:
    title = entry.title
    for dash in (" - ", " – ", " — "):
        ending = f"{dash}{entry.publisher}"
        if entry.publisher and title.endswith(ending) and len(title) > len(ending):
            title = title.removesuffix(ending).rstrip()
            break
    repeats = _bare(entry.summary).startswith(_bare(title))
    only = len(entry.summary) <= len(title) + len(entry.publisher) + 10
    return replace(entry, title=title, summary="" if repeats and only else entry.summary)


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def parse_gdelt(body: bytes, content_type: str | None) -> Feed:
    """Reads a GDELT ArtList. No news are `{}`; an error is a page of plain text, whose words are the problem."""
    text = decode(body, content_type).strip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return Feed(problem=f"GDELT says: {title_text(text, _SHOWN)}" if text else "GDELT says nothing")
    try:
        found = _loaded(text)
    except (ValueError, RecursionError) as error:
        return Feed(problem=f"not an answer of GDELT: broken JSON ({error})")
    articles = found.get("articles", []) if isinstance(found, dict) else None
    if not isinstance(articles, list):
        return Feed(problem="not an answer of GDELT: JSON without a list of articles")
    entries = (_article(raw) for raw in articles if isinstance(raw, dict))
    return Feed(
        tuple(entry for entry in entries if entry.title and entry.link), title="GDELT", form="GDELT DOC 2.0"
    )


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # line breaks inside of strings occur
    except ValueError:
        return json.loads(_BROKEN_ESCAPE.sub(lambda found: found[1] or r"\\", text), strict=False)


def _article(raw: dict[str, Any]) -> Entry:
    link = absolute_link(_words(raw.get("url")), "")
    return Entry(
        guid=link,
        link=link,
        title=tidy_title(title_text(_words(raw.get("title")), TITLE_LIMIT)),
        published=_seen(_words(raw.get("seendate"))),
        language=_LANGUAGES.get(_words(raw.get("language")).lower()),
        publisher=_words(raw.get("domain")),
    )


def tidy_title(title: str) -> str:
    """Titles come in words and marks with a space between all of them: `Finland closes border , says PM`."""
    title = _BEFORE_PUNCTUATION.sub(r"\1", title)
    title = _AFTER_OPENING.sub(r"\1\2", title)
    return _APOSTROPHE.sub(r"\1\2\3", title)


def _seen(text: str) -> datetime | None:
    """When GDELT met it: `20231122T101500Z`."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
