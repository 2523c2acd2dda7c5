"""Stretches of days that are told by their first and last: "26–27 October", "from Saturday to Monday"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import timedelta

from gatewatch.reading.day import Day, day_number
from gatewatch.reading.folding import Token
from gatewatch.reading.time_words import Cues

_SPANS = frozenset({"and", "to", "ja", "och", "og", "und", "bis", "til", "till", "по", "и", "kuni", "un", "līdz", "do"})
_TO = frozenset({"to", "through", "till", "til", "bis", "kuni", "по", "до", "līdz", "do"})
APART = 6
"""How many words may stand between the first and the last day of a stretch ("at 15.00 to")."""

SHORT = 3
"""Letters of the small words around an hour ("at", "kl", "den", "um")."""


def span(day: Day, row: Sequence[Token], cues: Cues, dashes: Set[int]) -> list[Day]:
    """A day, and before it the one that its span begins with ("2.–5. tammikuuta", "from 14 to 30 November")."""
    whole = _with_first(day, row)
    number = day_number(row[whole.first].form)
    if whole.first == day.first or number is None or number >= day.start.day:
        return [whole]
    dashed = not dashes.isdisjoint(range(whole.first, day.first))  # "24.–26. detsembrini"
    if not (dashed or (day.role != "on" and cues.role(whole.first, whole.first) == "from")):
        return [whole]  # "between 17 and 19 June", "until 14 and 15 May"
    return [
        replace(day, start=day.start.replace(day=number), role="from", first=whole.first, last=whole.first),
        replace(day, role="until"),
    ]


def _with_first(day: Day, row: Sequence[Token]) -> Day:
    """The number that a span of days begins with ("between 17 and 19 June", "2.–5. tammikuuta") belongs to it."""
    for gap in (1, 2):
        at = day.first - gap
        if at >= 0 and day_number(row[at].form) is not None and day.grain == "day" and day.dated:
            dashed = gap == 1 and row[day.first].start - row[at].end <= 4
            if dashed or (gap == 2 and row[at + 1].form in _SPANS):
                return replace(day, first=at)
    return day


def joined(days: Sequence[Day], row: Sequence[Token], dashes: Set[int], clock: Set[int]) -> list[Day]:
    """Two days with a dash or a "to" between them are the first and the last of a stretch; `clock`: words of hours."""
    found: list[Day] = []
    for day in days:
        before = found[-1] if found else None
        if before is not None and _spans(before, day, row, dashes, clock):
            found[-1] = replace(before, role="from")
            day = _behind(day, before)
        found.append(day)
    return found


def _behind(day: Day, first: Day) -> Day:
    """The last day of a stretch, which lies behind its first: "from Saturday to Tuesday"."""
    weeks = (first.start - day.start).days // 7 + 1 if day.weekday and day.start <= first.start else 0
    return replace(day, start=day.start + timedelta(days=7 * weeks), role="until")


def _spans(one: Day, other: Day, row: Sequence[Token], dashes: Set[int], clock: Set[int]) -> bool:
    if one.grain != "day" or other.grain != "day" or one.role == "until":
        return False
    if other.start <= one.start and not other.weekday:
        return False
    between = range(one.last + 1, other.first)
    if not between:
        return one.last in dashes
    ties = [at for at in between if row[at].form in _TO]
    hours = [at for at in between if at in clock or row[at].is_number or len(row[at].form) <= SHORT]
    if len(ties) != 1 or len(between) > APART or len({*ties, *hours}) < len(between):
        return False
    return one.role == "from" or ties[0] == one.last + 1
