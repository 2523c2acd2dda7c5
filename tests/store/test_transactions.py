from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from gatewatch.model import SourceState
from gatewatch.store import Store

from .samples import LEASE, NOW, a_match, a_story, an_alert, an_item


def write_everything(store: Store) -> None:
    store.add_items([an_item()], seeded=False, at=NOW)
    store.save_story(a_story())
    store.join_story("s1", "i1", NOW)
    store.add_match(a_match(), story="s1", decision="new", reason="nothing like it is open", at=NOW)
    store.queue_alert(an_alert(), ["desk", "mail"], NOW)
    store.save_source_state(SourceState(id="raja", next_poll=NOW, etag='"1"'))
    store.add_notice(NOW, "raja", "first news in a month")
    store.know_rules(["fi-closure"], NOW)


def rows(store: Store) -> dict[str, int]:
    tables = store._execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    counts = {name: store._execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}
    return {name: count for name, count in counts.items() if count and not name.startswith("_")}


def test_what_was_written_together_is_kept_together(store: Store) -> None:
    with store.transaction():
        write_everything(store)
    assert rows(store) == {
        "alerts": 1,
        "deliveries": 2,
        "items": 1,
        "matches": 1,
        "notices": 1,
        "rule_state": 1,
        "seen": 1,
        "sources": 1,
        "stories": 1,
        "story_items": 1,
    }


def test_a_fault_in_the_middle_leaves_nothing(store: Store) -> None:
    def half_way() -> None:
        with store.transaction():
            write_everything(store)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert rows(store) == {}
    assert store.unseen("raja", ["key-i1"]) == ["key-i1"]
    assert store.claim("desk", NOW, LEASE) is None


def test_the_store_works_on_after_a_fault(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.transaction():
        raise KeyboardInterrupt
    with store.transaction():
        write_everything(store)
    assert store.item("i1") is not None


def test_a_transaction_inside_another_is_an_error(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"), store.transaction(), store.transaction():
        pass


def test_items_and_alerts_are_never_written_by_halves(store: Store) -> None:
    with pytest.raises(RuntimeError, match=r"store\.transaction"):
        store.add_items([an_item()], seeded=False, at=NOW)
    with pytest.raises(RuntimeError, match=r"store\.transaction"):
        store.queue_alert(an_alert(), ["desk"], NOW)
    assert rows(store) == {}


def test_a_match_of_a_story_that_was_never_saved_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.transaction():
        store.add_match(a_match(), story="unknown", decision="joined", reason="", at=NOW)


def test_nobody_sees_a_transaction_before_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as writer, Store.open(path, read_only=True) as reader:
        with writer.transaction():
            write_everything(writer)
            assert reader.item("i1") is None
        assert reader.item("i1") == an_item()


def test_writers_that_read_first_take_turns_and_lose_nothing(tmp_path: Path) -> None:
    """The lost update: two that read 7 and both write 8."""
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.save_source_state(SourceState(id="raja", next_poll=NOW, items_seen=0))
    faults: list[Exception] = []

    def count_up() -> None:
        try:
            with Store.open(path, durable=False) as store:
                for _ in range(50):
                    with store.transaction():
                        state = store.source_state("raja")
                        assert state is not None
                        seen = state.items_seen + 1
                        store.save_source_state(SourceState(id="raja", next_poll=NOW, items_seen=seen))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with Store.open(path) as store:
        state = store.source_state("raja")
        assert state is not None
        assert state.items_seen == 200
