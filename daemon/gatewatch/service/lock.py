"""One daemon for one state directory."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class AlreadyRunning(Exception):
    """Another daemon works in this state directory."""

    def __init__(self, path: Path, pid: str) -> None:
        self.path, self.pid = path, pid
        super().__init__(f"another gatewatch run (process {pid or 'unknown'}) holds {path}")


def lock_path(state_dir: Path) -> Path:
    """The file that is locked while a daemon works in `state_dir`."""
    return state_dir / "gatewatch.lock"


def is_held(state_dir: Path) -> bool:
    """Whether a daemon works in this state directory. Who may not look is told that it does."""
    try:
        with lock_path(state_dir).open(encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except (BlockingIOError, PermissionError):
        return True


def _taken(file: TextIO) -> bool:
    """Tries for a moment: whoever looks whether it is held holds it himself for that long."""
    for pause in (0.01, 0.05, 0.2, 0.0):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(pause)
    return False


@contextmanager
def only_one(state_dir: Path) -> Iterator[None]:
    """Holds the lock of `state_dir` while the block runs; raises `AlreadyRunning` when another process does.

    The kernel drops the lock with the process, so kill -9 leaves no stale lock. The file itself stays:
    deleting it would let a third process lock a new file of the same name beside a second one that waits.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    path = lock_path(state_dir)
    with path.open("a+", encoding="ascii") as file:
        if not _taken(file):
            file.seek(0)
            raise AlreadyRunning(path, file.read(20).strip())
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
