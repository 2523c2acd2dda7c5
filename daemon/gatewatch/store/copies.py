"""The same news told again: by its own source in other words, or word for word by another source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gatewatch.model import Item
from gatewatch.store.connection import Connection
from gatewatch.store.rows import ITEM_COLUMNS, item_from_row, moment_to_text

#: After so long the same words are news again.
COPIES_KEPT = timedelta(days=30)

RECENT_OF_SOURCE = f"SELECT {ITEM_COLUMNS} FROM items WHERE source = ? ORDER BY n DESC LIMIT ?"
# The first one wins, unless it is past its time and only not yet deleted.
REMEMBER = (
    "INSERT INTO copies (fingerprint, item, at) VALUES (?, ?, ?) ON CONFLICT (fingerprint)"
    " DO UPDATE SET item = excluded.item, at = excluded.at WHERE at < ?"
)
COPY_OF = "SELECT at, item FROM copies WHERE fingerprint = ? AND at >= ?"


class Copies(Connection):
    """Queries on what a source told last, and on fingerprints of texts across sources."""

    def recent_items_of(self, source_id: str, limit: int) -> tuple[Item, ...]:
        """The items that a source brought last, newest first; those whose text was deleted are not among them."""
        rows = self._execute(RECENT_OF_SOURCE, (source_id, limit)).fetchall()
        return tuple(item_from_row(row) for row in rows)

    def remember_copy(self, fingerprints: Sequence[str], item_id: str, at: datetime) -> None:
        """Notes that an item was the first with these fingerprints; those known already stay with theirs."""
        moment, stale = moment_to_text(at), moment_to_text(at - COPIES_KEPT)
        for fingerprint in fingerprints:
            self._execute(REMEMBER, (fingerprint, item_id, moment, stale))

    def copy_of(self, fingerprints: Sequence[str], since: datetime) -> str | None:
        """The id of the earliest item that has one of the fingerprints and came at or after `since`."""
        bound = moment_to_text(since)
        found = [self._execute(COPY_OF, (fingerprint, bound)).fetchone() for fingerprint in fingerprints]
        earliest: tuple[str, str] | None = min((row for row in found if row is not None), default=None)
        return None if earliest is None else earliest[1]
