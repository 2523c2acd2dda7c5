"""The room that the database takes on the disk, and how it is given back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gatewatch.store.connection import PATIENCE, Connection

#: Pages moved in one step of an incremental vacuum, and the fewest that are worth one: some milliseconds.
STEP = 250

#: Free pages that are left to the news of the next days, as a share of the pages in use.
SLACK = 0.05

#: A database that was made before free pages could be given back has to be written anew once. Nobody can write
#: meanwhile, so only up to this size (a second or two); beyond, its free pages wait for new items.
REBUILT_UP_TO = 200_000_000

INCREMENTAL = 2


@dataclass(frozen=True, slots=True)
class Size:
    """What the database takes on the disk, in bytes: pages in use, free pages, and the write-ahead log."""

    used: int
    free: int
    log: int


class Space(Connection):
    """Queries on pages."""

    def size(self) -> Size:
        """What the database takes: pages in use, free pages, and the write-ahead log, in bytes."""
        page = self._number("page_size")
        free = self._number("freelist_count")
        path = self._path()
        log = path.with_name(path.name + "-wal") if path else None
        return Size(
            used=(self._number("page_count") - free) * page,
            free=free * page,
            log=log.stat().st_size if log and log.exists() else 0,
        )

    def giving_back(self) -> Iterator[int]:
        """Gives free pages back to the disk, a few a step; gives the bytes of each step.

        Then folds the write-ahead log. There is no ANALYZE and no `PRAGMA optimize`: each takes a lock (reader #206),
        and statistics of a young database lead queries away from the index that they need when it is old.
        """
        if self._number("auto_vacuum") == INCREMENTAL:
            yield from self._shrink()
        else:
            yield self._rebuild()
        self._fold_log()

    def _shrink(self) -> Iterator[int]:
        while True:
            pages, free = self._number("page_count"), self._number("freelist_count")
            if free - SLACK * (pages - free) < STEP:
                return
            # a script, as the pragma takes a step a page, and a cursor leaves it after the first
            self._db.conn.executescript(f"PRAGMA incremental_vacuum({STEP})")
            freed = pages - self._number("page_count")
            if freed <= 0:
                return
            yield freed * self._number("page_size")

    def _rebuild(self) -> int:
        """Writes an old database anew, where most of it is free and the disk has room for two more copies."""
        size, path = self.size(), self._path()
        worth = size.free > size.used and size.free > STEP * self._number("page_size")
        if path is None or not worth or size.used > REBUILT_UP_TO:
            return 0
        if shutil.disk_usage(path.parent).free < 3 * size.used:
            return 0
        self._execute(f"PRAGMA auto_vacuum = {INCREMENTAL}")
        try:
            with self._impatient():
                self._execute("VACUUM")
        except sqlite3.OperationalError:  # somebody writes, or the temporary directory is full: another day
            return 0
        return size.free - self.size().free

    def _fold_log(self) -> None:
        """Writes the log into the database and empties its file, unless somebody reads from it just now."""
        with self._impatient():
            self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _impatient(self) -> Iterator[None]:
        """Takes no for an answer at once: waiting for readers with the lock in hand holds up every writer."""
        self._execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self._execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")

    def _number(self, pragma: str) -> int:
        return int(self._execute(f"PRAGMA {pragma}").fetchone()[0])

    def _path(self) -> Path | None:
        file = self._execute("PRAGMA database_list").fetchone()[2]
        return Path(file) if file else None
