"""A backup is one file with all of one moment, whatever is written meanwhile; a bad one takes nobody's place."""

from __future__ import annotations

import itertools
import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from gatewatch.model import AlertKind
from gatewatch.store import DamagedDatabase, NoDatabase, Store, back_up
from gatewatch.store.soundness import inspect

from .archive import fill
from .released_service import DUMPS, restored_from
from .samples import NOW, an_alert, queue


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "gatewatch.db"
    with Store.open(path) as store:
        fill(store, [1], 3)
        queue(store, "a1", "a2", at=NOW - timedelta(hours=2))
    return path


def test_a_backup_is_one_file_for_its_owner_alone_with_all_that_the_database_holds(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store:  # what stands only in the write-ahead log is in it, too
        queue(store, "a3", at=NOW)
        told = back_up(database, tmp_path / "b.db", NOW)
    assert (told.items, told.alerts, told.newest_alert, told.made) == (3, 3, NOW, NOW)
    assert inspect(tmp_path / "b.db") == told
    assert stat.S_IMODE((tmp_path / "b.db").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "state"]
    with Store.open(tmp_path / "b.db") as backup:
        assert [alert.id for alert in backup.alerts(9)] == ["a3", "a2", "a1"]


def test_the_service_writes_on_while_a_backup_is_made_which_holds_one_moment(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store:
        fill(store, range(2, 12), 1000)
    pauses: list[float] = []
    done = threading.Event()

    def serve() -> None:
        with Store.open(database) as store:
            for number in itertools.count():
                began = time.monotonic()
                queue(store, f"n{number:05}", channels=("desk", "mail"))
                pauses.append(time.monotonic() - began)
                if done.is_set():
                    return

    service = threading.Thread(target=serve)
    service.start()
    told = back_up(database, tmp_path / "b.db", NOW)
    meanwhile = len(pauses)
    done.set()
    service.join()
    assert meanwhile > 1
    assert max(pauses) < 5
    with Store.open(tmp_path / "b.db") as backup:
        there = sorted(alert.id for alert in backup.alerts(100_000) if alert.id.startswith("n"))
        assert there == [f"n{number:05}" for number in range(len(there))]
        assert told.alerts == len(there) + 2
        assert sum(line.count for line in backup.outbox_summary()) == 2 * len(there) + 2  # no alert by halves


def test_what_was_deleted_is_not_in_a_backup(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store, store.transaction():
        store._execute("INSERT INTO notices (at, source, text) VALUES ('', '', 'a word that nobody should find')")
        store._execute("DELETE FROM notices")
    back_up(database, tmp_path / "b.db", NOW)
    assert b"nobody should find" not in (tmp_path / "b.db").read_bytes()


def test_a_compressed_backup_is_smaller(database: Path, tmp_path: Path) -> None:
    assert back_up(database, tmp_path / "b.db.zst", NOW, compress=True).items == 3
    back_up(database, tmp_path / "b.db", NOW)
    assert 0 < (tmp_path / "b.db.zst").stat().st_size < (tmp_path / "b.db").stat().st_size / 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "b.db.zst", "state"]


def test_a_backup_can_be_made_before_an_upgrade_has_begun(tmp_path: Path) -> None:
    restored_from(DUMPS[0], tmp_path / "state" / "gatewatch.db")
    told = back_up(tmp_path / "state" / "gatewatch.db", tmp_path / "b.db", NOW)
    assert told.steps == ("001_first_tables",)
    assert told.alerts


def test_a_backup_of_a_damaged_database_fails_and_leaves_the_former_one(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.db", NOW)
    former = (tmp_path / "b.db").read_bytes()
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE deliveries SET alert = 'lost' WHERE id = 1")
        db.commit()
    with pytest.raises(DamagedDatabase, match="deliveries 1 belongs to a row of alerts that is not there"):
        back_up(database, tmp_path / "b.db", NOW)
    assert (tmp_path / "b.db").read_bytes() == former
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "state"]


def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        back_up(tmp_path / "none.db", tmp_path / "b.db", NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_newest_alert_is_one_that_was_told_not_a_reminder_of_tomorrow(database: Path, tmp_path: Path) -> None:
    with Store.open(database) as store, store.transaction():
        reminder = an_alert("r1", kind=AlertKind.REMINDER, at=NOW + timedelta(days=1), about=("a1",))
        store.queue_alert(reminder, ["desk"], NOW)
    assert back_up(database, tmp_path / "b.db", NOW).newest_alert == NOW - timedelta(hours=2)
