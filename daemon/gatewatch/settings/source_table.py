"""[[source]]: what is polled, and where on a page the news stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pydantic import Field, StrictBool

from gatewatch.model import JsonLayout, Layout, ListLayout, Source, TableLayout
from gatewatch.settings import values
from gatewatch.settings.aggregators import AGGREGATORS, address
from gatewatch.settings.known import listed
from gatewatch.settings.positions import Loc
from gatewatch.settings.toml_file import Finding, TomlFile

#: An aggregator's answer hardly changes within minutes, and it turns away those who ask more often.
AGGREGATOR_EVERY = timedelta(minutes=30)
LAYOUTS = ("list", "json", "table")


class ListTable(values.Table):
    rows: values.Selector | None = None
    title: values.Selector | None = None
    link: values.Selector | None = None
    date: values.Selector | None = None
    summary: values.Selector | None = None


class JsonTable(values.Table):
    title: values.Line
    rows: values.Line | None = None
    script: values.Selector | None = None
    link: values.Line | None = None
    date: values.Line | None = None
    summary: values.Line | None = None
    id: values.Line | None = None


class TableTable(values.Table):
    rows: values.Selector | None = None
    name: values.Selector | None = None
    status: values.Selector | None = None


class SourceTable(values.Table):
    id: values.Id
    url: values.WebAddress | None = None
    query: values.Line | None = None
    name: values.Line | None = None
    kind: values.Kind = "feed"
    country: values.Country | None = None
    language: values.Language | None = None
    official: StrictBool = False
    every: values.Duration | None = None
    full_text: values.FullText = "never"
    list_layout: ListTable | None = Field(default=None, alias="list")
    json_layout: JsonTable | None = Field(default=None, alias="json")
    table_layout: TableTable | None = Field(default=None, alias="table")


def source_in(table: SourceTable, every: timedelta) -> Source:
    """The source that a table describes; `every` is for those that don't say."""
    gathered = table.kind in AGGREGATORS
    return Source(
        id=table.id,
        url=table.url or address(table.kind, table.query or "", table.language),
        name=table.name or table.id,
        kind=table.kind,
        country=table.country,
        language=table.language,
        official=table.official,
        every=table.every or (max(every, AGGREGATOR_EVERY) if gathered else every),
        full_text=table.full_text,
        layout=_layout(table),
    )


def _layout(table: SourceTable) -> Layout | None:
    if table.list_layout:
        return ListLayout(**table.list_layout.model_dump(exclude_none=True))
    if table.json_layout:
        return JsonLayout(**table.json_layout.model_dump(exclude_none=True))
    if table.table_layout:
        return TableLayout(**table.table_layout.model_dump(exclude_none=True))
    return None


def contradictions(file: TomlFile) -> Iterator[Finding]:
    """What no key shows by itself: an address that is missing or polled twice, a layout that has no page."""
    first: dict[str, Loc] = {}
    for loc, source in file.tables("source"):
        yield from _wanting(loc, source)
        yield from _layouts(loc, source)
        url = source.get("url")
        if isinstance(url, str):
            if url in first:
                at = file.line((*first[url], "url"))
                yield Finding((*loc, "url"), "the same address is polled twice", f"The first is at line {at}")
            first.setdefault(url, loc)


def _wanting(loc: Loc, source: dict[str, Any]) -> Iterator[Finding]:
    kind = source.get("kind", "feed")
    wanted, other = ("query", "url") if kind in AGGREGATORS else ("url", "query")
    if kind not in (*AGGREGATORS, "feed", "page"):
        return
    if wanted not in source:
        hint = 'One of kind google-news or gdelt has a search, as in query = "Storskog"' if kind in AGGREGATORS else ""
        yield Finding(loc, f"[[source]] has no `{wanted}`", hint)
    if other in source:
        yield Finding((*loc, other), f"`{other}` is not for sources of the kind {kind}", on_key=True)


def _layouts(loc: Loc, source: dict[str, Any]) -> Iterator[Finding]:
    written = [name for name in LAYOUTS if name in source]
    kind = source.get("kind", "feed")
    if written and kind != "page":
        hint = 'Write kind = "page"' if kind == "feed" else ""
        yield Finding((*loc, written[0]), f"`{written[0]}` is for sources of the kind page", hint, on_key=True)
    if len(written) > 1:
        what = f"a page is read in one way, not by {listed(written)}"
        yield Finding((*loc, written[1]), what, on_key=True)
