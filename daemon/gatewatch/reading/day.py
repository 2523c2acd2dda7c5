"""A day, a month or a year that a text names, and what it begins or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gatewatch.reading.folding import Token

YEAR_WORDS = frozenset({"gada", "m", "metų", "metais"})
"""Latvian and Lithuanian have the year first: "2024. gada 14. aprīlī", "2024 m. kovo 1 d."."""

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
