"""The pulse of each part of the service: only while all of them beat is the watchdog told that we are alive.

A timer that says so by itself would be a lie: it goes on while everything that matters hangs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from gatewatch.alerts.delivery import LEASE

#: Seconds within which each part has to show that it works.
SCHEDULER = 60.0
#: More than the largest batch of documents and SQLite's patience with other writers take together.
WRITER = 90.0
#: A courier reports before each message, and no attempt takes longer than its lease.
NETWORK_CHANNEL = LEASE.total_seconds() + 30
#: Where nothing but a file or a terminal is written.
LOCAL_CHANNEL = 30.0
LOCAL_TYPES = ("console", "file")


@dataclass(frozen=True, slots=True)
class Pulse:
    """When a part last reported, in seconds of a clock that only goes forward, and within how many it has to."""

    at: float
    limit: float


class Pulses:
    """Who reported when. May be used from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pulses: dict[str, Pulse] = {}
        self._lock = threading.Lock()

    def expect(self, part: str, limit: float) -> None:
        """From now on `part` has to report at least every `limit` seconds. Said again, only the limit changes."""
        with self._lock:
            known = self._pulses.get(part)
            self._pulses[part] = Pulse(known.at if known else self._clock(), limit)

    def release(self, part: str) -> None:
        """`part` is not expected any more."""
        with self._lock:
            self._pulses.pop(part, None)

    def beat(self, part: str) -> None:
        """`part` works. One that is not expected (any more) may say so, too."""
        with self._lock:
            if (known := self._pulses.get(part)) is not None:
                self._pulses[part] = Pulse(self._clock(), known.limit)

    def ages(self) -> dict[str, float]:
        """Seconds since each part reported."""
        now = self._clock()
        with self._lock:
            return {part: now - pulse.at for part, pulse in self._pulses.items()}

    def late(self) -> tuple[str, ...]:
        """Whose report is overdue, in words; nothing where all is well."""
        now = self._clock()
        with self._lock:
            overdue = [(part, now - each.at) for part, each in self._pulses.items() if now - each.at > each.limit]
        return tuple(f"{part} has not reported for {age:.0f} s" for part, age in sorted(overdue))


def channel_limit(type: str) -> float:
    """Seconds within which the courier of a channel of this type has to report."""
    return LOCAL_CHANNEL if type in LOCAL_TYPES else NETWORK_CHANNEL


def courier_part(channel: str) -> str:
    """What the courier of a channel is called among the parts."""
    return f"courier {channel}"
