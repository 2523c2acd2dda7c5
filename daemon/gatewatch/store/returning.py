"""What a database that comes back from a backup holds for channels that may have got it since."""

from __future__ import annotations

from datetime import datetime

from gatewatch.model import Delivery, DeliveryState
from gatewatch.store.outbox import Outbox
from gatewatch.store.rows import DELIVERY_COLUMNS, moment_to_text

# What is held for a later hour can't have gone out yet.
MAY_HAVE_GONE = f"""
SELECT {DELIVERY_COLUMNS} FROM deliveries
WHERE state IN ('pending', 'sending') OR (state = 'held' AND next_try <= ?) ORDER BY id
"""


class Returning(Outbox):
    """Queries on deliveries that were still to be made when the backup was."""

    def may_have_gone(self, now: datetime) -> tuple[Delivery, ...]:
        """What was under way, or held for an hour that has passed."""
        rows = self._execute(MAY_HAVE_GONE, (moment_to_text(now),)).fetchall()
        return tuple(self._delivery(row) for row in rows)

    def give_up_as_unknown(self, deliveries: tuple[Delivery, ...], now: datetime, why: str) -> None:
        """Settles them as UNKNOWN, each with a receipt: they are kept, and not sent unless somebody wants it."""
        for delivery in deliveries:
            self.settle(delivery.id, DeliveryState.UNKNOWN, now, error=why)
