"""A day, a month or a year that a text names, and what it begins or ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A day or longer stretch named at tokens `first` to `last`; `role` is from, until or on.

    `grain` is day, month or year: of a month or year the first day stands in `start`.
    """

    start: date
    role: str
    first: int
    last: int
    grain: str = "day"
    dated: bool = True
    weekday: bool = False


def day_number(form: str) -> int | None:
    """A day of the month, or None."""
    return int(form) if form.isdigit() and len(form) <= 2 and 1 <= int(form) <= 31 else None
