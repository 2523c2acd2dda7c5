"""Counts as series: which value of a day counts, what is usual, what a chart shows. Pure.

Sources contradict each other and correct themselves; all that was told of a day stays beside the value that counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from gatewatch.model import DAYS_NEEDED, Count, Figure, Item, Level, Per, Point, Reading, Source, Unit

WEEKS = timedelta(weeks=4)
"""What is usual is what was so in these last weeks."""

CHART = 14
"""Days that a chart beside an alert shows."""

RUNNING = frozenset({Per.MONTH, Per.YEAR, Per.SINCE, Per.UNSPECIFIED})
"""Periods of running totals: their last value says how far it has come, not how many came on a day."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What makes counts comparable: one country's border, the same people, the same period."""

    country: str
    unit: Unit
    per: Per


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of one day. `figure` is the value that counts, `agreeing` the sources that say it too.

    `others` are the last words of the sources that say otherwise, the most trusted first.
    """

    day: date
    figure: Figure
    agreeing: tuple[str, ...] = ()
    others: tuple[Figure, ...] = ()

    @property
    def value(self) -> int:
        return self.figure.count.value


Series = tuple[Day, ...]
"""The days of one key, oldest first. Days of which nothing was told are not there."""


def figures_in(reading: Reading, item: Item, source: Source, now: datetime) -> tuple[Figure, ...]:
    """Every count that is news (what a text only recalls belongs to no day), by the day that it belongs to."""
    told = [count for count in reading.counts if not count.background]
    return tuple(
        Figure(count, day_of(count, item, now), now, source.id, speaks_for(source, count), item.id) for count in told
    )


def speaks_for(source: Source, count: Count) -> bool:
    """Finland's border guard is official on Finland, and one outlet of many on Norway."""
    return source.official and source.country in (None, count.country)


def day_of(count: Count, item: Item, now: datetime) -> date:
    """The count's own day where it has one, else the day of the item (UTC). No day lies in the future."""
    try:
        own = date.fromisoformat(count.period) if count.period else None
    except ValueError:  # "November", "week 47": a period, but no day
        own = None
    dated = item.dated or now
    return min(own or dated.date(), now.date())


def series_of(figures: Iterable[Figure]) -> Mapping[Key, Series]:
    """The series that figures belong to, in the order of their keys."""
    by_day: dict[Key, dict[date, list[Figure]]] = {}
    for figure in figures:
        key = Key(figure.count.country, figure.count.unit, figure.count.per)
        by_day.setdefault(key, {}).setdefault(figure.day, []).append(figure)
    return {key: tuple(_settled(day, told) for day, told in sorted(by_day[key].items())) for key in sorted(by_day)}


def _settled(day: date, told: Sequence[Figure]) -> Day:
    """The official value, else what most sources say, else the latest."""
    last = _last_words(told)
    saying = Counter(figure.count.value for figure in last)

    def trust(each: Figure) -> tuple[bool, int, datetime, str]:
        return each.official, saying[each.count.value], each.at, each.source

    trusted = sorted(last, key=trust, reverse=True)
    first = trusted[0]
    agreeing = tuple(each.source for each in trusted[1:] if each.count.value == first.count.value)
    others = tuple(each for each in trusted if each.count.value != first.count.value)
    return Day(day, first, agreeing, others)


def _last_words(told: Sequence[Figure]) -> list[Figure]:
    """One for each source: what it said last, as later words correct earlier ones.

    Of several numbers in one text the highest is the sum of the others, or all but the sum.
    """
    last: dict[str, Figure] = {}
    for figure in sorted(told, key=lambda each: (each.at, each.count.value, each.official)):
        last[figure.source] = figure
    return list(last.values())


def usual(series: Series, day: date) -> Level:
    """The median of the last four weeks before `day`, which itself does not count.

    Of a running total nothing is usual: it only grows.
    """
    values = [each.value for each in series if day - WEEKS <= each.day < day and each.figure.count.per not in RUNNING]
    return Level(float(median(values)) if len(values) >= DAYS_NEEDED else None, len(values))


def points(series: Series, last: date) -> tuple[Point, ...]:
    """The values of the two weeks that end with `last`, oldest first; days of which nothing is known are left out."""
    first = last - timedelta(days=CHART - 1)
    return tuple(Point(each.day, each.value) for each in series if first <= each.day <= last)
