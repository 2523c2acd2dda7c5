"""A table of states ("Narva: open"): every change of a row is a piece of news.

Rows are told apart by name, so that their order says nothing (changedetection #2196), and only the cell of the state
counts, so that waiting times and "updated 12:03" beside it change nothing (changedetection, fundus #309).

A row that is missing is kept as it was: pages lose rows for one poll, and what is back unchanged is no news
(changedetection #962). Where most are gone the page is broken, and nothing of it is believed (webchanges); but after
PATIENCE such polls it is taken for a new first look, since nobody would put it right otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborNode

from gatewatch.model import SourceState, TableLayout
from gatewatch.sources.entries import Entry, Feed
from gatewatch.sources.pages.page import Page, complaint, outermost, text_of

#: Share of the known rows that, gone at once, means a broken page.
MOST = 0.75
#: Failed polls in a row after which a page without its old rows is the new page.
PATIENCE = 12
_LONGEST = 200  # characters of a name or a state
_MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class _Table:
    """What the page shows now: states by name, in the page's own words, and what the table is about."""

    states: Mapping[str, str]
    about: str
    where: str


def read_table(page: Page, layout: TableLayout, state: SourceState, at: datetime) -> Feed:
    """The changes since the states in `state.rows`. The first look gives rows and no entries."""
    for selector in (layout.rows, layout.name, layout.status):
        if selector and (wrong := complaint(selector)):
            return Feed(problem=wrong)
    table = _look(page, layout)
    if isinstance(table, str):
        return Feed(problem=table)
    form = f"a table of {len(table.states)} rows at `{table.where}`"
    known = {_fold(name): name for name in state.rows}
    here = {_fold(name) for name in table.states}
    gone = [name for folded, name in known.items() if folded not in here]
    replaced = bool(known) and len(gone) >= MOST * len(known)
    if replaced and state.failures < PATIENCE:
        return Feed(problem=f"most rows are gone: {len(gone)} of {len(known)}, such as {gone[0]!r}")
    kept = {} if replaced else {name: state.rows[name] for name in gone}
    before = {} if replaced else {folded: state.rows[name] for folded, name in known.items()}
    entries = tuple(_changes(table, before, page, at)) if before else ()
    return Feed(entries=entries, form=form, rows={**kept, **table.states})


def _changes(table: _Table, before: Mapping[str, str], page: Page, at: datetime) -> Iterator[Entry]:
    """A name that is new is news as well: some pages list only the crossings that are closed."""
    for name, status in table.states.items():
        old = before.get(_fold(name))
        if old is None or _fold(old) != _fold(status):
            yield _entry(name, old, status, table.about, page, at)


def _entry(name: str, old: str | None, new: str, about: str, page: Page, at: datetime) -> Entry:
    """A change in the page's own words. "Narva: closed" alone does not say what is closed, hence the table's
    heading below it; and an old state stands on a line of its own, lest it be read as the new one.

    One change of one row is told once in a clock hour: a site whose mirrors disagree would tell it at each poll
    (urlwatch keeps several past versions for that). The way back is another change and told at once.
    """
    told = f"{_fold(name)}\0{_fold(old or '')}\0{_fold(new)}\0{at:%Y-%m-%dT%H}"
    lines = [about, f"{old} → {new}" if old else ""]
    return Entry(
        guid=hashlib.sha256(told.encode()).hexdigest()[:32],
        link=page.address,
        title=f"{name}: {new}",
        summary="\n".join(filter(None, lines)),
    )


def _look(page: Page, layout: TableLayout) -> _Table | str:
    where = layout.rows or "table tr"
    rows = outermost(page.tree.css(where)[:_MOST_ROWS]) if layout.rows else _largest_table(page)
    if not rows:
        return f"the page has no `{where}`; has it been rebuilt?"
    states: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for row in rows:
        name, status = _cells(row, layout)
        if name and status:
            states.setdefault(shown.setdefault(_fold(name), name), set()).add(status)
    if not states:
        return f"none of the {len(rows)} `{where}` has a name and a state"
    # One name with several states (one for each direction): all of them, in an order that is not the page's.
    joined = {name: " / ".join(sorted(values)) for name, values in states.items()}
    return _Table(joined, _about(rows), where)


def _largest_table(page: Page) -> list[LexborNode]:
    tables = [_data_rows(table) for table in page.tree.css("table")[:50]]
    return max(tables, key=len, default=[])


def _data_rows(table: LexborNode) -> list[LexborNode]:
    """The table's own rows: old sites lay their pages out in tables around tables."""
    bodies = [node for node in table.iter() if node.tag in ("tbody", "thead", "tfoot")]
    rows = [row for body in (table, *bodies) for row in body.iter() if row.tag == "tr"]
    return [row for row in rows[:_MOST_ROWS] if len(_children(row)) >= 2]


def _cells(row: LexborNode, layout: TableLayout) -> tuple[str, str]:
    children = _children(row)
    if children and all(cell.tag == "th" for cell in children):
        return "", ""  # the head of the table
    first, second = (children[place] if len(children) > place else None for place in (0, 1))
    name = row.css_first(layout.name) if layout.name else first
    status = row.css_first(layout.status) if layout.status else second
    return _words(name), _words(status)


def _children(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag not in ("script", "style")]


def _words(cell: LexborNode | None) -> str:
    """The words of a cell, or those that describe its picture: some states are a green or a red dot."""
    if cell is None:
        return ""
    if words := text_of(cell, _LONGEST):
        return words
    pictures = [cell, *cell.css("[alt], [title], [aria-label]")]
    described = (node.attributes.get(name) for node in pictures for name in ("alt", "title", "aria-label"))
    return " ".join(next(filter(None, described), "").split())[:_LONGEST]


def _about(rows: list[LexborNode]) -> str:
    """What the table is about: its caption or the heading before it, and the name of its first column."""
    table: LexborNode | None = rows[0]
    while table is not None and table.tag != "table":
        table = table.parent
    head = table.css_first("th") if table else None
    lines = [_words(table.css_first("caption") if table else None) or _heading_before(rows[0]), _words(head)]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _heading_before(row: LexborNode) -> str:
    node: LexborNode | None = row
    for _ in range(200):
        if node is None:
            return ""
        node = node.prev or node.parent
        if node is not None and node.tag in ("h1", "h2", "h3", "h4"):
            return _words(node)
    return ""


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
