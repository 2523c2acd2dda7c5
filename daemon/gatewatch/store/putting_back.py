"""A backup put in the place of the database, which is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from zstandard import ZstdDecompressor, ZstdError

from gatewatch.store.backing_up import copy_into
from gatewatch.store.connection import PATIENCE
from gatewatch.store.errors import DatabaseInUse, NewerSchema, StoreError, UnusableDatabase
from gatewatch.store.safe_files import beside, clear_away, passing, sync, written_whole
from gatewatch.store.schema import STEPS
from gatewatch.store.soundness import Contents, inspect

#: How a file begins that zstd has compressed.
ZSTD = b"\x28\xb5\x2f\xfd"

CHUNK = 1 << 20


@contextmanager
def staged(backup: Path, database: Path) -> Iterator[tuple[Path, Contents]]:
    """A copy of `backup` beside `database`, checked, and what it holds. It is deleted at the end.

    Belongs under the lock of the state directory. Raises `StoreError` for what is damaged, not ours, or newer than we
    are, and `OSError`.
    """
    clear_away(database)
    with passing(database) as copy:
        _unpack(backup, copy)
        contents = inspect(copy, called=backup)
        unknown = [step for step in contents.steps if step not in STEPS]
        if unknown:
            raise NewerSchema(backup, unknown)
        yield copy, contents


def _unpack(backup: Path, copy: Path) -> None:
    """Also of a file that was copied by hand, with its write-ahead log beside it."""
    with backup.open("rb") as source, copy.open("wb") as sink:
        compressed = source.read(len(ZSTD)) == ZSTD
        source.seek(0)
        if compressed:
            _decompress(source, sink, backup)
        else:
            shutil.copyfileobj(source, sink, CHUNK)
    log = backup.with_name(backup.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))


def _decompress(source: BinaryIO, sink: BinaryIO, backup: Path) -> None:
    frame = ZstdDecompressor().decompressobj()
    try:
        while chunk := source.read(CHUNK):
            sink.write(frame.decompress(chunk))
    except ZstdError as cause:
        raise UnusableDatabase(backup, cause) from cause
    if not frame.eof:
        raise UnusableDatabase(backup, EOFError("the end of the file is missing"))


def put_in_place(copy: Path, database: Path, now: datetime) -> Path | None:
    """Lets `database` hold what `copy` holds, from one moment to the next. Gives where what it held is kept.

    None where there was no database. Raises `StoreError`; then `database` is as it was.
    """
    kept = _free_name(database, now)
    if not database.exists():
        _set_aside(database, kept)  # whoever deleted it may have forgotten its log
        _move(copy, database)
        return None
    try:
        with written_whole(kept) as whole:
            copy_into(database, whole)
    except StoreError as fault:
        if not fault.lasting:
            raise
        _set_aside(database, kept)
        _move(copy, database)
        return kept
    try:
        _overwrite(copy, database)
    except StoreError:
        kept.unlink()
        raise
    return kept


def _overwrite(copy: Path, database: Path) -> None:
    """In one transaction of the database itself.

    Renaming files would do, were it not for a command that just then opens the old database: it would lay the old
    write-ahead log beside the new file.
    """
    patience = time.monotonic() + PATIENCE

    def wait(status: int, _remaining: int, _total: int) -> None:
        """Python tries again for ever while somebody else writes."""
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > patience:
            raise DatabaseInUse(database)

    uri = f"{copy.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(database, timeout=0)) as target:
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target, progress=wait)
    except sqlite3.Error as cause:
        raise UnusableDatabase(database, cause) from cause


def _set_aside(database: Path, kept: Path) -> None:
    """For a database that SQLite can't read. Its log goes before the new file comes: it would be laid over that."""
    if database.exists():
        try:
            os.link(database, kept)
        except OSError:  # not every file system has links
            database.rename(kept)
    for file, aside in zip(beside(database), beside(kept), strict=True):
        if file.exists():
            file.rename(aside)


def _move(copy: Path, database: Path) -> None:
    sync(copy)
    copy.replace(database)
    sync(database.parent)


def _free_name(database: Path, now: datetime) -> Path:
    name = f"{database.name}.before-restore-{now.astimezone(UTC):%Y-%m-%dT%H%M%S}"
    names = (database.with_name(name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(path for path in names if not path.exists())
