"""A backup: one file that holds all of the database as it was at one moment, written while others write to it.

By VACUUM INTO, not by SQLite's backup API in small steps: a step that meets another process's write begins again from
the first page, so that a busy service would never be backed up. VACUUM reads one snapshot; the write-ahead log keeps
readers and writers out of each other's way. The copy holds no free pages either, where deleted texts would live on.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from zstandard import ZstdCompressor

from gatewatch.store.connection import PATIENCE
from gatewatch.store.errors import ForeignDatabase, NoDatabase, NotCopied
from gatewatch.store.rows import moment_to_text
from gatewatch.store.safe_files import passing, written_whole
from gatewatch.store.soundness import BACKUP_MADE, Contents, has_table, inspect, steps_of, unusable


def back_up(database: Path, target: Path, now: datetime, *, compress: bool = False) -> Contents:
    """Writes a backup to `target`, replacing what is there once the new one has been checked and is on the disk.

    Takes a database of any age. Raises `StoreError`, or `OSError` where `target` can't be written.
    """
    if not database.exists():
        raise NoDatabase(database)
    with written_whole(target) as partial:
        if not compress:
            return _copied(database, partial, now)
        with passing(target) as plain:
            contents = _copied(database, plain, now)
            _compress(plain, partial)
            return contents


def copy_into(database: Path, empty: Path) -> None:
    """Copies a database as it is now into a file that is there and empty. Raises `StoreError`."""
    try:
        uri = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)) as db:
            db.execute("VACUUM INTO ?", (str(empty),))
    except sqlite3.Error as cause:
        fault = unusable(database, cause)
        raise (fault if fault.lasting else NotCopied(database, cause)) from cause


def _copied(database: Path, empty: Path, now: datetime) -> Contents:
    copy_into(database, empty)
    with closing(sqlite3.connect(empty)) as copy:
        if not steps_of(copy):
            raise ForeignDatabase(database)
        if has_table(copy, "upkeep"):
            copy.execute("INSERT OR REPLACE INTO upkeep (what, at) VALUES (?, ?)", (BACKUP_MADE, moment_to_text(now)))
            copy.commit()
    return inspect(empty, called=database)


def _compress(plain: Path, target: Path) -> None:
    with plain.open("rb") as source, target.open("wb") as sink:
        ZstdCompressor(level=6, write_checksum=True).copy_stream(source, sink)
