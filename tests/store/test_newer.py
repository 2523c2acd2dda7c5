"""A database of a later version is not touched, and the service says so in a way that systemd understands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gatewatch.store import NewerSchema, Store, UnusableDatabase
from service.installation import Installation

LATER = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('gatewatch', '099_later', 'later')"


def newer(path: Path, journal: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.execute(LATER)
        db.commit()
    return path


@pytest.mark.parametrize("journal", ["wal", "delete"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_database_is_refused_and_stays_as_it_is_byte_for_byte(tmp_path: Path, journal: str, read_only: bool) -> None:
    path = newer(tmp_path / "a.db", journal)
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match="099_later"):
        Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_service_that_finds_a_newer_database_ends_with_78_since_no_restart_cures_it(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.configure({"a": "https://news.example/rss"})
    newer(tmp_path / "state" / "gatewatch.db", "wal")
    ended = installation.call("run")
    assert ended.returncode == 78
    assert "was written by a newer Gatewatch (it holds 099_later): upgrade Gatewatch" in ended.stderr


def test_a_service_whose_database_is_no_database_ends_with_78(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.configure({"a": "https://news.example/rss"})
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "gatewatch.db").write_bytes(b"what a broken disk gives back " * 300)
    ended = installation.call("run")
    assert ended.returncode == 78
    assert "file is not a database" in ended.stderr


def test_what_a_restart_may_cure_is_not_called_lasting(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    with pytest.raises(UnusableDatabase) as refused:
        Store.open(tmp_path / "a.db")
    assert not refused.value.lasting
