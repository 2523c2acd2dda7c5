from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from gatewatch.store import NewerSchema, NoDatabase, OlderSchema, Store, UnusableDatabase, database_path

from .samples import NOW, an_item


def pragma(store: Store, name: str) -> object:
    return store._execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_database_is_made_with_its_directory(tmp_path: Path) -> None:
    path = database_path(tmp_path / "state")
    Store.open(path).close()
    assert path.exists()


def test_a_file_is_opened_with_a_write_ahead_log_patience_and_foreign_keys(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        settings = [pragma(store, name) for name in ("journal_mode", "synchronous", "busy_timeout")]
        assert settings == ["wal", 2, 15000]
        assert pragma(store, "foreign_keys") == 1


def test_a_replay_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", durable=False) as store:
        assert pragma(store, "synchronous") == 0


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store, store.transaction():
        store.add_items([an_item()], seeded=False, at=NOW)
    with Store.open(tmp_path / "a.db") as store:
        assert store.item("i1") == an_item()


def test_reading_before_anything_was_written_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="gatewatch run"):
        Store.open(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    Store.open(tmp_path / "a.db").close()
    with (
        Store.open(tmp_path / "a.db", read_only=True) as store,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        store.add_notice(NOW, "raja", "silent")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store._execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('gatewatch', '099_from_the_future', 'later')"
        )
    with pytest.raises(NewerSchema, match="099_from_the_future"):
        Store.open(path)
    with pytest.raises(NewerSchema, match="upgrade Gatewatch"):
        Store.open(path, read_only=True)


def test_a_reader_does_not_bring_an_old_database_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    sqlite3.connect(path).execute("CREATE TABLE other (a)").connection.close()
    with pytest.raises(OlderSchema, match="start `gatewatch run` once"):
        Store.open(path, read_only=True)


def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is not a database, whatever its name says " * 100)
    with pytest.raises(UnusableDatabase, match="not a database"):
        Store.open(path)


def test_many_threads_that_open_a_new_database_at_once_all_succeed(tmp_path: Path) -> None:
    together = threading.Barrier(8)
    faults: list[Exception] = []

    def open_and_write(number: int) -> None:
        together.wait()
        try:
            with Store.open(tmp_path / "a.db") as store:
                store.add_notice(NOW, "raja", str(number))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=open_and_write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with Store.open(tmp_path / "a.db") as store:
        assert len(store.notices(20)) == 8
