"""Forgetting: texts go by age and by size, in small transactions; what was seen stays known for ever.

A piece of news leaves two rows: the item with its text, and its key in `seen`. Only the first is ever deleted.
An undated entry that falls off its feed and comes back months later is known by the second and not told again
(NetNewsWire, `ArticlesAndStatuses`). Stories, matches with their evidence, and alerts stay, too: they are few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatewatch.model import Retention
from gatewatch.store.copies import COPIES_KEPT
from gatewatch.store.rows import moment_from_text, moment_to_text
from gatewatch.store.space import Space

#: Rows that one step looks at: some milliseconds. The write lock is held for the deletes alone.
BATCH = 100

#: Notices, attempts and settled deliveries are kept so long.
RECORDS_KEPT = timedelta(days=730)

#: However small the limit: people still ask about the news of these days, and the feeds still hold them.
NEVER_YOUNGER = timedelta(days=2)

#: Over the limit, the database is brought down to this share of it, which leaves room for the days to come.
HELD_AT = 0.9

# Each names rows from `:after` on, oldest first: (key, is it past its time, may it go). An item's age is when its
# key was first seen, whatever its feed says; it is asked of `seen` because columns behind a long body are slow
# to reach. A first poll in "2099", on a machine without a battery clock, must not stop the walk until then.
ITEMS = """
SELECT n, taken < :unmatched OR taken > :future, taken < CASE WHEN matched THEN :matched ELSE :unmatched END
FROM (
    SELECT items.n AS n, coalesce(seen.first_seen, items.seen, '') AS taken,
           EXISTS (SELECT 1 FROM matches WHERE matches.item = items.id)
           OR EXISTS (SELECT 1 FROM story_items WHERE story_items.item = items.id) AS matched
    FROM items LEFT JOIN seen ON seen.source = items.source AND seen.key = items.key
    WHERE items.n > :after ORDER BY items.n LIMIT :batch
)
"""
NOTICES = "SELECT n, at < :before, at < :before FROM notices WHERE n > :after ORDER BY n LIMIT :batch"
ATTEMPTS = "SELECT n, ended < :before, ended < :before FROM attempts WHERE n > :after ORDER BY n LIMIT :batch"
DELIVERIES = """
SELECT id, coalesce(settled, '') < :before,
       settled < :before AND state IN ('delivered', 'joined', 'failed', 'unknown', 'muted', 'cancelled')
FROM deliveries WHERE id > :after ORDER BY id LIMIT :batch
"""
RECORDS = ((NOTICES, "notices", "n"), (ATTEMPTS, "attempts", "n"), (DELIVERIES, "deliveries", "id"))
OLD_COPIES = "SELECT fingerprint FROM copies WHERE at < ? ORDER BY at LIMIT ?"
TAKEN_LAST = """
SELECT coalesce(seen.first_seen, items.seen)
FROM items LEFT JOIN seen ON seen.source = items.source AND seen.key = items.key ORDER BY items.n DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What housekeeping did: rows deleted, and bytes given back to the disk.

    `items` went with their readings; `records` are notices, attempts and settled deliveries. `over` is by how many
    bytes the database is larger than its limit with all that may go gone: the operator has to know.
    """

    items: int = 0
    records: int = 0
    copies: int = 0
    given_back: int = 0
    over: int = 0

    def __add__(self, other: Pruned) -> Pruned:
        return Pruned(
            self.items + other.items,
            self.records + other.records,
            self.copies + other.copies,
            self.given_back + other.given_back,
            self.over + other.over,
        )


class Forgetting(Space):
    """What makes room."""

    def prune(self, now: datetime, keep: Retention) -> Pruned:
        """All of `pruning` at one go, for a database that nobody waits for."""
        return sum(self.pruning(now, keep), Pruned())

    def pruning(self, now: datetime, keep: Retention) -> Iterator[Pruned]:
        """Housekeeping, one short transaction a step; whoever else writes gets in between two steps.

        Can be left after any step, and begun again: what is done is done. Time is counted back from the last
        news where that is earlier than `now`: an archive that nothing was added to (a summer switched off, a
        clock that jumped) is not emptied.
        """
        today = self._last_news_or(now)
        ends = {
            "unmatched": moment_to_text(today - keep.bodies),
            "matched": moment_to_text(today - max(keep.bodies, keep.matched)),
            "future": moment_to_text(now + timedelta(days=1)),
        }
        for count in self._walk(ITEMS, "items", "n", ends):
            yield Pruned(items=count)
        for select, table, key in RECORDS:
            for count in self._walk(select, table, key, {"before": moment_to_text(today - RECORDS_KEPT)}):
                yield Pruned(records=count)
        yield from self._forget_copies(today)
        if keep.size is not None:
            yield from self._hold(keep.size, today, ends)
        for freed in self.giving_back():
            yield Pruned(given_back=freed)

    def _last_news_or(self, now: datetime) -> datetime:
        row = self._execute(TAKEN_LAST).fetchone()
        return now if row is None or row[0] is None else min(now, moment_from_text(row[0]))

    def _hold(self, size: int, today: datetime, ends: Mapping[str, str]) -> Iterator[Pruned]:
        """Deletes the oldest texts until the database is within its limit: those that matched nothing first.

        The pages in use decide. The write-ahead log is folded in at the end of all housekeeping; what it takes now
        is mostly these very deletes.
        """
        if self.size().used <= size:
            return
        floor = moment_to_text(today - NEVER_YOUNGER)
        target = size * HELD_AT
        for matched in (ends["matched"], floor):
            bounds = {**ends, "unmatched": floor, "matched": min(matched, floor)}
            for count in self._walk(ITEMS, "items", "n", bounds, lambda: self.size().used <= target):
                yield Pruned(items=count)
        yield Pruned(over=max(0, self.size().used - size))

    def _walk(
        self,
        select: str,
        table: str,
        key: str,
        bounds: Mapping[str, str],
        enough: Callable[[], bool] = lambda: False,
    ) -> Iterator[int]:
        """Goes through a table from its oldest row until a batch holds none that is past its time.

        Rows that are past it and stay (matched items, open deliveries) are passed each day anew: they are few, and
        a mark of how far we came would have to be right after every change of the settings and of the clock.
        """
        after = -1
        while not enough():
            # outside the transaction: whoever waits for the lock need not wait for a cold disk
            rows = self._execute(select, {**bounds, "after": after, "batch": BATCH}).fetchall()
            if not any(past for _, past, _ in rows):
                return
            yield self._delete(table, key, [row[0] for row in rows if row[2]])
            after = rows[-1][0]

    def _forget_copies(self, today: datetime) -> Iterator[Pruned]:
        before = moment_to_text(today - COPIES_KEPT)
        while rows := self._execute(OLD_COPIES, (before, BATCH)).fetchall():
            yield Pruned(copies=self._delete("copies", "fingerprint", [row[0] for row in rows]))

    def _delete(self, table: str, key: str, which: list[int | str]) -> int:
        if which:
            with self.transaction():
                self._db.conn.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(one,) for one in which])
        return len(which)
