"""What a disk holds after the power was cut: the files of a database as SQLite may find them.

The daemon is stopped while its files are copied: a copy that a checkpoint runs through is a state that no disk was ever
in. A commit waits for the disk, so that the write-ahead log is there as a whole; here more is taken away than that
leaves possible: all behind the last frame that a checkpoint has begun to take is cut off, or holed, as disks do that
lie about what they have written. The index (-shm) is nothing that a disk keeps in order: what it holds after a cut, if
it is there, means nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAL_HEADER, FRAME_HEADER = 32, 24
SECTOR = 512

#: In the -shm: behind two copies of its header, how many frames the checkpoint that runs, or ran last, set out to copy.
ATTEMPTED = 128


@dataclass(frozen=True)
class OnDisk:
    """The files as they were, the bytes of the log that a sync has reached, and the salt of the log: another one after
    each full checkpoint."""

    database: Path
    synced: int
    salt: bytes

    @property
    def log(self) -> bytes:
        return beside(self.database, "-wal").read_bytes()


def beside(database: Path, end: str) -> Path:
    return database.with_name(database.name + end)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """No thread of the process runs meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
            pass
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def copied(database: Path, to: Path) -> OnDisk:
    """The files of a database whose writers stand still."""
    to.mkdir(parents=True)
    copy = to / database.name
    for end in ("", "-wal", "-shm"):
        shutil.copyfile(beside(database, end), beside(copy, end))
    log, index = beside(copy, "-wal").read_bytes(), beside(copy, "-shm").read_bytes()
    page = int.from_bytes(log[8:12]) if log else 0
    (attempted,) = struct.unpack_from("=I", index, ATTEMPTED)
    return OnDisk(copy, min(len(log), WAL_HEADER + attempted * (FRAME_HEADER + page)), log[16:24])


def after_the_cut(disk: OnDisk, to: Path, chance: random.Random, kept: int | None = None) -> Path:
    """A database as the cut may have left it. `kept`: so many bytes of the log behind what was synced; None: any."""
    to.mkdir(parents=True)
    database = to / disk.database.name
    shutil.copyfile(disk.database, database)
    log = disk.log
    end = disk.synced + kept if kept is not None else chance.randint(disk.synced, len(log))
    beside(database, "-wal").write_bytes(holed(log[:end], disk.synced, chance) if kept is None else log[:end])
    match chance.randrange(3):
        case 0:
            shutil.copyfile(beside(disk.database, "-shm"), beside(database, "-shm"))
        case 1:
            beside(database, "-shm").write_bytes(chance.randbytes(32768))
    return database


def holed(log: bytes, synced: int, chance: random.Random) -> bytes:
    """Half of the time one sector behind what was synced never reached the disk, though later ones did."""
    if chance.random() < 0.5 or len(log) - synced < SECTOR:
        return log
    at = chance.randrange(synced, len(log) - SECTOR + 1)
    return log[:at] + bytes(SECTOR) + log[at + SECTOR :]
