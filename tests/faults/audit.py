"""What must hold in a database, however its process ended: nothing is half there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.store import Store

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

#: What must find nothing in a database whose texts are all still there and whose routes take every alert.
NEVER = {
    "a key is known as seen and its item was never taken in": """
        SELECT key FROM seen WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.id = seen.item)""",
    "an alert goes nowhere": """
        SELECT id FROM alerts WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.alert = alerts.id)""",
}


def audit(database: Path, channels: Collection[str]) -> list[str]:
    """What is wrong with the rows; empty where nothing is. Every alert has to have a delivery in each channel."""
    with Store.open(database) as store:
        wrong = [str(finding) for finding in store.findings(LONG_AGO)]  # claims of a process that died may still stand
    with closing(sqlite3.connect(database)) as db:
        wrong += [f"{meaning}: {row[0]}" for meaning, sql in NEVER.items() for row in db.execute(sql)]
        marks = ", ".join("?" * len(channels))
        everywhere = f"SELECT count(*) FROM deliveries WHERE alert = ? AND channel IN ({marks})"
        for (id,) in db.execute("SELECT id FROM alerts").fetchall():
            (count,) = db.execute(everywhere, (id, *channels)).fetchone()
            if count != len(channels):
                wrong.append(f"alert {id} has {count} deliveries and not {len(channels)}")
        return wrong


def queued(database: Path) -> list[str]:
    """The ids of all alerts, in the order in which they were queued."""
    with closing(sqlite3.connect(database)) as db:
        return [id for (id,) in db.execute("SELECT id FROM alerts ORDER BY n")]


def open_deliveries(database: Path) -> int:
    with closing(sqlite3.connect(database)) as db:
        (count,) = db.execute("SELECT count(*) FROM deliveries WHERE settled IS NULL").fetchone()
        return int(count)
