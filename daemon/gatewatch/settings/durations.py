"""Lengths of time as people write them: 90s, 5m, 2h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_WRITTEN = re.compile(r"([0-9]{1,9})([smhd])")
LONGEST = timedelta(days=3660)


def duration(written: str) -> timedelta:
    """The length of time; ValueError when it is none, zero, or over ten years."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError('has to be a number and s, m, h or d, as in "90s", "5m", "2h" or "1d"')
    number, unit = int(found[1]), _UNITS[found[2]]
    if number == 0:
        raise ValueError("has to be more than nothing")
    if number > LONGEST // unit:
        raise ValueError("has to be less than ten years")
    return number * unit
