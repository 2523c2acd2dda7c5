"""When to try again, and when to give up. Pure.

Gives up after so many attempts and so many hours, never after one of them alone: a machine that was off for a week has
hours without attempts, and one that was killed at every start, or whose channel came and went, attempts without hours.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Delivery, DeliveryState
from gatewatch.store import Receipt

#: What is tried for less long is not given up.
LONG_ENOUGH = timedelta(hours=72)

#: The pauses after the first failures. Then hourly, for 72 hours: a long weekend without the mail server.
FIRST_PAUSES = tuple(timedelta(seconds=s) for s in (10, 30, 120, 600, 1800))
LATER_PAUSE = timedelta(hours=1)
ATTEMPTS = len(FIRST_PAUSES) + 72

#: Where the far end may have taken the message, each try may be a repeat on somebody's phone: fewer of them
#: over the same 72 hours.
UNSURE_PAUSES = (timedelta(minutes=2), timedelta(minutes=30))
UNSURE_LATER = timedelta(hours=6)
UNSURE_ATTEMPTS = len(UNSURE_PAUSES) + 12

_SETTLED = (DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.UNKNOWN)

#: Up to this share is added to a pause, so that channels that broke together don't all come back at once.
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried before: when the first attempt ended (UTC), and how many may have arrived."""

    first: datetime | None = None
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class NextStep:
    """What becomes of a delivery. `at` is set where it stays pending."""

    state: DeliveryState
    at: datetime | None = None


def tries_in(receipts: Sequence[Receipt]) -> Tries:
    """What the receipts of a delivery say of its tries. Those of before it was settled once and resent don't count."""
    lately: list[Receipt] = []
    for receipt in receipts:
        lately = [] if receipt.result in _SETTLED else [*lately, receipt]
    return Tries(lately[0].ended if lately else None, sum(receipt.result == "unsure" for receipt in lately))


def next_step(delivery: Delivery, result: Result, now: datetime, before: Tries) -> NextStep:
    """What follows from how attempt number `delivery.attempts` ended at `now`, after those `before`."""
    unsure = before.unsure + 1
    tried = delivery.attempts >= ATTEMPTS and _long_enough(before, now)
    match result.ending:
        case Ending.DELIVERED:
            return NextStep(DeliveryState.DELIVERED)
        case Ending.PERMANENT:
            return NextStep(DeliveryState.FAILED)
        case Ending.UNKNOWN if tried or (unsure >= UNSURE_ATTEMPTS and _long_enough(before, now)):
            return NextStep(DeliveryState.UNKNOWN)
        case Ending.TRANSIENT if tried:
            return NextStep(DeliveryState.FAILED)
    if result.ending is Ending.UNKNOWN:
        pause = _pause(UNSURE_PAUSES, UNSURE_LATER, unsure)
    else:
        pause = _pause(FIRST_PAUSES, LATER_PAUSE, delivery.attempts)
    pause = max(pause, result.wait or timedelta(0))
    return NextStep(DeliveryState.PENDING, now + pause * (1 + JITTER * _share(delivery)))


def _long_enough(before: Tries, now: datetime) -> bool:
    return before.first is not None and now - before.first >= LONG_ENOUGH


def _pause(first: tuple[timedelta, ...], later: timedelta, attempts: int) -> timedelta:
    return first[attempts - 1] if attempts <= len(first) else later


def _share(delivery: Delivery) -> float:
    """From 0 to 1, spread over deliveries and attempts, and the same each time it is asked."""
    return zlib.crc32(f"{delivery.id}/{delivery.attempts}".encode()) / 2**32
