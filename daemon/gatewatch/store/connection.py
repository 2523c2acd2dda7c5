"""One connection to the database: how it is opened, and transactions that are all or nothing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from gatewatch.store.errors import NoDatabase, StoreError, UnusableDatabase
from gatewatch.store.schema import bring_up_to_date, refuse_newer

#: How long a writer waits for another one, in seconds. Writers hold the lock for milliseconds.
PATIENCE = 15.0


def database_path(state_dir: Path) -> Path:
    """Where the database of a state directory lies."""
    return state_dir / "gatewatch.db"


class Connection:
    """The connection of one thread. With several on one file, readers never wait and writers take turns."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, path: Path | None, *, read_only: bool = False, durable: bool = True) -> Self:
        """Opens or creates the database at `path`; None is a fresh one in memory.

        `durable=False` leaves out the waiting for the disk, for replays whose state is thrown away. Raises
        `StoreError` where the file can't be used.
        """
        if read_only and (path is None or not path.exists()):
            raise NoDatabase(path or Path(":memory:"))
        try:
            db = Database(_connect(path, read_only=read_only), execute_plugins=False)
        except (sqlite3.Error, OSError) as cause:
            raise UnusableDatabase(path or Path(":memory:"), cause) from cause
        try:
            refuse_newer(db, path)  # before anything is written
            _configure(db, read_only=read_only, durable=durable)
            bring_up_to_date(db, path, read_only=read_only)
        except sqlite3.Error as cause:
            db.close()
            raise UnusableDatabase(path or Path(":memory:"), cause) from cause
        except StoreError:
            db.close()
            raise
        return cls(db)

    def close(self) -> None:
        """Gives the file back. The last one to close folds the write-ahead log into the database."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or nothing of it. Can't be nested.

        Takes the write lock at once (IMMEDIATE): one that reads first and then wants to write would be thrown
        out with "database is locked", whatever its patience, when another writer came between.
        """
        if self._db.conn.in_transaction:
            raise RuntimeError("a transaction inside a transaction: neither would be all or nothing")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        try:
            self._db.execute("COMMIT")
        except BaseException:  # a full disk shows here
            self._db.rollback()
            raise

    def _execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Cursor:
        return self._db.execute(sql, parameters)

    def _only_in_transaction(self) -> None:
        if not self._db.conn.in_transaction:
            raise RuntimeError("belongs inside `with store.transaction()`: half of it is worse than none")


def _connect(path: Path | None, *, read_only: bool) -> sqlite3.Connection:
    """`isolation_level=None`: the module opens no transactions of its own; we say when."""
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _configure(db: Database, *, read_only: bool, durable: bool) -> None:
    """WAL with FULL: what was committed is on the disk, also after a power cut.

    With NORMAL the first poll of a source could be lost, and the next one be taken for its first: what came in between
    would be known, and never told. A commit waits for the disk, some milliseconds, and there are few a second.
    """
    if not read_only:
        _lay_out(db)
    db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
    db.execute("PRAGMA foreign_keys = ON")


def _lay_out(db: Database) -> None:
    """Settings that live in the file. Free pages can be given back only where that is said before the first table.

    The change of journal is refused at once, whatever the timeout, where another one changes it just now.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            if db.journal_mode != "wal":
                db.execute("PRAGMA journal_mode = wal")
            return
        except sqlite3.OperationalError as fault:
            busy = fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
