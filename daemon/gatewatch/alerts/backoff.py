"""When to try again, and when to give up. Pure.

Counts attempts, not hours: a machine that was off for a week must not give up at its first try.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Delivery, DeliveryState

#: The pauses after the first failures. Then hourly, for 72 hours: a long weekend without the mail server.
FIRST_PAUSES = tuple(timedelta(seconds=s) for s in (10, 30, 120, 600, 1800))
LATER_PAUSE = timedelta(hours=1)
ATTEMPTS = len(FIRST_PAUSES) + 72

#: Where the far end may have taken the message, each try may be a repeat on somebody's phone: fewer of them
#: over the same 72 hours.
UNSURE_PAUSES = (timedelta(minutes=2), timedelta(minutes=30))
UNSURE_LATER = timedelta(hours=6)
UNSURE_ATTEMPTS = len(UNSURE_PAUSES) + 12

#: Up to this share is added to a pause, so that channels that broke together don't all come back at once.
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class NextStep:
    """What becomes of a delivery. `at` is set where it stays pending."""

    state: DeliveryState
    at: datetime | None = None


def next_step(delivery: Delivery, result: Result, now: datetime) -> NextStep:
    """What follows from how attempt number `delivery.attempts` ended at `now`."""
    match result.ending:
        case Ending.DELIVERED:
            return NextStep(DeliveryState.DELIVERED)
        case Ending.PERMANENT:
            return NextStep(DeliveryState.FAILED)
        case Ending.UNKNOWN if delivery.attempts >= UNSURE_ATTEMPTS:
            return NextStep(DeliveryState.UNKNOWN)
        case Ending.TRANSIENT if delivery.attempts >= ATTEMPTS:
            return NextStep(DeliveryState.FAILED)
    if result.ending is Ending.UNKNOWN:
        pause = _pause(UNSURE_PAUSES, UNSURE_LATER, delivery.attempts)
    else:
        pause = _pause(FIRST_PAUSES, LATER_PAUSE, delivery.attempts)
    pause = max(pause, result.wait or timedelta(0))
    return NextStep(DeliveryState.PENDING, now + pause * (1 + JITTER * _share(delivery)))


def _pause(first: tuple[timedelta, ...], later: timedelta, attempts: int) -> timedelta:
    return first[attempts - 1] if attempts <= len(first) else later


def _share(delivery: Delivery) -> float:
    """From 0 to 1, spread over deliveries and attempts, and the same each time it is asked."""
    return zlib.crc32(f"{delivery.id}/{delivery.attempts}".encode()) / 2**32
