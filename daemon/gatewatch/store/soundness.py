"""What a database file is, as SQLite itself sees it: whether it is ours, of which age, and whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatewatch.store.errors import DamagedDatabase, ForeignDatabase, StoreError, UnusableDatabase
from gatewatch.store.rows import maybe_from_text

#: Under which name it stands in `upkeep` of a backup when that was made.
BACKUP_MADE = "backup made"

#: SQLite tells no more of them; whoever reads the first has read enough.
MOST = 100

STEPS_OF = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'gatewatch' ORDER BY rowid"
#: A reminder stands in `alerts` before its hour.
NEWEST_ALERT = "SELECT max(at) FROM alerts WHERE json_extract(alert, '$.kind') <> 'reminder'"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds. `made` is when it was made as a backup, None for any other; moments are in UTC."""

    steps: tuple[str, ...]
    items: int
    alerts: int
    newest_alert: datetime | None
    made: datetime | None


def inspect(path: Path, called: Path | None = None) -> Contents:
    """Looks through the whole file. `called` is its name in errors, where that is not `path`.

    Takes a database of any age, also a newer one. Raises `UnusableDatabase`, `ForeignDatabase`, `DamagedDatabase`.
    """
    name = called or path
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            steps = steps_of(db)
            if not steps:
                raise ForeignDatabase(name)
            found = list(damage(db))
            if found:
                raise DamagedDatabase(name, found)
            return _contents(db, steps)
    except sqlite3.Error as cause:
        raise unusable(name, cause) from cause


def unusable(path: Path, cause: sqlite3.Error) -> StoreError:
    """The error for what SQLite says of a file: damaged where it could be opened, and then held nonsense."""
    if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
        return DamagedDatabase(path, [str(cause)])
    return UnusableDatabase(path, cause)


def steps_of(db: sqlite3.Connection) -> tuple[str, ...]:
    """The steps of the schema that were applied, in order; none where the database is not ours."""
    if not has_table(db, "_sqlite_migrations"):
        return ()
    return tuple(name for (name,) in db.execute(STEPS_OF))


def damage(db: sqlite3.Connection) -> Iterator[str]:
    """What `integrity_check` and `foreign_key_check` find, one line each; reads every page."""
    try:
        yield from (str(line) for (line,) in db.execute(f"PRAGMA integrity_check({MOST})") if line != "ok")
        yield from _loose_references(db)
    except sqlite3.DatabaseError as cause:  # some pages are too far gone even to be checked
        if cause.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        yield str(cause)


def _loose_references(db: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        where = f"{table} {row}" if row is not None else f"a row of {table}"
        yield f"{where} belongs to a row of {parent} that is not there"


def has_table(db: sqlite3.Connection, name: str) -> bool:
    found = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone()
    return found is not None


def _contents(db: sqlite3.Connection, steps: tuple[str, ...]) -> Contents:
    made = None
    if has_table(db, "upkeep"):
        made = db.execute("SELECT max(at) FROM upkeep WHERE what = ?", (BACKUP_MADE,)).fetchone()[0]
    return Contents(
        steps,
        items=db.execute("SELECT count(*) FROM items").fetchone()[0],
        alerts=db.execute("SELECT count(*) FROM alerts").fetchone()[0],
        newest_alert=maybe_from_text(db.execute(NEWEST_ALERT).fetchone()[0]),
        made=maybe_from_text(made),
    )
