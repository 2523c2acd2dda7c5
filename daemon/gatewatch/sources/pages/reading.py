"""One press page to what every kind of feed is read into."""

from __future__ import annotations

from datetime import datetime

from gatewatch.model import JsonLayout, ListLayout, Source, SourceState, TableLayout
from gatewatch.sources.encoding import decode
from gatewatch.sources.entries import Feed
from gatewatch.sources.pages.json_rows import read_json, read_script
from gatewatch.sources.pages.lists import read_list
from gatewatch.sources.pages.page import open_page
from gatewatch.sources.pages.tables import read_table


def read_page(
    body: bytes, document_url: str, content_type: str | None, source: Source, state: SourceState, at: datetime
) -> Feed:
    """Reads a page by the source's layout, or finds its list of news where there is none.

    `document_url` is where the page came from in the end, `at` the moment that "yesterday" counts from. A page
    that has lost its structure is a problem, never an empty feed: an empty feed would be a baseline.
    """
    if isinstance(source.layout, JsonLayout) and not source.layout.script:
        return read_json(decode(body, content_type), document_url, source.layout, at)
    page = open_page(body, document_url, content_type)
    if isinstance(page, str):
        return Feed(problem=page)
    match source.layout:
        case TableLayout() as layout:
            return read_table(page, layout, state, at)
        case JsonLayout() as layout:
            return read_script(page, layout, at)
        case layout:
            return read_list(page, layout or ListLayout(), at)
