"""A list of news on an HTML page to entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gatewatch.model import ListLayout
from gatewatch.sources.entries import TITLE_LIMIT, Feed
from gatewatch.sources.pages.finding import find_list
from gatewatch.sources.pages.page import Page, complaint, outermost, text_of
from gatewatch.sources.pages.rows import read_row

#: More rows than any press page shows at once; the first are the newest.
_MOST_ROWS = 300
#: Where single-page sites keep their data: worth a hint when the page itself holds no list.
_DATA = ("script#__NEXT_DATA__", 'script[type="application/ld+json"]', 'script[type="application/json"]')


def read_list(page: Page, layout: ListLayout, at: datetime) -> Feed:
    """The rows that the layout names, or those of the list that is found on the page."""
    for selector in (layout.rows, layout.title, layout.link, layout.date, layout.summary):
        if selector and (wrong := complaint(selector)):
            return Feed(problem=wrong)
    rows = layout.rows or find_list(page, at)
    if not rows:
        return Feed(problem="no list of news found on this page; give `rows`, a CSS selector" + _hint(page))
    return _read(page, replace(layout, rows=rows), at)


def _read(page: Page, layout: ListLayout, at: datetime) -> Feed:
    found = outermost(page.tree.css(layout.rows))[:_MOST_ROWS]
    if not found:
        return Feed(problem=f"the page has no `{layout.rows}`; has it been rebuilt?")
    entries = tuple(read_row(row, page, layout, at) for row in found)
    told = tuple(entry for entry in entries if entry.title)
    if not told:
        what = f"`{layout.title}`" if layout.title else "any text"
        return Feed(problem=f"none of the {len(found)} `{layout.rows}` has {what}")
    dated = sum(entry.published is not None for entry in told)
    title = page.tree.css_first("title")
    return Feed(
        entries=told,
        title=text_of(title, TITLE_LIMIT) if title else "",
        form=f"a list of {len(told)} at `{layout.rows}`, {dated} dated",
    )


def _hint(page: Page) -> str:
    for selector in _DATA:
        if page.tree.css_first(selector):
            return f"; it carries JSON in `{selector}`, which [source.json] can read"
    return ""
