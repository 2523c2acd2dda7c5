"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PARTIAL = ".partial"


@contextmanager
def passing(target: Path) -> Iterator[Path]:
    """An empty file beside `target`, for its owner alone, that is deleted at the end."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PARTIAL, dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (Path(name), *beside(Path(name))):
            left.unlink(missing_ok=True)


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """An empty file to be filled, for its owner alone; it takes the place of `target` at the end.

    Where the block raises, `target` is as it was.
    """
    with passing(target) as partial:
        yield partial
        sync(partial)
        partial.replace(target)
        sync(target.parent)


def clear_away(target: Path) -> None:
    """Deletes what a killed process has left of a new `target`, or of a copy of it.

    Nobody else may be at work on it.
    """
    for left in target.parent.glob(f".{target.name}.*{PARTIAL}*"):
        left.unlink()


def beside(database: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database while it is open."""
    return tuple(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))


def sync(path: Path) -> None:
    """Waits until a file, or the names in a directory, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def give_to_owner_of(directory: Path, *files: Path) -> None:
    """Where root wrote files into the directory of a service, they become that service's own."""
    if os.geteuid() != 0:
        return
    owner = directory.stat()
    for file in files:
        with suppress(FileNotFoundError):
            os.chown(file, owner.st_uid, owner.st_gid)
