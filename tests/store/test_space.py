"""The database is held within a size, and gives back what it no longer needs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from gatewatch.model import Retention
from gatewatch.store import Pruned, Store, retention, space

from .archive import DAY, fill, ids, match, take_in
from .samples import NOW, an_item, queue

KEEP = Retention()
MB = 1_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def filed(path: Path) -> Iterator[Store]:
    """A store on a disk; a test need not wait for the disk."""
    with Store.open(path, durable=False) as opened:
        yield opened


def test_below_its_limit_nothing_goes(filed: Store) -> None:
    fill(filed, range(20), each=50)
    assert filed.size().used > 2 * MB
    assert filed.prune(NOW, Retention(size=20 * MB)) == Pruned()


def test_over_its_limit_the_oldest_texts_go_and_no_more_than_has_to(
    filed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 20)
    fill(filed, range(60), each=50)
    assert filed.size().used > 8 * MB
    pruned = filed.prune(NOW, Retention(size=4 * MB))
    assert pruned.over == 0
    assert 3 * MB < filed.size().used <= 3.6 * MB
    left = sorted({int(id[1:].split("-")[0]) for id in ids(filed)})
    assert left == list(range(len(left)))


def test_what_matched_goes_last(filed: Store) -> None:
    fill(filed, range(60), each=50)
    told = [f"d{day}-{number}" for day in range(50, 60) for number in range(50)]
    match(filed, *told)
    filed.prune(NOW, Retention(size=5 * MB))
    assert set(told) <= ids(filed)
    filed.prune(NOW, Retention(size=1 * MB))
    assert not set(told) & ids(filed)


def test_the_last_two_days_identities_and_open_deliveries_stay_even_over_the_limit(filed: Store) -> None:
    fill(filed, range(30), each=100)
    queue(filed, "a1", "a2", at=NOW - 20 * DAY)
    pruned = filed.prune(NOW, Retention(size=MB // 2))
    assert {id.split("-")[0] for id in ids(filed)} == {"d0", "d1", "d2"}
    assert pruned.over == pytest.approx(filed.size().used - MB // 2, abs=4 * 4096)
    assert pruned.over > 0
    assert filed.unseen("raja", [f"key-d{day}-7" for day in range(30)]) == []
    assert [len(filed.deliveries_of(id)) for id in ("a1", "a2")] == [1, 1]


def test_the_file_shrinks_and_its_log_is_emptied(filed: Store, path: Path) -> None:
    fill(filed, range(80, 100), each=200)
    take_in(filed, "today")
    filed.prune(NOW - 50 * DAY, KEEP)  # nothing to do but to fold the log
    before = path.stat().st_size
    pruned = filed.prune(NOW, KEEP)
    assert pruned.items == 1800
    assert pruned.given_back > before / 3
    assert path.stat().st_size == before - pruned.given_back
    assert path.with_name("a.db-wal").stat().st_size == 0
    assert filed._execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_pages_are_given_back_a_few_a_step(filed: Store) -> None:
    fill(filed, range(80, 100), each=200)
    take_in(filed, "today")
    given = [step.given_back for step in filed.pruning(NOW, KEEP) if step.given_back]
    assert 3 < len(given) < 10
    assert max(given) < 1.1 * space.STEP * 4096


def test_some_free_pages_are_left_to_tomorrows_news(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "STEP", 2)
    fill(filed, [*range(30), 91], each=20)
    pruned = filed.prune(NOW, KEEP)
    assert (pruned.items, pruned.given_back) == (20, 0)
    assert filed.size().free > 0


def test_a_reader_that_sits_on_the_log_does_not_hold_up_the_writer(filed: Store, path: Path) -> None:
    with Store.open(path, read_only=True) as reader:
        reader._execute("BEGIN")
        reader.recent_items(1)
        fill(filed, [0], each=100)
        began = time.monotonic()
        assert filed.prune(NOW, KEEP) == Pruned()
        assert time.monotonic() - began < 3, "it would wait for 15 seconds, with the lock in its hand"
        assert filed.size().log > 0
    filed.prune(NOW, KEEP)
    assert filed.size().log == 0


def before_free_pages_could_be_given_back(path: Path) -> None:
    """A database as the first version made it."""
    Store.open(path).close()
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("PRAGMA auto_vacuum = NONE")
        db.execute("VACUUM")
        assert db.execute("PRAGMA auto_vacuum").fetchone() == (0,)
    db.close()


def auto_vacuum(store: Store) -> int:
    return int(store._execute("PRAGMA auto_vacuum").fetchone()[0])


def test_a_new_database_can_give_pages_back(filed: Store) -> None:
    assert auto_vacuum(filed) == space.INCREMENTAL


def test_an_old_database_is_written_anew_once_when_most_of_it_is_free(path: Path) -> None:
    before_free_pages_could_be_given_back(path)
    with Store.open(path, durable=False) as store:
        fill(store, range(95, 120), each=100)
        take_in(store, "today")
        pruned = store.prune(NOW, KEEP)
        assert pruned.items == 2500
        assert pruned.given_back > 4 * MB
        assert auto_vacuum(store) == space.INCREMENTAL
        assert store.item("today") == an_item("today")
        assert store.unseen("raja", ["key-d119-99"]) == []
        assert path.stat().st_size < 2 * MB


@pytest.mark.parametrize(
    "reason", ["little is free", "the disk is nearly full", "it is large", "somebody writes"]
)
def test_an_old_database_stays_as_it_is_where(
    path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    before_free_pages_could_be_given_back(path)
    with Store.open(path, durable=False) as store, Store.open(path) as other:
        fill(store, [0] if reason == "little is free" else range(95, 120), each=100)
        take_in(store, "today")
        if reason == "the disk is nearly full":
            monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=MB))
        if reason == "it is large":
            monkeypatch.setattr(space, "REBUILT_UP_TO", MB // 10)
        steps = store.pruning(NOW, KEEP)
        deleted = 0 if reason == "little is free" else sum(next(steps).items for _ in range(25))
        if reason == "somebody writes":
            other._execute("BEGIN IMMEDIATE")
        assert sum(steps, Pruned()).given_back == 0
        assert deleted in (0, 2500)
        assert auto_vacuum(store) == 0


def test_patience_with_other_writers_comes_back_after_the_log_was_folded(filed: Store) -> None:
    filed.prune(NOW, KEEP)
    assert filed._execute("PRAGMA busy_timeout").fetchone() == (15000,)


def test_a_store_in_memory_can_be_pruned_too(store: Store) -> None:
    fill(store, [0, 100], each=10)
    assert store.prune(NOW, Retention(size=MB)).items == 10
