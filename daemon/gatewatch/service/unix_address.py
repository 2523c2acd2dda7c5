"""Addresses of Unix sockets, however deep their directory lies."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What fits into the kernel's structure, with the zero at its end.
LONGEST = 107


class Occupied(Exception):
    """Something else is where the health endpoint is to be."""


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """The address to bind or connect to. A path that is too long is reached by way of its opened directory."""
    if len(os.fsencode(path)) <= LONGEST:
        yield str(path)
        return
    directory = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{directory}/{path.name}"
    finally:
        os.close(directory)


def clear_away(path: Path) -> None:
    """Deletes the socket of a process that is gone. Raises `Occupied` for one that answers, and for what is none."""
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind):
        raise Occupied(f"{path} is in the way of the health socket: it is no socket")
    with socket.socket(socket.AF_UNIX) as probe, address_of(path) as address:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise Occupied(f"{path} is in the way of the health socket: {fault.strerror or fault}") from fault
        else:
            raise Occupied(f"another process answers on {path}")
