"""Silences, from when they are made until their end was told."""

from __future__ import annotations

from datetime import datetime

from gatewatch.model import Silence
from gatewatch.store.connection import Connection
from gatewatch.store.rows import moment_to_text, silence_from_json, silence_to_json

LASTING = "SELECT silence FROM silences WHERE ends > ? ORDER BY ends"
ENDED = "SELECT silence FROM silences WHERE ends <= ? ORDER BY ends"


class Silences(Connection):
    """Queries on silences."""

    def save_silence(self, silence: Silence) -> None:
        """Keeps a silence as it is now."""
        self._execute(
            "INSERT INTO silences (id, ends, silence) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET ends = excluded.ends, silence = excluded.silence",
            (silence.id, moment_to_text(silence.ends), silence_to_json(silence)),
        )

    def silence(self, id: str) -> Silence | None:
        row = self._execute("SELECT silence FROM silences WHERE id = ?", (id,)).fetchone()
        return None if row is None else silence_from_json(row[0])

    def silences(self, now: datetime) -> tuple[Silence, ...]:
        """Those whose end is yet to come, the nearest first; some may not have begun."""
        return self._silences(LASTING, now)

    def ended_silences(self, now: datetime) -> tuple[Silence, ...]:
        """Those whose end has passed and was not told yet, in the order of their ends."""
        return self._silences(ENDED, now)

    def forget_silence(self, id: str) -> None:
        """Its end was told; what it held and muted keeps its name in the outbox."""
        self._execute("DELETE FROM silences WHERE id = ?", (id,))

    def _silences(self, sql: str, now: datetime) -> tuple[Silence, ...]:
        rows = self._execute(sql, (moment_to_text(now),)).fetchall()
        return tuple(silence_from_json(row[0]) for row in rows)
