"""Moments that a wrong clock wrote into the outbox."""

from __future__ import annotations

from datetime import datetime

from gatewatch.store.connection import Connection
from gatewatch.store.rows import moment_to_text

BRING_BACK = """
UPDATE deliveries SET next_try = :now
WHERE channel = :channel AND state IN ('pending', 'sending') AND state = 'pending' AND next_try > :latest
"""
SHORTEN = """
UPDATE deliveries SET lease_until = :lease
WHERE channel = :channel AND state IN ('pending', 'sending') AND state = 'sending' AND lease_until > :lease
"""


class Mending(Connection):
    """Queries that bring back what lies too far ahead."""

    def bring_back(self, channel: str, now: datetime, *, latest: datetime, lease: datetime) -> int:
        """Makes due now what was to be tried after `latest`, and lets no claim last longer than until `lease`.

        What is held keeps its time: that was promised by the clock on the wall. Gives how many were changed.
        """
        moments = {"now": now, "latest": latest, "lease": lease}
        known = {"channel": channel, **{name: moment_to_text(at) for name, at in moments.items()}}
        brought = self._execute(BRING_BACK, known).rowcount
        return int(brought + self._execute(SHORTEN, known).rowcount)
