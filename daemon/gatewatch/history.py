"""What the store remembers of counts, as rules and alerts ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from gatewatch.model import Count, Figure, Level, Per, Point, Unit, UsualLevel
from gatewatch.store import Store
from gatewatch.stories.series import CHART, WEEKS, Key, points, series_of, usual


def level_before(store: Store, day: date) -> UsualLevel:
    """What was usual in the weeks before `day`."""

    def level(country: str, unit: Unit, per: Per) -> Level:
        told = store.figures_of_series(country, unit, per, day - WEEKS, day)
        return usual(series_of(told).get(Key(country, unit, per), ()), day)

    return level


def level_for(store: Store, figures: Iterable[Figure], today: date) -> UsualLevel:
    """What was usual before the days that the figures of one item belong to; each key has the earliest of its own."""
    days: dict[Key, date] = {}
    for figure in figures:
        key = Key(figure.count.country, figure.count.unit, figure.count.per)
        days[key] = min(figure.day, days.get(key, figure.day))

    @cache  # many rules ask the same
    def level(country: str, unit: Unit, per: Per) -> Level:
        return level_before(store, days.get(Key(country, unit, per), today))(country, unit, per)

    return level


def points_for(store: Store, count: Count, today: date) -> tuple[Point, ...]:
    """The chart beside an alert about `count`: the last two weeks of its series, oldest first."""
    first = today - timedelta(days=CHART - 1)
    told = store.figures_of_series(count.country, count.unit, count.per, first, today)
    return points(series_of(told).get(Key(count.country, count.unit, count.per), ()), today)
