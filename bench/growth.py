"""What one poll's transaction costs as the database grows, and how long housekeeping holds up a poll.

Run it with `.venv/bin/python bench/growth.py` (10,000 and 2,000,000 stored items, about two minutes and 3 GB in a
temporary directory) or with numbers of its own: `bench/growth.py 10000 10000000`. A feed of 33 entries, one of them
new, is compared with what was seen and taken in, as the pipeline does; parsing and reading are left out.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gatewatch.model import Item, Retention, SourceState
from gatewatch.store import Store

SIZES = (10_000, 2_000_000)
SOURCES = 1000
ENTRIES = 33
POLLS = 300
ROUNDS = 5
"""The median of so many rounds of `POLLS` polls each."""
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SPAN = timedelta(days=100)
"""The archive reaches back so far: a tenth of it is past its time."""

# Ids are scattered as hashes are. 64 bits hold the product up to ten million; modulo a prime, no two are the same.
FACTOR, PRIME = 618_033_988_749, 999_999_999_989
SERIES = "WITH RECURSIVE series(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM series WHERE n < :last)"
ID = f"printf('%020x', n * {FACTOR} % {PRIME})"
KEY = f"'https://news.example/articles/' || {ID}"
MOMENT = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', :start + n * :step, 'unixepoch')"
FILL_ITEMS = f"""{SERIES} INSERT INTO items
SELECT n, {ID}, 's' || (n % {SOURCES}), {KEY}, {KEY}, 'Report ' || n || ': a quiet day at the crossing points',
:summary, '', {MOMENT}, {MOMENT}, 'en', 0 FROM series"""
FILL_SEEN = f"""{SERIES} INSERT INTO seen
SELECT 's' || (n % {SOURCES}) AS source, {KEY} AS key, {ID}, {MOMENT} FROM series ORDER BY source, key"""
SUMMARY = (
    "The Border Guard says that traffic at the crossing points runs as on other days of this season. " * 4
)


def fill(store: Store, count: int) -> None:
    """Puts `count` items of a thousand sources in, in the order in which they would have come."""
    step = SPAN.total_seconds() / count
    bounds = {"summary": SUMMARY, "start": (NOW - SPAN).timestamp(), "step": step}
    store._execute("PRAGMA cache_size = -400000")
    # seen goes in by its key and items by number: as one that grew for years, if somewhat tidier
    for first in range(1, count + 1, 500_000):
        with store.transaction():
            last = min(first + 499_999, count)
            store._execute(FILL_ITEMS, {**bounds, "first": first, "last": last})
    del bounds["summary"]
    with store.transaction():
        store._execute(FILL_SEEN, {**bounds, "first": 1, "last": count})


def a_feed(count: int, number: int) -> list[Item]:
    """The latest entries of a source, one of them new: `number` tells which source, and which entry."""
    source = f"s{number % SOURCES}"
    known = range(count - SOURCES + number % SOURCES, 0, -SOURCES)
    ids = [f"{n * FACTOR % PRIME:020x}" for n in known[: ENTRIES - 1]]
    ids += [f"padding-{n}" for n in range(ENTRIES - 1 - len(ids))]
    new = f"{random.Random(number).getrandbits(64):020x}"
    return [
        Item(id, source, "Report", SUMMARY, key=f"https://news.example/articles/{id}", seen=NOW)
        for id in (new, *ids)
    ]


def poll(store: Store, items: list[Item]) -> None:
    """The transaction of a document with one new entry."""
    state = store.source_state(items[0].source) or SourceState(items[0].source, NOW)
    with store.transaction():
        unseen = set(store.unseen(state.id, [item.key for item in items]))
        store.add_items([item for item in items if item.key in unseen][:1], seeded=False, at=NOW)
        store.save_source_state(replace(state, items_seen=state.items_seen + 1))


def unchanged(store: Store, items: list[Item]) -> None:
    """The transaction of a document that is the same as last time."""
    state = store.source_state(items[0].source) or SourceState(items[0].source, NOW)
    with store.transaction():
        store.save_source_state(replace(state, items_seen=state.items_seen + 1))


def recent(store: Store, items: list[Item]) -> None:
    """As many as each source has in both databases."""
    store.recent_items_of(items[0].source, 10)


def all_recent(store: Store, items: list[Item]) -> None:
    """What a check for words never used before asks for; a source of the small database has ten in all."""
    store.recent_items_of(items[0].source, 500)


def copy(store: Store, items: list[Item]) -> None:
    """Whether another source told it before; remembered if not."""
    prints = [f"{part}-{items[0].id}" for part in range(3)]
    if store.copy_of(prints, NOW - timedelta(days=30)) is None:
        with store.transaction():
            store.remember_copy(prints, items[0].id, NOW)


def milliseconds(act: Callable[[Store, list[Item]], None], store: Store, count: int) -> float:
    """Of one act: the median of the rounds."""
    rounds = []
    for round in range(ROUNDS):
        numbers = random.Random(f"{act.__name__}{round}").sample(range(10**9), POLLS)
        feeds = [a_feed(count, number) for number in numbers]
        began = time.perf_counter()
        for feed in feeds:
            act(store, feed)
        rounds.append((time.perf_counter() - began) * 1000 / POLLS)
    return statistics.median(rounds)


def steps(store: Store) -> list[float]:
    """Milliseconds of each step of housekeeping, which deletes the oldest tenth."""
    took: list[float] = []
    pruning = store.pruning(NOW, Retention())
    while True:
        began = time.perf_counter()
        if next(pruning, None) is None:
            return sorted(took)
        took.append((time.perf_counter() - began) * 1000)


ACTS: dict[str, Callable[[Store, list[Item]], None]] = {
    "one new of 33": poll,
    "unchanged": unchanged,
    "10 recent items of a source": recent,
    "500 of them": all_recent,
    "copies": copy,
}


def measure(count: int, path: Path) -> dict[str, float]:
    with Store.open(path) as store:
        began = time.perf_counter()
        fill(store, count)
        filled = time.perf_counter() - began
    with Store.open(path) as store:
        row = {name: milliseconds(act, store, count) for name, act in ACTS.items()}
        size = store.size()
        print(f"{count:,} items: {size.used / 1e6:,.0f} MB, made in {filled:.0f} s", flush=True)
        took = steps(store)
        row["housekeeping step, median"] = statistics.median(took)
        row["housekeeping step, 99 %"] = took[int(len(took) * 0.99)]
        row["housekeeping step, longest"] = took[-1]
    return row


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    columns = []
    for count in sizes:
        with tempfile.TemporaryDirectory() as directory:
            columns.append(measure(count, Path(directory) / "gatewatch.db"))
    print(f"\n{'milliseconds':28}" + "".join(f"{count:>14,}" for count in sizes) + "         ratio")
    for name in columns[0]:
        cells = [column[name] for column in columns]
        print(f"{name:28}" + "".join(f"{cell:14.3f}" for cell in cells) + f"{cells[-1] / cells[0]:14.2f}")


if __name__ == "__main__":
    main()
