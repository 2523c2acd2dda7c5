"""Acknowledgements: who has taken note of an alert. And alerts by their id as people type it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatewatch.store.connection import Connection
from gatewatch.store.rows import moment_from_text, moment_to_text

IDS_FROM = "SELECT id FROM alerts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
LATEST_IDS = "SELECT id FROM alerts ORDER BY at DESC, n DESC LIMIT ?"
_BEHIND_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Ack:
    """`by` took note of the alert with the id `alert`, at a moment in UTC. `note` may be empty."""

    alert: str
    at: datetime
    by: str
    note: str = ""


class Acks(Connection):
    """Queries on acknowledgements."""

    def acknowledge(self, ack: Ack) -> Ack:
        """Keeps an acknowledgement; gives the one that stands, which is that of whoever was first.

        Raises `sqlite3.IntegrityError` where there is no such alert.
        """
        self._execute(
            "INSERT INTO acks (alert, at, who, note) VALUES (?, ?, ?, ?) ON CONFLICT (alert) DO NOTHING",
            (ack.alert, moment_to_text(ack.at), ack.by, ack.note),
        )
        return self.ack_of(ack.alert) or ack

    def ack_of(self, alert_id: str) -> Ack | None:
        """The acknowledgement of an alert; None while nobody has taken note of it."""
        row = self._execute("SELECT alert, at, who, note FROM acks WHERE alert = ?", (alert_id,)).fetchone()
        return None if row is None else Ack(row[0], moment_from_text(row[1]), row[2], row[3])

    def alert_ids(self, beginning: str, limit: int) -> tuple[str, ...]:
        """The ids of alerts that begin so, in their order."""
        rows = self._execute(IDS_FROM, (beginning, beginning + _BEHIND_ALL, limit)).fetchall()
        return tuple(id for (id,) in rows)

    def latest_alert_ids(self, limit: int) -> tuple[str, ...]:
        """The ids of the last alerts, newest first."""
        return tuple(id for (id,) in self._execute(LATEST_IDS, (limit,)).fetchall())
