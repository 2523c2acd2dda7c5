"""What is measured from outside: how full the outbox is, and what was written since the last look.

Counting all rows anew at each look would cost more from month to month; those that are new cost what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gatewatch.store.connection import Connection
from gatewatch.store.rows import moment_from_text

OPEN = """
SELECT channel, count(*), min(id) FROM deliveries WHERE state IN ('pending', 'sending') GROUP BY channel
"""
# Since when it could have gone out: it was due then, or its first try failed. Receipts of before it was settled once
# and sent again by hand don't count.
WAITS_SINCE = """
SELECT min(next_try, coalesce(
    (SELECT min(ended) FROM attempts WHERE delivery = :id AND n > coalesce(
        (SELECT max(n) FROM attempts WHERE delivery = :id AND result NOT IN ('pending', 'unsure', 'interrupted')), 0)),
    next_try))
FROM deliveries WHERE id = :id
"""
# The index is named, as SQLite would rather read all that ever was than the few that are held.
HELD = "SELECT channel, count(*) FROM deliveries INDEXED BY deliveries_held WHERE state = 'held' GROUP BY channel"

LATEST = {
    "alerts": "SELECT max(n) FROM alerts",
    "matches": "SELECT max(n) FROM matches",
    "deliveries": "SELECT max(id) FROM deliveries",
    "attempts": "SELECT max(n) FROM attempts",
}
WRITTEN = {
    "alerts": """
        SELECT json_extract(alert, '$.rule'), json_extract(alert, '$.severity'), json_extract(alert, '$.kind')
        FROM alerts WHERE n > ? AND n <= ?
    """,
    "matches": "SELECT rule, decision FROM matches WHERE n > ? AND n <= ?",
    "deliveries": "SELECT cause FROM deliveries WHERE id > ? AND id <= ? AND cause != ''",
    "attempts": """
        SELECT channel, result FROM attempts JOIN deliveries ON deliveries.id = delivery
        WHERE attempts.n > ? AND attempts.n <= ?
    """,
}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a channel still has to send: messages under way, those that are held, since when the first waits (UTC)."""

    pending: int = 0
    held: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written up to the rows `upto`, by table: the fields of each row that are worth counting.

    alerts: rule, severity, kind. matches: rule, decision. deliveries: why one does not simply go out at once.
    attempts: channel, result.
    """

    upto: Mapping[str, int]
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


class Measuring(Connection):
    """Queries for gauges and counters."""

    def backlogs(self) -> Mapping[str, Backlog]:
        """By channel; a channel that has nothing to send is left out."""
        held: dict[str, int] = dict(self._execute(HELD).fetchall())
        found = {channel: Backlog(held=count) for channel, count in held.items()}
        for channel, count, first in self._execute(OPEN).fetchall():
            row = self._execute(WAITS_SINCE, {"id": first}).fetchone()
            found[channel] = Backlog(count, held.get(channel, 0), moment_from_text(row[0]) if row else None)
        return found

    def latest_rows(self) -> Mapping[str, int]:
        """How far each table is written by now."""
        return {table: self._execute(sql).fetchone()[0] or 0 for table, sql in LATEST.items()}

    def written_since(self, before: Mapping[str, int]) -> Written:
        """What came after `before`. A table that ends earlier than that was emptied and has begun anew."""
        upto = self.latest_rows()
        rows: dict[str, tuple[Row, ...]] = {}
        for table, sql in WRITTEN.items():
            begin = before.get(table, 0) if before.get(table, 0) <= upto[table] else 0
            rows[table] = tuple(tuple(map(str, row)) for row in self._execute(sql, (begin, upto[table])).fetchall())
        return Written(upto, rows)
