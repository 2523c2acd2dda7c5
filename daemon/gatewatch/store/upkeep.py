"""When housekeeping was done, and what the operator was told of it."""

from __future__ import annotations

from datetime import datetime

from gatewatch.store.connection import Connection
from gatewatch.store.rows import moment_from_text, moment_to_text


class Upkeep(Connection):
    """Queries on housekeeping."""

    def upkeep(self, what: str) -> datetime | None:
        """When `what` was last noted; None where it never was, or was taken back."""
        row = self._execute("SELECT at FROM upkeep WHERE what = ?", (what,)).fetchone()
        return None if row is None else moment_from_text(row[0])

    def note_upkeep(self, what: str, at: datetime | None) -> None:
        """Notes the moment of `what`; None takes it back."""
        if at is None:
            self._execute("DELETE FROM upkeep WHERE what = ?", (what,))
            return
        self._execute(
            "INSERT INTO upkeep (what, at) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET at = excluded.at",
            (what, moment_to_text(at)),
        )
