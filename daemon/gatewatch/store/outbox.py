"""What goes out: alerts, and one delivery a channel that lives until it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gatewatch.model import Alert, Delivery, DeliveryState, Plan, Story
from gatewatch.store.connection import Connection
from gatewatch.store.records import OutboxLine, Receipt
from gatewatch.store.rows import (
    DELIVERY_COLUMNS,
    alert_from_json,
    alert_to_json,
    delivery_from_row,
    maybe_from_text,
    maybe_to_text,
    moment_from_text,
    moment_to_text,
)

#: After so many attempts a delivery no longer holds up those behind it: one message that a channel
#: chokes on must not silence the channel.
STEPS_ASIDE_AFTER = 5

# One statement claims and marks, so that two couriers can't take the same row. The first of the queue goes;
# one that waits for its next try (or is in flight) keeps its place, and the others behind it. The
# condition of the partial index is repeated word for word: SQLite uses it on no other terms.
CLAIM = f"""
UPDATE deliveries SET state = 'sending', attempts = attempts + 1, claimed = :now, lease_until = :lease
WHERE id = (
    SELECT id FROM deliveries AS mine
    WHERE channel = :channel AND state IN ('pending', 'sending') AND state = 'pending' AND next_try <= :now
      AND NOT EXISTS (
        SELECT 1 FROM deliveries AS ahead
        WHERE ahead.channel = :channel AND ahead.state IN ('pending', 'sending') AND ahead.id < mine.id
          AND (ahead.state = 'sending' OR ahead.attempts < {STEPS_ASIDE_AFTER})
      )
    ORDER BY id LIMIT 1
)
RETURNING {DELIVERY_COLUMNS}
"""
OPEN_OF_CHANNEL = """
SELECT state, attempts, next_try, lease_until FROM deliveries
WHERE channel = ? AND state IN ('pending', 'sending') ORDER BY id
"""
# A claim of a moment still to come was made by a clock that has been set back: its lease says nothing.
_EXPIRED = (
    "state IN ('pending', 'sending') AND state = 'sending' AND (lease_until <= ? OR claimed > ?)"
    " AND channel = coalesce(?, channel)"
)
RELEASE = (
    "UPDATE deliveries SET state = 'pending', next_try = ?, lease_until = NULL, claimed = NULL"
    f" WHERE {_EXPIRED}"
)
NEXT_HELD = "SELECT next_try FROM deliveries WHERE channel = ? AND state = 'held' ORDER BY next_try, id LIMIT 1"
HASTEN = (
    "UPDATE deliveries SET next_try = ? WHERE channel = ?"
    " AND state IN ('pending', 'sending') AND state = 'pending' AND next_try > ?"
)
ALERTS = "SELECT alert FROM alerts WHERE at >= ? AND at <= ? ORDER BY at DESC, n DESC LIMIT ?"

ALERTS_OF = "SELECT alert FROM alerts WHERE at >= ? AND json_extract(alert, '$.story') = ? ORDER BY at, n"


class Outbox(Connection):
    """Queries on alerts, deliveries and their receipts."""

    def queue_alert(self, alert: Alert, plans: Iterable[Plan | str], at: datetime) -> None:
        """Keeps an alert and one delivery for each plan; the name of a channel alone means: at once.

        An alert is queued once for a channel: what is there already stays as it is.
        """
        self._only_in_transaction()
        self._execute(
            "INSERT INTO alerts (id, at, alert) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (alert.id, moment_to_text(alert.at), alert_to_json(alert)),
        )
        for each in plans:
            plan = Plan(each) if isinstance(each, str) else each
            over = plan.state not in (DeliveryState.PENDING, DeliveryState.HELD)
            self._execute(
                "INSERT INTO deliveries (alert, channel, state, next_try, settled, cause, reason, unless)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alert, channel) DO NOTHING",
                (
                    alert.id,
                    plan.channel,
                    plan.state.value,
                    moment_to_text(plan.due or at),
                    moment_to_text(at) if over else None,
                    plan.cause.value,
                    plan.reason,
                    plan.unless,
                ),
            )

    def claim(self, channel: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Takes the next delivery of a channel for sending, in the order in which they were queued.

        Counts the attempt. Until `now + lease` nobody else takes it; a claim that is not settled by then
        is given back by `release_expired`. None where nothing is due.
        """
        moments = {"now": moment_to_text(now), "lease": moment_to_text(now + lease), "channel": channel}
        # all rows: a statement that is not run to its end keeps the write lock
        rows = self._db.execute(CLAIM, moments).fetchall()
        return self._delivery(rows[0]) if rows else None

    def settle(
        self,
        delivery_id: int,
        state: DeliveryState,
        now: datetime,
        next_try: datetime | None = None,
        error: str = "",
        *,
        unsure: bool = False,
    ) -> None:
        """Writes down how an attempt ended, with a receipt. `next_try` goes with PENDING only.

        `unsure`: it stays pending though it may have arrived; the receipt says so.
        """
        if (state is DeliveryState.PENDING) != (next_try is not None):
            raise ValueError("a delivery has a next try if and only if it stays pending")
        with self.transaction():
            result = "unsure" if unsure and state is DeliveryState.PENDING else state.value
            self._receipt("id = ?", (delivery_id,), result, moment_to_text(now), error)
            self._execute(
                "UPDATE deliveries SET state = ?, next_try = coalesce(?, next_try), lease_until = NULL,"
                " claimed = NULL, settled = ?, last_error = ? WHERE id = ?",
                (
                    state.value,
                    maybe_to_text(next_try),
                    None if state is DeliveryState.PENDING else moment_to_text(now),
                    error,
                    delivery_id,
                ),
            )

    def release_expired(self, now: datetime, channel: str | None = None) -> int:
        """Makes claims pending again whose courier died: their lease ran out. Gives how many."""
        moment = moment_to_text(now)
        with self.transaction():
            self._receipt(_EXPIRED, (moment, moment, channel), "interrupted", moment, "the lease ran out")
            return self._execute(RELEASE, (moment, moment, moment, channel)).rowcount

    def hasten(self, channel: str, now: datetime) -> int:
        """Makes all that waits in a channel due now: it answers again after an outage. Gives how many."""
        moment = moment_to_text(now)
        return self._execute(HASTEN, (moment, channel, moment)).rowcount

    def next_due(self, channel: str) -> datetime | None:
        """When `claim`, `release_expired` or `held_due` has something to do again; None for an empty queue."""
        due: list[str] = [next_try for (next_try,) in self._execute(NEXT_HELD, (channel,)).fetchall()]
        for state, attempts, next_try, lease_until in self._execute(OPEN_OF_CHANNEL, (channel,)):
            due.append(lease_until if state == "sending" else next_try)
            if state == "sending" or attempts < STEPS_ASIDE_AFTER:
                break  # holds up all behind it
        return moment_from_text(min(due)) if due else None

    def outbox_summary(self) -> tuple[OutboxLine, ...]:
        """How many deliveries each channel has in each state."""
        rows = self._execute(
            "SELECT channel, state, count(*), max(settled) FROM deliveries GROUP BY channel, state"
        ).fetchall()
        return tuple(
            OutboxLine(channel, DeliveryState(state), count, maybe_from_text(latest))
            for channel, state, count, latest in rows
        )

    def open_deliveries(self) -> int:
        """How many messages are to be sent, without those that are held."""
        sql = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')"
        return int(self._execute(sql).fetchone()[0])

    def alert(self, id: str) -> Alert | None:
        row = self._execute("SELECT alert FROM alerts WHERE id = ?", (id,)).fetchone()
        return None if row is None else alert_from_json(row[0])

    def alerts(
        self, limit: int, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[Alert, ...]:
        """The last alerts, newest first. Those of after `until` are reminders that nobody has heard yet."""
        rows = self._execute(ALERTS, (maybe_to_text(since) or "", maybe_to_text(until) or "~", limit)).fetchall()
        return tuple(alert_from_json(row[0]) for row in rows)

    def alerts_of(self, story: Story) -> tuple[Alert, ...]:
        """The alerts of a story, oldest first."""
        rows = self._execute(ALERTS_OF, (moment_to_text(story.opened), story.id)).fetchall()
        return tuple(alert_from_json(row[0]) for row in rows)

    def deliveries_of(self, alert_id: str) -> tuple[Delivery, ...]:
        """The deliveries of an alert, in the order of its channels."""
        sql = f"SELECT {DELIVERY_COLUMNS} FROM deliveries WHERE alert = ? ORDER BY id"
        return tuple(self._delivery(row) for row in self._execute(sql, (alert_id,)).fetchall())

    def receipts_of(self, delivery_id: int) -> tuple[Receipt, ...]:
        """Every attempt at a delivery, in order."""
        sql = "SELECT started, ended, result, line FROM attempts WHERE delivery = ? ORDER BY n"
        return tuple(
            Receipt(maybe_from_text(started), moment_from_text(ended), result, line)
            for started, ended, result, line in self._execute(sql, (delivery_id,)).fetchall()
        )

    def _delivery(self, row: tuple[object, ...]) -> Delivery:
        alert = self.alert(str(row[-1]))
        if alert is None:
            raise LookupError(f"delivery {row[0]} has lost its alert {row[-1]}")
        return delivery_from_row(row, alert)

    def _receipt(
        self, which: str, parameters: tuple[object, ...], result: str, ended: str, line: str
    ) -> None:
        """Adds a receipt to the deliveries that the condition `which` (our own words) picks."""
        self._execute(
            "INSERT INTO attempts (delivery, started, ended, result, line)"
            f" SELECT id, claimed, ?, ?, ? FROM deliveries WHERE {which}",
            (ended, result, line, *parameters),
        )
