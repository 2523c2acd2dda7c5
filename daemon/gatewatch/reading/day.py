"""A day, a month or a year that a text names, and what it begins or ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gatewatch.reading.folding import Token

A_YEAR = re.compile(r"\d{4}")

NEAR = timedelta(days=8)
"""So long ago a last day may be that is told without its year."""

AHEAD = timedelta(days=21)
"""A day that is further ahead is none on which something was done: "on 12 March they closed", told in January."""

SOON = timedelta(days=45)
"""So near ahead something still begins: "from" and "since" are one word in many languages."""

YEAR_WORDS = frozenset({"aasta", "gada", "m", "metų", "metais"})
"""Baltic languages have the year first: "2024. gada 14. aprīlī", "2024 m. kovo 1 d.", "2023. aasta novembris"."""

_DAY_WORDS = frozenset(
    {"d", "diena", "dieną", "dienos", "dienai", "dienomis", "oji", "osios", "ąją", "ajai", "ąja", "ąsias", "ųjų"}
)
"""Lithuanian for "day", and what it writes behind a number ("24-ąją")."""


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


def day_behind(row: Sequence[Token], number: int) -> int | None:
    """Where the name of a day ends that has its month first ("lapkričio 24 d."), by the word for "day" behind it.

    Finnish says "joulukuun 13. päivään": its word tells more than that, and is left to be read.
    """
    form = row[number + 1].form if number + 1 < len(row) else ""
    if form in _DAY_WORDS:
        return number + 1
    return number if form.startswith("päivä") else None


def nearest_month(today: date, year: int | None, month: int, past: bool) -> date:
    """The first day of a month that is named: without a year the one ahead, or of what is done the nearest."""
    start = date(year or today.year, month, 1)
    if year is None and month < today.month and not past:
        return start.replace(year=today.year + 1)
    return start


def year_at(row: Sequence[Token], at: int) -> tuple[int | None, int]:
    """The year that stands at a place and where it ends; else none, and the place before."""
    if at < len(row) and A_YEAR.fullmatch(row[at].form) and 1900 <= int(row[at].form) <= 2100:
        return int(row[at].form), at
    return None, at - 1


def day_of(
    today: date, year: int | None, month: int, number: int, role: str, first: int, last: int, *, past: bool = False
) -> Day | None:
    """The day; without a year the nearest one, for "until" never before today, of what is done never months ahead."""
    try:
        if year is not None:
            return Day(date(year, month, number), role, first, last)
        near = [date(y, month, number) for y in (today.year - 1, today.year, today.year + 1)]
    except ValueError:
        return None
    if role == "until":
        near = [day for day in near if day >= today - NEAR]
    elif past:
        near = [day for day in near if day <= today + (AHEAD if role == "on" else SOON)]
    return Day(min(near, key=lambda day: abs(day - today)), role, first, last)
