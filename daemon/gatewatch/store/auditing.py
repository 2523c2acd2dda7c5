"""What an audit of the outbox looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatewatch.model import Alert
from gatewatch.store.connection import Connection
from gatewatch.store.rows import alert_from_json, moment_to_text

STALE_CLAIMS = """
SELECT channel, count(*) FROM deliveries
WHERE state IN ('pending', 'sending') AND state = 'sending' AND lease_until < ? GROUP BY channel
"""
OVERDUE = """
SELECT channel, count(*) FROM deliveries
WHERE state IN ('pending', 'sending') AND state = 'pending' AND next_try < ? GROUP BY channel
"""
OVERDUE_HELD = "SELECT channel, count(*) FROM deliveries WHERE state = 'held' AND next_try < ? GROUP BY channel"
WITHOUT_DELIVERY = """
SELECT alert FROM alerts
WHERE at >= ? AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.alert = alerts.id) ORDER BY at, n
"""

Counts = tuple[tuple[str, int], ...]
"""How many deliveries each channel has, for those that have any."""


@dataclass(frozen=True, slots=True)
class OutboxFacts:
    """Deliveries claimed and not settled, pending, and held for too long; alerts that have no delivery at all."""

    stale_claims: Counts
    overdue: Counts
    overdue_held: Counts
    undelivered: tuple[Alert, ...]


class Auditing(Connection):
    """Queries that find what should not be."""

    def outbox_facts(self, *, lease_before: datetime, due_before: datetime, alerts_since: datetime) -> OutboxFacts:
        """Claims whose lease ended before, deliveries that were due before, alerts from then on (UTC)."""
        due = moment_to_text(due_before)
        return OutboxFacts(
            stale_claims=self._counts(STALE_CLAIMS, moment_to_text(lease_before)),
            overdue=self._counts(OVERDUE, due),
            overdue_held=self._counts(OVERDUE_HELD, due),
            undelivered=self.undelivered(alerts_since),
        )

    def undelivered(self, since: datetime) -> tuple[Alert, ...]:
        """The alerts from then on (UTC) that no channel got or will get, oldest first."""
        rows = self._execute(WITHOUT_DELIVERY, (moment_to_text(since),)).fetchall()
        return tuple(alert_from_json(alert) for (alert,) in rows)

    def _counts(self, sql: str, before: str) -> Counts:
        return tuple((channel, count) for channel, count in self._execute(sql, (before,)).fetchall())
