"""What a courier or a clock that went wrong left behind in the outbox is made due again."""

from __future__ import annotations

from datetime import datetime, timedelta

from gatewatch.store.outbox import Outbox
from gatewatch.store.rows import moment_to_text

#: A clock that is corrected by less has not been set back.
SLACK = timedelta(minutes=1)

_SENDING = "channel = ? AND state IN ('pending', 'sending') AND state = 'sending'"
TAKE_BACK = (
    f"UPDATE deliveries SET state = 'pending', next_try = ?, lease_until = NULL, claimed = NULL WHERE {_SENDING}"
)

# A wait is to be believed where the last attempt failed, and at a moment that is over. Whatever was only queued, taken
# back or resent was due at that moment: where it is still to come, the clock was ahead then.
SET_BACK = """
UPDATE deliveries SET next_try = :now
WHERE channel = :channel AND state IN ('pending', 'sending') AND state = 'pending' AND next_try > :now AND coalesce((
    SELECT result NOT IN ('pending', 'unsure') OR ended > :soon FROM attempts
    WHERE delivery = deliveries.id ORDER BY n DESC LIMIT 1
), TRUE)
"""


class TakingBack(Outbox):
    """Queries on deliveries that would wait for nothing."""

    def take_back(self, channel: str, now: datetime) -> int:
        """Makes all claims of a channel pending and due again, whatever their lease. Gives how many.

        For whoever knows that their couriers are dead.
        """
        moment = moment_to_text(now)
        with self.transaction():
            self._receipt(_SENDING, (channel,), "interrupted", moment, "its courier died")
            return self._execute(TAKE_BACK, (moment, channel)).rowcount

    def heed_clock(self, channel: str, now: datetime) -> int:
        """Makes due what waits for a moment that was reckoned from one still to come: the clock was set back.

        Gives how many.
        """
        moments = {"channel": channel, "now": moment_to_text(now), "soon": moment_to_text(now + SLACK)}
        return self._execute(SET_BACK, moments).rowcount
