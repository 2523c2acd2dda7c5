"""What one round of `run --once` did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatewatch.model import Alert
from gatewatch.service.polling import Polled


@dataclass(frozen=True, slots=True)
class OnceSummary:
    """`failed` are the ids of sources that could not be read; `waiting` is how many were not due yet.

    `seeded` items were stored silently by first polls; `fresh` ones were laid against the rules.
    """

    polled: int
    waiting: int
    failed: tuple[str, ...]
    seeded: int
    fresh: int
    alerts: int
    delivered: int


def summary(polls: Sequence[Polled], ended: Sequence[Alert], *, waiting: int, delivered: int) -> OnceSummary:
    """Adds up what came of all polls, and of closures that have `ended`."""
    taken = [polled.taken for polled in polls if polled.taken is not None]
    return OnceSummary(
        polled=len(polls),
        waiting=waiting,
        failed=tuple(sorted(polled.source.id for polled in polls if not polled.good)),
        seeded=sum(one.seeded for one in taken),
        fresh=sum(one.fresh for one in taken),
        alerts=sum(len(one.alerts) for one in taken) + len(ended),
        delivered=delivered,
    )
