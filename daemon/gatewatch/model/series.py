"""Counts over time: what was told of each day, and what is usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from gatewatch.model.reading import Count, Per, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as one item told it. `day` is the day that the value belongs to, `at` when it was taken in (UTC)."""

    count: Count
    day: date
    at: datetime
    source: str
    official: bool
    item: str


DAYS_NEEDED = 5
"""Days whose value must be known before anything is called usual."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is usual: the median of the `days` whose value is known; None where they are fewer than `DAYS_NEEDED`."""

    median: float | None = None
    days: int = 0


UsualLevel = Callable[[str, Unit, Per], Level]
"""Gives what is usual for a country, a unit and a period, at the time of the item in hand."""


def nothing_is_usual(_country: str, _unit: Unit, _per: Per) -> Level:
    """For texts that come without a history."""
    return Level()
