"""Whatever is wrong with a row is found, and told in one line with what to do."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatewatch.store import Store
from gatewatch.store.checking import VALUES, Finding
from gatewatch.store.invariants import INVARIANTS

from .released_service import DUMPS, restored_from

#: Of the day that the newest released database was written on.
NOW = datetime(2026, 11, 26, 16, tzinfo=UTC)

#: How to break each invariant: SQL, the row that is found, and what is said of it.
BREAKING = [
    ("DELETE FROM seen WHERE item = (SELECT id FROM items WHERE n = 1)", "items", "was taken in and is not known as seen"),
    ("DELETE FROM sources WHERE id = 'b'", "items", "was taken in from a source that has no state"),
    ("UPDATE counts SET item = 'gone'", "counts 1", "is of an item that was never there"),
    ("UPDATE copies SET item = 'gone'", "copies", "is of an item that was never there"),
    ("UPDATE matches SET item = 'gone' WHERE decision = 'draft'", "matches 5", "is of an item that was never there"),
    ("UPDATE matches SET decision = '' WHERE n = 6", "matches 6", "has no decision"),
    ("UPDATE matches SET story = NULL WHERE n = 2", "matches 2", "belongs to no story, and not to a draft"),
    ("DELETE FROM story_items WHERE item = (SELECT item FROM matches WHERE n = 2)", "matches 2", "is of an item that its story does not hold"),
    ("UPDATE alerts SET alert = json_set(alert, '$.story', 'other') WHERE n = 2", "matches", "opened a story that nobody was told of"),
    ("UPDATE story_items SET item = 'gone' WHERE item = (SELECT item FROM matches WHERE n = 2)", "story_items", "holds an item that was never there"),
    ("UPDATE deliveries SET unless = 'gone' WHERE id = 2", "deliveries 2", "waits for the acknowledgement of an alert that is not there"),
    ("UPDATE deliveries SET state = 'joined', reason = 'in digest gone' WHERE id = 1", "deliveries 1", "went out in a digest that is not there"),
    ("DELETE FROM attempts WHERE delivery = 1", "deliveries 1", "is settled without a receipt that says how"),
    ("UPDATE deliveries SET state = 'sending', lease_until = '2026-11-26T15:54:59' WHERE id = 2", "deliveries 2", "was claimed and never settled"),
    ("UPDATE deliveries SET settled = NULL WHERE id = 1", "deliveries 1", "is over and under way at once"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with rows in all tables and nothing wrong."""
    path = tmp_path_factory.mktemp("sound") / "state" / "gatewatch.db"
    restored_from(DUMPS[-1], path)
    Store.open(path).close()
    return path


@pytest.fixture
def database(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sound, tmp_path / "gatewatch.db"))


def findings(database: Path, *statements: str) -> list[Finding]:
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)
    with Store.open(database, read_only=True) as store:
        return list(store.findings(NOW))


def test_nothing_is_found_where_nothing_is_wrong(database: Path) -> None:
    assert findings(database) == []


@pytest.mark.parametrize(("statement", "row", "what"), BREAKING, ids=[what for _, _, what in BREAKING])
def test_rows_that_contradict_each_other_are_found(database: Path, statement: str, row: str, what: str) -> None:
    assert any(each.row.startswith(row) and each.what == what for each in findings(database, statement))


def test_every_invariant_is_tried() -> None:
    assert {what for _, _, what in BREAKING} == {each.what for each in INVARIANTS}


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, _, column, _ in VALUES])
def test_a_value_that_cannot_be_read_is_found_with_its_row(database: Path, table: str, column: str) -> None:
    found = findings(database, f"UPDATE {table} SET {column} = '{{\"id\": 3'")
    assert any(each.row.split()[0] == table and f"`{column}` can't be read" in each.what for each in found)


def test_a_text_that_was_deleted_by_age_is_no_finding(database: Path) -> None:
    assert findings(database, "PRAGMA foreign_keys = ON", "DELETE FROM items") == []


def test_a_claim_whose_lease_has_just_run_out_is_no_finding(database: Path) -> None:
    claim = "UPDATE deliveries SET state = 'sending', lease_until = '2026-11-26T15:55:01' WHERE id = 2"
    assert findings(database, claim) == []


def test_an_index_that_is_missing_is_found(database: Path) -> None:
    [found] = findings(database, "DROP INDEX deliveries_open")
    assert str(found) == "schema deliveries_open: is missing; `gatewatch restore FILE` puts a backup back"


def test_a_reference_to_a_row_that_is_gone_is_found_first(database: Path) -> None:
    found = findings(database, "DELETE FROM alerts WHERE n = 1")
    assert "file: deliveries 1 belongs to a row of alerts that is not there" in [str(each).split(";")[0] for each in found]


def test_a_page_that_a_disk_has_lost_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'matches_by_item'"
        (page,), (size,) = db.execute(sql).fetchone(), db.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    found = findings(database)
    assert found
    assert {each.row for each in found} == {"file"}


def test_of_one_kind_a_hundred_are_told(database: Path) -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
        " INSERT INTO matches (item, rule, decision, reason, at, match)"
        " SELECT item, rule, 'draft', '', at, '[]' FROM n, (SELECT * FROM matches LIMIT 1)"
    )
    assert len(findings(database, many)) == 100


def test_what_a_service_writes_meanwhile_makes_no_finding(database: Path) -> None:
    """All questions are asked of one moment."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE matches SET decision = '' WHERE n <= 2")
        db.commit()
        with Store.open(database, read_only=True) as store:
            asking = store.findings(NOW)
            first = next(asking)
            db.execute("UPDATE matches SET decision = ''")
            db.commit()
            assert [each.row for each in (first, *asking)] == ["matches 1", "matches 2"]
