"""The clock on the wall against one that only goes forward. Pure, but for reading them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from gatewatch.alerts.wording import span_of_time

#: Less than this is a clock that is being set right a little, and a busy machine.
JUMP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Moment:
    """The same moment on both clocks: `steady` in seconds from anywhere."""

    wall: datetime
    steady: float


def steady_clock() -> float:
    """Seconds, also while the machine sleeps (where the system tells them): to wake up is no jump."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def jump(before: Moment, after: Moment) -> timedelta | None:
    """By how much the clock was put forward in between (negative: back); None where it just went on."""
    passed = timedelta(seconds=after.steady - before.steady)
    moved = after.wall.astimezone(UTC) - before.wall.astimezone(UTC) - passed  # a local hour may come twice
    return moved if abs(moved) >= JUMP else None


def words(moved: timedelta, now: datetime, zone: tzinfo) -> str:
    """What the operator is told; `now` is what the clock shows after it."""
    way = "forward" if moved > timedelta(0) else "back"
    length = span_of_time(abs(moved) + timedelta(seconds=30))
    shown = now.astimezone(zone)
    return f"the clock jumped {length} {way}, and shows {shown:%Y-%m-%d %H:%M} now; polls and alerts go on"
