"""What came in: the state of each source, what was seen, items and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatewatch.model import Item, Reading, SourceState
from gatewatch.store.connection import Connection
from gatewatch.store.rows import (
    ITEM_COLUMNS,
    item_from_row,
    item_to_row,
    moment_to_text,
    reading_from_json,
    reading_to_json,
    source_state_from_json,
    source_state_to_json,
)

#: Keys asked for in one query. SQLite before 3.32 takes 999 parameters.
CHUNK = 500

SEEN_KEYS = "SELECT key FROM seen WHERE source = ? AND key IN ({marks})"
SEEN_KEY = "SELECT 1 FROM seen WHERE source = ? AND key = ?"
ITEM = f"SELECT {ITEM_COLUMNS} FROM items WHERE id = ?"
RECENT_ITEMS = f"SELECT {ITEM_COLUMNS} FROM items ORDER BY n DESC LIMIT ?"
READING = "SELECT reading FROM readings WHERE item = ?"
ADD_SEEN = "INSERT INTO seen (source, key, item, first_seen) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
ADD_ITEM = (
    f"INSERT INTO items ({ITEM_COLUMNS}, seeded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)


class Intake(Connection):
    """Queries on sources, items and readings."""

    def source_state(self, id: str) -> SourceState | None:
        """What is remembered of a source; None for one that was never polled."""
        row = self._execute("SELECT state FROM sources WHERE id = ?", (id,)).fetchone()
        return None if row is None else source_state_from_json(row[0])

    def source_states(self) -> tuple[SourceState, ...]:
        """All sources that were ever polled, by id; also those that the settings no longer name."""
        rows = self._execute("SELECT state FROM sources ORDER BY id").fetchall()
        return tuple(source_state_from_json(row[0]) for row in rows)

    def save_source_state(self, state: SourceState) -> None:
        """Puts `state` in the place of what was remembered."""
        self._execute(
            "INSERT INTO sources (id, next_poll, state) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET next_poll = excluded.next_poll, state = excluded.state",
            (state.id, moment_to_text(state.next_poll), source_state_to_json(state)),
        )

    def unseen(self, source_id: str, keys: Sequence[str]) -> list[str]:
        """Those of `keys` that this source never showed before: in their order, each once."""
        if len(keys) == 1:  # a replay comes with one item at a time
            return [] if self._execute(SEEN_KEY, (source_id, keys[0])).fetchone() else [keys[0]]
        distinct = list(dict.fromkeys(keys))
        seen: set[str] = set()
        for start in range(0, len(distinct), CHUNK):
            chunk = distinct[start : start + CHUNK]
            sql = SEEN_KEYS.format(marks=", ".join("?" * len(chunk)))
            seen.update(row[0] for row in self._execute(sql, (source_id, *chunk)))
        return [key for key in distinct if key not in seen]

    def add_items(self, items: Sequence[Item], *, seeded: bool, at: datetime) -> None:
        """Keeps items and marks their keys as seen. `seeded`: stored silently by a first poll.

        An item that is known already stays as it is: some feeds list one entry twice.
        """
        self._only_in_transaction()
        moment = moment_to_text(at)
        for item in items:
            self._execute(ADD_SEEN, (item.source, item.key, item.id, moment))
            self._execute(ADD_ITEM, (*item_to_row(item), seeded))

    def item(self, id: str) -> Item | None:
        row = self._execute(ITEM, (id,)).fetchone()
        return None if row is None else item_from_row(row)

    def recent_items(self, limit: int) -> tuple[Item, ...]:
        """The items that were taken in last, newest first."""
        return tuple(item_from_row(row) for row in self._execute(RECENT_ITEMS, (limit,)).fetchall())

    def add_reading(self, item_id: str, reading: Reading) -> None:
        """Keeps what an item says; a later reading takes the place of an earlier one."""
        self._execute(
            "INSERT INTO readings (item, reading) VALUES (?, ?)"
            " ON CONFLICT (item) DO UPDATE SET reading = excluded.reading",
            (item_id, reading_to_json(reading)),
        )

    def reading(self, item_id: str) -> Reading | None:
        row = self._execute(READING, (item_id,)).fetchone()
        return None if row is None else reading_from_json(row[0])
