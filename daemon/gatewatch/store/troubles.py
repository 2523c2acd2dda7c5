"""How delivery goes: what a channel was like since its last success, and deliveries that were given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatewatch.model import Alert, DeliveryState
from gatewatch.store.connection import Connection
from gatewatch.store.rows import alert_from_json, maybe_from_text, moment_from_text, moment_to_text

#: Moments after `:now` were written before the clock went back, and say nothing.
DELIVERED = (
    "SELECT max(settled) FROM deliveries WHERE channel = :channel AND state = 'delivered' AND settled <= :now"
)
FAILED_AND_WAITING = """
SELECT attempts.ended, attempts.line FROM deliveries CROSS JOIN attempts ON attempts.delivery = deliveries.id
WHERE channel = :channel AND state IN ('pending', 'sending') AND deliveries.attempts > 0
  AND attempts.result = 'pending' AND attempts.ended > :since AND attempts.ended <= :now
"""
GIVEN_UP = """
SELECT settled, last_error FROM deliveries
WHERE channel = :channel AND state IN ('failed', 'unknown') AND settled > :since AND settled <= :now
"""
_NOT_BY_RULE = """
SELECT 1 FROM alerts WHERE alerts.id = deliveries.alert AND json_extract(alerts.alert, '$.rule') <> :but
"""
WAITING = f"""
SELECT count(*) FROM deliveries
WHERE channel = :channel AND state IN ('pending', 'sending') AND EXISTS ({_NOT_BY_RULE})
"""
LATE = f"""
SELECT count(*) FROM deliveries
WHERE channel = :channel AND state = 'delivered' AND settled > :since AND EXISTS ({_NOT_BY_RULE} AND at < :again)
"""
STILL_LATE = f"""
SELECT count(*) FROM deliveries
WHERE channel = :channel AND state IN ('pending', 'sending') AND EXISTS ({_NOT_BY_RULE} AND at < :again)
"""
FIRST_AFTER = (
    "SELECT min(settled) FROM deliveries WHERE channel = :channel AND state = 'delivered' AND settled > :since"
)
#: `upkeep` holds when each was settled that was told of: one that was sent again and lost again is another loss.
DEAD_LETTERS = """
SELECT deliveries.id, state, settled, last_error, alerts.alert
FROM deliveries JOIN alerts ON alerts.id = deliveries.alert
WHERE channel = :channel AND state IN ('failed', 'unknown') AND settled > :since
  AND NOT EXISTS (SELECT 1 FROM upkeep WHERE what = 'dead letter ' || deliveries.id AND upkeep.at = settled)
ORDER BY state, settled
"""
FORGET = "DELETE FROM upkeep WHERE what >= 'dead letter ' AND what < 'dead letter!' AND at < ?"


@dataclass(frozen=True, slots=True)
class ChannelHistory:
    """A channel since its last success: `failed` attempts in a row from `since` on, the last of which said `line`.

    `trying`: some of what failed is tried again. Without failures `since` is None.
    """

    channel: str
    delivered: datetime | None = None
    failed: int = 0
    since: datetime | None = None
    line: str = ""
    trying: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A delivery that was given up: FAILED, or UNKNOWN where it may have arrived."""

    delivery: int
    channel: str
    alert: Alert
    state: DeliveryState
    settled: datetime
    error: str


class Troubles(Connection):
    """Queries on how delivery goes."""

    def channel_history(self, channel: str, now: datetime) -> ChannelHistory:
        """What a channel was like until `now`, from its last success on."""
        known: dict[str, str] = {"channel": channel, "now": moment_to_text(now)}
        delivered: str | None = self._execute(DELIVERED, known).fetchone()[0]
        known["since"] = delivered or ""
        waiting = self._execute(FAILED_AND_WAITING, known).fetchall()
        failures = sorted([*waiting, *self._execute(GIVEN_UP, known).fetchall()])
        return ChannelHistory(
            channel,
            delivered=maybe_from_text(delivered),
            failed=len(failures),
            since=moment_from_text(failures[0][0]) if failures else None,
            line=failures[-1][1] if failures else "",
            trying=bool(waiting),
        )

    def waiting(self, channel: str, but: str) -> int:
        """How many alerts wait for a channel, without those of the rule `but`."""
        return int(self._execute(WAITING, {"channel": channel, "but": but}).fetchone()[0])

    def late(self, channel: str, since: datetime, but: str) -> int:
        """How many alerts a channel got too late, or will: those from before its first success after `since`."""
        known = {"channel": channel, "since": moment_to_text(since), "but": but}
        known["again"] = self._execute(FIRST_AFTER, known).fetchone()[0] or ""
        return sum(int(self._execute(sql, known).fetchone()[0]) for sql in (LATE, STILL_LATE))

    def dead_letters(self, channel: str, since: datetime) -> tuple[DeadLetter, ...]:
        """The deliveries of a channel that were given up after `since`, and not told of."""
        rows = self._execute(DEAD_LETTERS, {"channel": channel, "since": moment_to_text(since)}).fetchall()
        return tuple(
            DeadLetter(id, channel, alert_from_json(alert), DeliveryState(state), moment_from_text(settled), error)
            for id, state, settled, error, alert in rows
        )

    def note_dead_letter(self, letter: DeadLetter) -> None:
        """Notes that it was told of."""
        self._execute(
            "INSERT INTO upkeep (what, at) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET at = excluded.at",
            (f"dead letter {letter.delivery}", moment_to_text(letter.settled)),
        )

    def forget_dead_letters(self, before: datetime) -> None:
        """Drops what was noted of those that were given up before."""
        self._execute(FORGET, (moment_to_text(before),))
