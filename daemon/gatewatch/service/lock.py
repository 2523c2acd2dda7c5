"""One daemon for one state directory."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another daemon works in this state directory."""

    def __init__(self, path: Path, pid: str) -> None:
        self.path, self.pid = path, pid
        super().__init__(f"another gatewatch run (process {pid or 'unknown'}) holds {path}")


@contextmanager
def only_one(state_dir: Path) -> Iterator[None]:
    """Holds the lock of `state_dir` while the block runs; raises `AlreadyRunning` when another process does.

    The kernel drops the lock with the process, so kill -9 leaves no stale lock. The file itself stays:
    deleting it would let a third process lock a new file of the same name beside a second one that waits.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    path = state_dir / "gatewatch.lock"
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(path, file.read(20).strip()) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
