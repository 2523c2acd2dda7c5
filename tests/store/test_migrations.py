"""A database of an earlier version is brought up to date with all that it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from gatewatch.model import Retention
from gatewatch.store import Store, schema
from gatewatch.store.connection import _connect

from .archive import DAY, match, take_in
from .samples import NOW


@pytest.fixture
def first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the first version, with items in it."""
    path = tmp_path / "a.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema.migrations, "_migrations", schema.migrations._migrations[:1])
        db = Database(_connect(path, read_only=False), execute_plugins=False)
        schema.bring_up_to_date(db, path, read_only=False)
        take_in(Store(db), "old", at=NOW - 91 * DAY)
        take_in(Store(db), "told", at=NOW - 91 * DAY)
        match(Store(db), "told")
        take_in(Store(db), "today")
        db.close()
    return path


def test_a_database_of_the_first_version_can_forget(first_version: Path) -> None:
    with Store.open(first_version) as store:
        assert [item.id for item in store.recent_items_of("raja", 9)] == ["today", "told", "old"]
        assert store.prune(NOW, Retention()).items == 1
        assert store.unseen("raja", ["key-old"]) == []
        store.remember_copy(["a"], "today", NOW)
        assert store.upkeep("anything") is None


def test_an_upgrade_that_finds_the_disk_full_leaves_the_database_as_it_was(first_version: Path) -> None:
    db = Database(_connect(first_version, read_only=False), execute_plugins=False)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    with pytest.raises(Exception, match="full"):
        schema.bring_up_to_date(db, first_version, read_only=False)
    db.close()
    with Store.open(first_version) as store:
        assert store.item("old") is not None
