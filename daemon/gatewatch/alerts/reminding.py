"""An alert that nobody acknowledged, told once more. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from gatewatch.alerts.routing import takes
from gatewatch.model import Alert, AlertKind, Route

#: After so many reminders an alert is left alone: who does not hear two dozen will not hear the next one.
MOST = 24


def reminder_of(alert: Alert, number: int, at: datetime) -> Alert:
    """Reminder `number` (from 1) of an alert, to be told at `at`. It stands in the thread of what it reminds of."""
    return replace(
        alert,
        id=_id(alert.id, number),
        kind=AlertKind.REMINDER,
        at=at,
        about=(alert.id,),
        change=f"nobody has acknowledged alert {alert.id}",
    )


def number_after(reminder: Alert) -> int | None:
    """The number of the next reminder; None after the last one."""
    numbers = {_id(reminder.about[0], number): number for number in range(1, MOST)}
    number = numbers.get(reminder.id)
    return None if number is None else number + 1


def nag_of(alert: Alert, channel: str, routes: Iterable[Route]) -> timedelta | None:
    """How often an alert is told anew to a channel until it is acknowledged; None: it is not."""
    nags = [route.nag for route in routes if route.nag and channel in route.to and takes(route, alert)]
    return min(nags, default=None)


def _id(alert: str, number: int) -> str:
    return hashlib.sha256(f"reminder\0{alert}\0{number}".encode()).hexdigest()[:12]
