"""What systemd is told: ready, reloading, stopping, a line of status, and that we are alive (sd_notify(3))."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import MutableMapping

#: Journal and `systemctl status` show one line.
LONGEST = 200


class Notifier:
    """Speaks to the service manager that started this process; says nothing where none did.

    The variables are taken out of `environment`, so that no child process speaks for us.
    """

    def __init__(self, environment: MutableMapping[str, str] = os.environ) -> None:
        self._address = environment.pop("NOTIFY_SOCKET", "")
        self.watchdog_every = _watchdog_seconds(
            environment.pop("WATCHDOG_USEC", ""), environment.pop("WATCHDOG_PID", "")
        )
        """Seconds within which `alive` has to be said again and again; None where nobody waits for it."""

    @property
    def listened_to(self) -> bool:
        """Whether a service manager listens."""
        return bool(self._address)

    def ready(self, status: str) -> None:
        """The start, or a reload, is done."""
        self._say("READY=1", f"STATUS={_one_line(status)}")

    def reloading(self) -> None:
        """A reload begins; `ready` ends it. Type=notify-reload asks for the moment, too (openvox #110)."""
        microseconds = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._say("RELOADING=1", f"MONOTONIC_USEC={microseconds}", "STATUS=reloading")

    def stopping(self) -> None:
        """The stop begins."""
        self._say("STOPPING=1", "STATUS=stopping: messages in flight end")

    def status(self, text: str) -> None:
        """One line for `systemctl status`."""
        self._say(f"STATUS={_one_line(text)}")

    def alive(self) -> None:
        """All parts work. To be said only where that was looked at."""
        self._say("WATCHDOG=1")

    def _say(self, *lines: str) -> None:
        """Never raises and never waits: a service manager that is busy must not hold up the news."""
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            channel.connect(address)
            channel.sendall("\n".join(lines).encode())


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _watchdog_seconds(microseconds: str, pid: str) -> float | None:
    """None where no watchdog waits, or where it waits for another process than this one."""
    if not microseconds.isdecimal() or int(microseconds) == 0 or pid not in ("", str(os.getpid())):
        return None
    return int(microseconds) / 1_000_000
