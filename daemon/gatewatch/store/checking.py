"""What is wrong with a database, row by row. Reads only, from one snapshot: what others write meanwhile is not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gatewatch.model import Cause, DeliveryState, Per, Unit
from gatewatch.store import rows
from gatewatch.store.connection import Connection
from gatewatch.store.invariants import INVARIANTS, RESTORE
from gatewatch.store.retention import RECORDS_KEPT
from gatewatch.store.schema import objects_of, objects_wanted
from gatewatch.store.soundness import MOST, damage

#: So long after its lease, a claim has been forgotten.
AFTER_LEASE = timedelta(minutes=5)

#: What is nearly old enough may be half deleted by housekeeping that was broken off.
NEARLY = timedelta(days=30)

#: Columns that hold a value: the table, its key, the column, and what reads it.
VALUES: tuple[tuple[str, str, str, Callable[[str], object]], ...] = (
    ("sources", "id", "state", rows.source_state_from_json),
    ("sources", "id", "next_poll", rows.moment_from_text),
    ("seen", "key", "first_seen", rows.moment_from_text),
    ("items", "id", "published", rows.moment_from_text),
    ("items", "id", "seen", rows.moment_from_text),
    ("readings", "item", "reading", rows.reading_from_json),
    ("stories", "id", "story", rows.story_from_json),
    ("stories", "id", "latest", rows.moment_from_text),
    ("matches", "n", "match", rows.match_from_json),
    ("alerts", "id", "alert", rows.alert_from_json),
    ("deliveries", "id", "state", DeliveryState),
    ("deliveries", "id", "cause", Cause),
    ("deliveries", "id", "next_try", rows.moment_from_text),
    ("deliveries", "id", "lease_until", rows.moment_from_text),
    ("deliveries", "id", "settled", rows.moment_from_text),
    ("silences", "id", "silence", rows.silence_from_json),
    ("counts", "n", "count", rows.count_from_json),
    ("counts", "n", "day", date.fromisoformat),
    ("counts", "n", "unit", Unit),
    ("counts", "n", "per", Per),
    ("acks", "alert", "at", rows.moment_from_text),
    ("upkeep", "what", "at", rows.moment_from_text),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which row (or file part), what, and what to do about it."""

    row: str
    what: str
    hint: str = RESTORE

    def __str__(self) -> str:
        return f"{self.row}: {self.what}; {self.hint}"


class Checking(Connection):
    """Looks through the whole database."""

    def findings(self, now: datetime) -> Iterator[Finding]:
        """All that is wrong, at most a hundred of a kind. A damaged file is asked no further questions."""
        self._execute("BEGIN")
        try:
            damaged = [Finding("file", line) for line in damage(self._db.conn)]
            yield from damaged or self._contradictions(now)
        finally:
            self._db.rollback()

    def _contradictions(self, now: datetime) -> Iterator[Finding]:
        yield from self._schema()
        for table, key, column, read in VALUES:
            yield from self._unreadable(table, key, column, read)
        moments = {
            "stale": rows.moment_to_text(now - AFTER_LEASE),
            "recent": rows.moment_to_text(now - RECORDS_KEPT + NEARLY),
        }
        for each in INVARIANTS:
            for (key,) in self._execute(each.broken, moments).fetchmany(MOST):
                yield Finding(f"{each.table} {key}", each.what, each.hint)

    def _schema(self) -> Iterator[Finding]:
        found, wanted = objects_of(self._db), objects_wanted()
        for name in sorted(wanted):
            if found.get(name) != wanted[name]:
                what = "is not as Gatewatch makes it" if name in found else "is missing"
                yield Finding(f"schema {name}", what)

    def _unreadable(self, table: str, key: str, column: str, read: Callable[[str], object]) -> Iterator[Finding]:
        told = 0
        for row, text in self._execute(f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL"):
            try:
                read(text)
            except (ValueError, TypeError) as fault:
                yield Finding(f"{table} {row}", f"`{column}` can't be read: {_first_line(fault)}")
                told += 1
                if told == MOST:
                    return


def _first_line(fault: Exception) -> str:
    return " ".join(str(fault).split())[:120]
