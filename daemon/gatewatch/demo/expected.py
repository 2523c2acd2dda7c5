"""What has to be told of November 2023: the demo fails where one of these is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gatewatch.model import Alert


@dataclass(frozen=True, slots=True)
class Expected:
    """An alert of `rule` on news published on `day` (UTC)."""

    day: date
    rule: str
    what: str

    def is_met_by(self, alert: Alert) -> bool:
        return alert.rule == self.rule and (alert.published or alert.at).date() == self.day


EXPECTED = (
    Expected(date(2023, 11, 14), "fi-closure-considered", "Finland prepares to close crossing points"),
    Expected(date(2023, 11, 16), "fi-closure", "Finland closes Vaalimaa, Nuijamaa, Imatra and Niirala"),
    Expected(date(2023, 11, 22), "fi-closure", "Finland closes Kuusamo, Salla and Vartius"),
    Expected(date(2023, 11, 22), "no-closure-considered", "Norway could close Storskog"),
    Expected(date(2023, 11, 22), "ee-closure-considered", "Estonia is prepared to close its border"),
    Expected(date(2023, 11, 27), "fi-arrivals-month", "About 600 arrivals in November"),
    Expected(date(2023, 11, 28), "fi-closure", "Finland closes Raja-Jooseppi, and with it the whole border"),
)


def missing(alerts: Sequence[Alert]) -> tuple[Expected, ...]:
    """What was not told."""
    return tuple(one for one in EXPECTED if not any(one.is_met_by(alert) for alert in alerts))
