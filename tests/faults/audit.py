"""What must hold in a database, however its process ended: nothing is half there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

#: What must find nothing, by what it would mean.
NEVER = {
    "an item was taken in and is not known as seen": """
        SELECT id FROM items WHERE NOT EXISTS (
            SELECT 1 FROM seen WHERE seen.source = items.source AND seen.key = items.key AND seen.item = items.id)""",
    "a key is known as seen and its item was never taken in": """
        SELECT key FROM seen WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.id = seen.item)""",
    "a match has no decision": "SELECT n FROM matches WHERE decision = ''",
    "a match of an active rule has no story": """
        SELECT n FROM matches WHERE decision <> 'draft'
            AND NOT EXISTS (SELECT 1 FROM stories WHERE stories.id = matches.story)""",
    "a story does not hold the item of its match": """
        SELECT n FROM matches WHERE story IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM story_items WHERE story_items.story = matches.story AND story_items.item = matches.item)""",
    "a story was opened and nobody was told": """
        SELECT n FROM matches WHERE decision = 'new' AND NOT EXISTS (
            SELECT 1 FROM alerts WHERE json_extract(alert, '$.story') = matches.story)""",
    "an alert goes nowhere": """
        SELECT id FROM alerts WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.alert = alerts.id)""",
    "a delivery is settled and has no receipt that says how": """
        SELECT id FROM deliveries WHERE state IN ('delivered', 'failed', 'unknown') AND NOT EXISTS (
            SELECT 1 FROM attempts WHERE attempts.delivery = deliveries.id AND attempts.result = deliveries.state)""",
    "a source has taken items in and is remembered by no state": """
        SELECT source FROM items WHERE NOT EXISTS (SELECT 1 FROM sources WHERE sources.id = items.source)""",
}


def audit(database: Path, channels: Collection[str]) -> list[str]:
    """What is wrong with the rows; empty where nothing is. Every alert has to have a delivery in each channel."""
    with closing(sqlite3.connect(database)) as db:
        wrong = [str(line) for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
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
