"""Deliveries that wait for an hour: which are due, what becomes of them, and what a channel was given lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from gatewatch.model import Cause, Delivery, DeliveryState
from gatewatch.store.outbox import Outbox
from gatewatch.store.records import Given
from gatewatch.store.rows import DELIVERY_COLUMNS, maybe_from_text, moment_to_text

#: The channel's storm cap is counted over so long.
LATELY = timedelta(hours=1)

HELD_DUE = f"""
SELECT {DELIVERY_COLUMNS} FROM deliveries
WHERE channel = ? AND state = 'held' AND next_try <= ? ORDER BY next_try, id
"""
DELIVERED_LATELY = (
    "SELECT count(*), min(settled) FROM deliveries WHERE channel = ? AND state = 'delivered' AND settled > ?"
)
UNDER_WAY = "SELECT count(*) FROM deliveries WHERE channel = ? AND state IN ('pending', 'sending')"
SILENCED_SINCE = f"""
SELECT {DELIVERY_COLUMNS} FROM deliveries
WHERE cause = 'silence' AND (state = 'held' OR (state = 'muted' AND settled >= ?)) ORDER BY id
"""
END_SILENCES = "UPDATE deliveries SET next_try = ? WHERE state = 'held' AND cause = 'silence' AND next_try > ?"


class Holding(Outbox):
    """Queries on what is held, and on what silences keep back."""

    def held_due(self, channel: str, now: datetime) -> tuple[Delivery, ...]:
        """What a channel holds whose moment has come, in the order of these moments."""
        rows = self._execute(HELD_DUE, (channel, moment_to_text(now))).fetchall()
        return tuple(self._delivery(row) for row in rows)

    def let_go(self, delivery_id: int, now: datetime) -> None:
        """Makes a held delivery pending and due now. Why it waited stays with it."""
        self._only_in_transaction()
        self._execute(
            "UPDATE deliveries SET state = 'pending', next_try = ? WHERE id = ? AND state = 'held'",
            (moment_to_text(now), delivery_id),
        )

    def hold_on(self, delivery_id: int, due: datetime, cause: Cause, reason: str) -> None:
        """Holds on to a held delivery until `due`."""
        self._only_in_transaction()
        self._execute(
            "UPDATE deliveries SET next_try = ?, cause = ?, reason = ? WHERE id = ? AND state = 'held'",
            (moment_to_text(due), cause.value, reason, delivery_id),
        )

    def end_held(self, delivery_id: int, state: DeliveryState, reason: str, now: datetime) -> None:
        """Settles a held delivery that is not sent itself: JOINED, MUTED or CANCELLED, and why."""
        self._only_in_transaction()
        self._execute(
            "UPDATE deliveries SET state = ?, reason = ?, settled = ? WHERE id = ? AND state = 'held'",
            (state.value, reason, moment_to_text(now), delivery_id),
        )

    def given_lately(self, channel: str, now: datetime) -> Given:
        """How many alerts a channel was given within the last hour, those that are still under way counted."""
        since = moment_to_text(now - LATELY)
        delivered, first = self._execute(DELIVERED_LATELY, (channel, since)).fetchone()
        under_way = self._execute(UNDER_WAY, (channel,)).fetchone()[0]
        return Given(delivered + under_way, maybe_from_text(first))

    def silenced(self, since: datetime) -> tuple[Delivery, ...]:
        """What silences hold now, and what they have muted since then. For people: reads all of what is held."""
        rows = self._execute(SILENCED_SINCE, (moment_to_text(since),)).fetchall()
        return tuple(self._delivery(row) for row in rows)

    def look_again_at_silenced(self, now: datetime) -> int:
        """Makes all that silences hold due at once, to be looked at again. Gives how many."""
        return self._execute(END_SILENCES, (moment_to_text(now), moment_to_text(now))).rowcount
