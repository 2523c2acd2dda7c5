"""What counts as a change of a status table from one poll to the next, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import Item, Source, SourceState, TableLayout
from gatewatch.reading import Reader
from gatewatch.settings import learned, load_words, shipped_rules
from gatewatch.sources.entries import Feed
from gatewatch.sources.identity import identify
from gatewatch.sources.pages import read_page
from gatewatch.sources.pages.tables import PATIENCE

URL = "https://border.example/status"
SOURCE = Source("status", URL, kind="page", country="EE", official=True, layout=TableLayout())
AT = datetime(2026, 3, 2, 12, 10, tzinfo=UTC)
OPEN = {"Narva": "open", "Koidula": "open", "Luhamaa": "open", "Saatse": "open"}


def page(rows: Mapping[str, str]) -> bytes:
    cells = "".join(f"<tr><td>{name}</td><td>{status}</td></tr>" for name, status in rows.items())
    return f"<h1>Border crossing points</h1><table><tr><th>Name</th><th>State</th></tr>{cells}</table>".encode()


def poll(rows: Mapping[str, str], known: Mapping[str, str], at: datetime = AT, failures: int = 0) -> Feed:
    state = SourceState("status", at, seeded=at, rows=known, failures=failures)
    return read_page(page(rows), URL, None, SOURCE, state, at)


def titles(feed: Feed) -> list[str]:
    assert feed.problem is None
    return [entry.title for entry in feed.entries]


def keys(*feeds: Feed) -> list[str]:
    return [item.key for feed in feeds for item in identify(feed, SOURCE, "guid", AT)[0]]


def test_the_first_look_tells_nothing_and_keeps_the_rows() -> None:
    feed = poll(OPEN, {})
    assert (feed.entries, feed.rows) == ((), OPEN)


def test_each_row_that_changed_is_one_entry() -> None:
    feed = poll(OPEN | {"Narva": "closed", "Saatse": "closed"}, OPEN)
    assert titles(feed) == ["Narva: closed", "Saatse: closed"]
    assert feed.rows == OPEN | {"Narva": "closed", "Saatse": "closed"}


def test_order_case_and_white_space_are_no_changes() -> None:
    turned = {name.upper(): f"  {status.title()}\n" for name, status in reversed(OPEN.items())}
    feed = poll(turned, OPEN)
    assert titles(feed) == []
    assert len(feed.rows or {}) == len(OPEN)


def test_a_row_that_is_missing_for_a_poll_is_no_change_when_it_is_back() -> None:
    without = poll({name: OPEN[name] for name in OPEN if name != "Narva"}, OPEN)
    assert (titles(without), without.rows) == ([], OPEN)
    assert titles(poll(OPEN, without.rows or {})) == []
    assert titles(poll(OPEN | {"Narva": "closed"}, without.rows or {})) == ["Narva: closed"]


def test_a_page_without_most_of_its_rows_is_broken_and_changes_nothing() -> None:
    feed = poll({"Narva": "closed"}, OPEN)
    assert feed.problem == "most rows are gone: 3 of 4, such as 'Koidula'"
    assert (feed.entries, feed.rows) == ((), None)
    assert titles(poll({"Narva": "closed", "Koidula": "open"}, OPEN)) == ["Narva: closed"]


def test_after_patience_a_rebuilt_page_is_a_first_look_again() -> None:
    rebuilt = {"Narva-1": "open", "Koidula-1": "closed"}
    assert poll(rebuilt, OPEN, failures=PATIENCE - 1).problem
    feed = poll(rebuilt, OPEN, failures=PATIENCE)
    assert (feed.problem, feed.entries, feed.rows) == (None, (), rebuilt)


def test_a_row_that_is_new_is_news() -> None:
    """Some pages list only the crossings that are closed."""
    assert titles(poll({"Narva": "closed", "Koidula": "closed"}, {"Narva": "closed"})) == ["Koidula: closed"]


def test_a_failed_poll_between_two_good_ones_is_no_change() -> None:
    failed = read_page(b"<html>502</html>", URL, None, SOURCE, SourceState("status", AT, rows=OPEN), AT)
    assert (failed.problem is not None, failed.rows) == (True, None)
    assert titles(poll(OPEN, OPEN, failures=1)) == []


def test_mirrors_that_disagree_tell_each_change_once_an_hour() -> None:
    closed = OPEN | {"Narva": "closed"}
    minutes = [AT + timedelta(minutes=5 * n) for n in range(8)]
    polls = [poll(closed if n % 2 == 0 else OPEN, OPEN if n % 2 == 0 else closed, at) for n, at in enumerate(minutes)]
    assert len(keys(*polls)) == 8
    assert len(set(keys(*polls))) == 2


def test_a_crossing_that_opens_again_within_the_hour_is_news() -> None:
    closed = OPEN | {"Narva": "closed"}
    first, back = poll(closed, OPEN), poll(OPEN, closed, AT + timedelta(minutes=5))
    next_day = poll(closed, OPEN, AT + timedelta(days=1))
    assert len(set(keys(first, back, next_day))) == 3


@pytest.mark.parametrize(("old", "new", "event"), [("open", "closed", "closure"), ("closed", "open", "reopening")])
def test_a_change_is_read_as_what_happened_to_the_crossing(old: str, new: str, event: str) -> None:
    reader = Reader(*load_words(shipped_rules()), learned())
    known = OPEN | {"Narva": old}
    [item] = identify(poll(OPEN | {"Narva": new}, known), replace(SOURCE, language="en"), None, AT)[0]
    assert [found.type.value for found in _events(reader, item)] == [f"{event}_announced"]
    assert [found.crossings for found in _events(reader, item)] == [("Narva",)]


def _events(reader: Reader, item: Item):  # type: ignore[no-untyped-def]
    return reader.read(item, SOURCE).events
