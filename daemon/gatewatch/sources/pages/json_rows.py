"""A list of news in JSON, by paths: an endpoint's answer, or the data that a page brings for its scripts."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gatewatch.model import JsonLayout
from gatewatch.sources.dates import parse_date
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT, Entry, Feed
from gatewatch.sources.links import absolute_link
from gatewatch.sources.pages.page import Page, complaint
from gatewatch.sources.plaintext import summary_text, title_text

_MOST_ROWS = 2_000
_SHOWN_KEYS = 12
#: Seconds since 1970 of 1990 and of 2100; a number a thousand times as large is in milliseconds.
_EPOCH = (631_152_000, 4_102_444_800)


@dataclass(frozen=True, slots=True)
class _Missing:
    """Where a path ended, and what was there in its place."""

    why: str


def read_script(page: Page, layout: JsonLayout, at: datetime) -> Feed:
    """The JSON in the element that `layout.script` names. Of several that match, the first that holds the rows."""
    if wrong := complaint(layout.script):
        return Feed(problem=wrong)
    found = page.tree.css(layout.script)[:20]
    if not found:
        return Feed(problem=f"the page has no `{layout.script}`; has it been rebuilt?")
    feeds = [read_json(node.text(), page.base, layout, at) for node in found]
    return next((feed for feed in feeds if feed.problem is None), feeds[0])


def read_json(text: str, base: str, layout: JsonLayout, at: datetime) -> Feed:
    """The rows of a JSON document. Relative links count from `base`."""
    try:
        top = json.loads(text.lstrip("\ufeff\u200b"))
    except (ValueError, RecursionError) as error:
        return Feed(problem=f"not JSON: {str(error)[:100]}")
    rows = _follow(top, layout.rows, "the top")
    if isinstance(rows, _Missing):
        return Feed(problem=rows.why)
    if not isinstance(rows, list):
        what = f"`{layout.rows}`" if layout.rows else "the top"
        return Feed(problem=f"{what} is no list; it {_described(rows)}")
    return _feed(rows[:_MOST_ROWS], base, layout, at)


def _feed(rows: Sequence[Any], base: str, layout: JsonLayout, at: datetime) -> Feed:
    for path in filter(None, (layout.title, layout.link, layout.date, layout.summary, layout.id)):
        missing = [miss for row in rows if isinstance(miss := _follow(row, path, "a row"), _Missing)]
        if rows and len(missing) == len(rows):
            return Feed(problem=missing[0].why)
    entries = tuple(_entry(row, base, layout, at) for row in rows)
    told = tuple(entry for entry in entries if entry.title or entry.summary)
    if rows and not told:
        return Feed(problem=f"`{layout.title}` holds no words in any of {len(rows)} rows")
    where = f"`{layout.rows}`" if layout.rows else "the top"
    dated = sum(entry.published is not None for entry in told)
    return Feed(entries=told, form=f"JSON with a list of {len(told)} at {where}, {dated} dated")


def _entry(row: Any, base: str, layout: JsonLayout, at: datetime) -> Entry:
    return Entry(
        guid=_words(_value(row, layout.id)),
        link=absolute_link(_words(_value(row, layout.link)), base),
        title=title_text(_words(_value(row, layout.title)), TITLE_LIMIT),
        summary=summary_text(_words(_value(row, layout.summary)), SUMMARY_LIMIT),
        published=_moment(_value(row, layout.date), at),
    )


def _value(row: Any, path: str) -> Any:
    found = _follow(row, path, "a row") if path else None
    return None if isinstance(found, _Missing) else found


def _follow(value: Any, path: str, where: str) -> Any:
    """What stands at the path, or _Missing with what stands there instead."""
    gone: list[str] = []
    for step in path.split(".") if path else ():
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isascii() and step.isdigit() and int(step[:9]) < len(value):
            value = value[int(step[:9])]
        else:
            here = f"`{'.'.join(gone)}`" if gone else where
            return _Missing(f"`{'.'.join([*gone, step])}` is not there; {here} {_described(value)}")
        gone.append(step)
    return value


def _described(value: Any) -> str:
    match value:
        case dict():
            keys = [str(key)[:40] for key in value]
            more = f" and {len(keys) - _SHOWN_KEYS} more" if len(keys) > _SHOWN_KEYS else ""
            return f"has: {', '.join(keys[:_SHOWN_KEYS])}{more}" if keys else "is an empty object"
        case list():
            return f"is a list of {len(value)}"
        case None:
            return "is null"
        case _:
            return f"is the value {str(value)[:40]!r}"


def _words(value: Any) -> str:
    """A string or a number (7.0 and 7 are one id); anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _moment(value: Any, at: datetime) -> datetime | None:
    """A date as text, or as seconds or milliseconds since 1970, as a number or in quotes."""
    words = _words(value)
    try:
        number = float(words)
    except ValueError:
        return parse_date(words, at)
    if not math.isfinite(number):
        return None
    number = number / 1000 if number >= _EPOCH[1] else number
    if _EPOCH[0] <= number < _EPOCH[1]:
        return datetime.fromtimestamp(number, UTC)
    return parse_date(words, at)
