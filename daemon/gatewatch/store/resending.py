"""A delivery that was settled is put into the outbox once more."""

from __future__ import annotations

from datetime import datetime

from gatewatch.store.connection import Connection
from gatewatch.store.outbox import STEPS_ASIDE_AFTER
from gatewatch.store.rows import moment_to_text

# It starts with so many attempts that it holds up nobody: it keeps its old place in the queue, and an alert of
# last week must not stand before those of today while its channel is down.
SEND_AGAIN = f"""
UPDATE deliveries SET state = 'pending', next_try = ?, attempts = {STEPS_ASIDE_AFTER},
    claimed = NULL, lease_until = NULL, settled = NULL, last_error = ''
WHERE id = ? AND state IN ('delivered', 'joined', 'failed', 'unknown', 'muted', 'cancelled')
"""


class Resending(Connection):
    """Queries on deliveries that are wanted again."""

    def send_again(self, delivery_id: int, now: datetime) -> bool:
        """Makes a delivery that was settled pending and due at once, and keeps its receipts.

        Its back-off begins anew, with the hourly tries. False where it is on its way already.
        """
        return self._execute(SEND_AGAIN, (moment_to_text(now), delivery_id)).rowcount == 1
