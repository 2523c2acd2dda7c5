"""Counts by the day that they belong to. They stay when the text that told them is long deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gatewatch.model import Figure, Per, Unit
from gatewatch.store.connection import Connection
from gatewatch.store.rows import count_from_json, count_to_json, moment_from_text, moment_to_text

_COLUMNS = "day, at, source, official, item, count"

#: In the order of the index, and within a day as they were told.
OF_A_SERIES = f"""
SELECT {_COLUMNS} FROM counts WHERE country = ? AND per = ? AND day >= ? AND day <= ? AND unit = ? ORDER BY day, n
"""
FIGURES = f"""
SELECT {_COLUMNS} FROM counts
WHERE day >= :since AND country = coalesce(:country, country) AND per = coalesce(:per, per)
ORDER BY country, per, day, n
"""


class Counts(Connection):
    """Queries on counts."""

    def add_figures(self, figures: Iterable[Figure]) -> None:
        """Keeps what an item counted."""
        for figure in figures:
            count = figure.count
            self._execute(
                f"INSERT INTO counts (country, unit, per, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    count.country,
                    count.unit.value,
                    count.per.value,
                    figure.day.isoformat(),
                    moment_to_text(figure.at),
                    figure.source,
                    int(figure.official),
                    figure.item,
                    count_to_json(count),
                ),
            )

    def figures_of_series(self, country: str, unit: Unit, per: Per, first: date, last: date) -> tuple[Figure, ...]:
        """What was told of the days `first` to `last`, both included, oldest day first."""
        wanted = (country, per.value, first.isoformat(), last.isoformat(), unit.value)
        return tuple(_figure(row) for row in self._execute(OF_A_SERIES, wanted).fetchall())

    def figures(self, country: str | None = None, per: Per | None = None, since: date = date.min) -> tuple[Figure, ...]:
        """What was told of all days from `since` on; of every country and period where none is given."""
        wanted = {"country": country, "per": per.value if per else None, "since": since.isoformat()}
        return tuple(_figure(row) for row in self._execute(FIGURES, wanted).fetchall())


def _figure(row: tuple[str, str, str, int, str, str]) -> Figure:
    day, at, source, official, item, count = row
    return Figure(count_from_json(count), date.fromisoformat(day), moment_from_text(at), source, bool(official), item)
