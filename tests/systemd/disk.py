"""The disk of a machine: an image file that holds what differs from the root of this machine."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import struct
import subprocess
from pathlib import Path
from uuid import uuid4

#: What a machine sees of this one: the distribution, and nothing of whoever works here.
SHOWN = frozenset({"bin", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr", "var"})

#: Not the content of these: what was put here by hand, what this machine starts, what it has logged and kept.
EMPTIED = ("usr/local", "etc/systemd/system", "var/cache", "var/lib/private", "var/log", "var/tmp")

#: Nor these: what forbids to start services while an image is built, and what has each man page indexed at once.
ABSENT = (Path("/usr/sbin/policy-rc.d"), Path("/var/lib/man-db/auto-update"))

SIZE = 1 << 30

#: EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on not one byte reaches the disk.
_SHUTDOWN = 0x8004587D
_NO_FLUSH = 2


def make_disk(place: Path) -> None:
    """Writes place/disk.img, an ext4 whose upper/ is laid over the root of this machine. It takes 1 GB at most."""
    seed = place / "seed"
    upper = seed / "upper"
    upper.mkdir(parents=True)
    (seed / "work").mkdir()
    hidden = [path for path in Path("/").iterdir() if path.name not in SHOWN]
    for directory in EMPTIED:
        hidden.extend(Path("/", directory).iterdir())
    hidden.extend(path for path in ABSENT if path.exists())
    for path in hidden:
        _hide(upper / path.relative_to("/"))
    (upper / "etc/machine-id").write_text(uuid4().hex + "\n")  # without one it would enable whatever is installed
    (upper / "etc/systemd/system/default.target").symlink_to("/lib/systemd/system/multi-user.target")
    image = place / "disk.img"
    with image.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run([_mkfs(), "-q", "-F", "-d", seed, image], check=True, capture_output=True)


def _mkfs() -> str:
    found = shutil.which("mkfs.ext4", path="/usr/sbin:/sbin")
    assert found is not None, "no mkfs.ext4 here: it is in the package e2fsprogs"
    return found


def _hide(path: Path) -> None:
    """An overlay takes a character device 0/0 for "there is nothing here"."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mknod(path, stat.S_IFCHR, os.makedev(0, 0))


def cut_off(disk: int) -> None:
    """Takes the power from a mounted disk, of which `disk` is an open directory: what was not synced is lost."""
    fcntl.ioctl(disk, _SHUTDOWN, struct.pack("I", _NO_FLUSH))
