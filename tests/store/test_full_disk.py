"""A full disk stops writing and nothing else, and what was being written is not half there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatewatch.model import Retention, SourceState
from gatewatch.store import Store

from .archive import WORDS, fill
from .samples import LEASE, NOW, an_alert, an_item, queue


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """A store whose file can't grow by more than a few pages."""
    with Store.open(tmp_path / "a.db", durable=False) as store:
        fill(store, range(91, 101), each=50)
        fill(store, [0], each=1)
        queue(store, "a1")
        pages = store._execute("PRAGMA page_count").fetchone()[0]
        store._execute(f"PRAGMA max_page_count = {pages + 10}").fetchone()
        yield store


def poll(store: Store) -> None:
    with store.transaction():
        store.add_items([an_item(f"n{n}", body=WORDS) for n in range(50)], seeded=False, at=NOW)
        store.queue_alert(an_alert("a2"), ["desk"], NOW)
        store.save_source_state(SourceState(id="raja", next_poll=NOW, etag='"2"'))


def test_a_poll_fails_as_a_whole_and_says_why(full: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="database or disk is full"):
        poll(full)
    assert full.unseen("raja", ["key-n0"]) == ["key-n0"]
    assert full.source_state("raja") is None
    assert full.alert("a2") is None


def test_what_is_there_can_be_read_and_sent(full: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        poll(full)
    assert full.item("d0-0") is not None
    delivery = full.claim("desk", NOW, LEASE)
    assert delivery is not None
    assert delivery.alert == an_alert("a1")


def test_the_same_poll_succeeds_when_there_is_room_again(full: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        poll(full)
    assert full.prune(NOW, Retention()).items == 500
    poll(full)
    assert full.unseen("raja", ["key-n0"]) == []
    assert full._execute("PRAGMA integrity_check").fetchall() == [("ok",)]
