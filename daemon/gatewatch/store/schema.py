"""The tables, as the steps that led to them. A step that was released is never edited, only followed.

All moments are text, ISO 8601 in UTC with microseconds, so that they sort as they are. Values that are
always taken whole (readings, alerts, stories) are one JSON column beside the columns that queries go by.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from gatewatch.store.errors import NewerSchema, OlderSchema

migrations = Migrations("gatewatch")

#: Every step that this version knows, in order. A database that holds another one is newer than we are.
STEPS = ("001_first_tables", "002_forgetting", "003_acknowledging", "004_holding", "005_series")


@migrations(name=STEPS[0])
def first_tables(db: Database) -> None:
    """`seen` stands apart from `items`: what was met once stays known when its text is long deleted."""
    db.executescript("""
    CREATE TABLE sources (id TEXT PRIMARY KEY, next_poll TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE seen (
        source TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL, first_seen TEXT NOT NULL,
        PRIMARY KEY (source, key)
    ) WITHOUT ROWID;

    CREATE TABLE items (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, key TEXT NOT NULL,
        url TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL,
        published TEXT, seen TEXT, language TEXT, seeded INTEGER NOT NULL
    );

    CREATE TABLE readings (
        item TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE, reading TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE stories (
        id TEXT PRIMARY KEY, rule TEXT NOT NULL, latest TEXT NOT NULL, story TEXT NOT NULL
    );
    CREATE INDEX stories_by_rule ON stories (rule, latest, id);
    CREATE INDEX stories_by_latest ON stories (latest, id);

    CREATE TABLE story_items (
        story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, item TEXT NOT NULL,
        joined TEXT NOT NULL,
        PRIMARY KEY (story, item)
    ) WITHOUT ROWID;

    CREATE TABLE matches (
        n INTEGER PRIMARY KEY, item TEXT NOT NULL, rule TEXT NOT NULL, story TEXT REFERENCES stories (id),
        decision TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, match TEXT NOT NULL
    );
    CREATE INDEX matches_by_item ON matches (item);
    CREATE INDEX matches_by_story ON matches (story);

    CREATE TABLE alerts (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, alert TEXT NOT NULL
    );
    CREATE INDEX alerts_by_time ON alerts (at);

    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY, alert TEXT NOT NULL REFERENCES alerts (id), channel TEXT NOT NULL,
        state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_try TEXT NOT NULL,
        claimed TEXT, lease_until TEXT, settled TEXT, last_error TEXT NOT NULL DEFAULT '',
        UNIQUE (alert, channel)
    );
    -- the two states that the couriers ask for again and again; what is done costs them nothing
    CREATE INDEX deliveries_open ON deliveries (channel, id, state, attempts, next_try, lease_until)
        WHERE state IN ('pending', 'sending');
    CREATE INDEX deliveries_by_state ON deliveries (channel, state, settled);

    CREATE TABLE attempts (
        n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        started TEXT, ended TEXT NOT NULL, result TEXT NOT NULL, line TEXT NOT NULL
    );
    CREATE INDEX attempts_by_delivery ON attempts (delivery);

    CREATE TABLE notices (n INTEGER PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL);

    CREATE TABLE rule_state (
        rule TEXT PRIMARY KEY, first_seen TEXT NOT NULL, armed INTEGER NOT NULL DEFAULT 1
    ) WITHOUT ROWID;
    """)


@migrations(name=STEPS[1])
def forgetting(db: Database) -> None:
    """`copies`: which item brought a text first. `upkeep`: when housekeeping was done, and what was told of it."""
    db.executescript("""
    CREATE TABLE copies (fingerprint TEXT PRIMARY KEY, item TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX copies_by_time ON copies (at);

    CREATE TABLE upkeep (what TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;

    -- ends in n, as every index ends in the row's number: a source's latest items are its last entries
    CREATE INDEX items_by_source ON items (source);
    CREATE INDEX story_items_by_item ON story_items (item);
    """)


@migrations(name=STEPS[2])
def acknowledging(db: Database) -> None:
    """`acks`: who took note of an alert first. `who`, since BY is a word of SQL."""
    db.executescript("""
    CREATE TABLE acks (
        alert TEXT PRIMARY KEY REFERENCES alerts (id), at TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
    """)


@migrations(name=STEPS[3])
def holding(db: Database) -> None:
    """Why a delivery waits, and what has to be held for how long. Stories of before were told by their rule."""
    db.executescript("""
    UPDATE stories SET story = json_set(story, '$.told', json_array(rule));

    ALTER TABLE deliveries ADD COLUMN cause TEXT NOT NULL DEFAULT '';
    ALTER TABLE deliveries ADD COLUMN reason TEXT NOT NULL DEFAULT '';
    ALTER TABLE deliveries ADD COLUMN unless TEXT;
    -- what waits for an hour, in the order in which it is let go
    CREATE INDEX deliveries_held ON deliveries (channel, next_try, id) WHERE state = 'held';

    CREATE TABLE silences (id TEXT PRIMARY KEY, ends TEXT NOT NULL, silence TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX silences_by_end ON silences (ends);
    """)


@migrations(name=STEPS[4])
def series(db: Database) -> None:
    """`counts`: each value that some item told, by the day it belongs to."""
    db.executescript("""
    CREATE TABLE counts (
        n INTEGER PRIMARY KEY, country TEXT NOT NULL, unit TEXT NOT NULL, per TEXT NOT NULL, day TEXT NOT NULL,
        at TEXT NOT NULL, source TEXT NOT NULL, official INTEGER NOT NULL, item TEXT NOT NULL, count TEXT NOT NULL
    );
    CREATE INDEX counts_by_day ON counts (country, per, day);
    CREATE INDEX counts_by_item ON counts (item);
    """)


def bring_up_to_date(db: Database, path: Path | None, *, read_only: bool) -> None:
    """Applies the steps that are missing, all or none. Refuses a database that knows steps we don't."""
    refuse_newer(db, path)
    if not migrations.pending(db):
        return
    if read_only:
        raise OlderSchema(path)
    db.execute("BEGIN IMMEDIATE")  # two processes that start together: the second finds the work done
    try:
        refuse_newer(db, path)
        migrations.apply(db)
    except BaseException:
        db.rollback()
        raise
    db.commit()


def refuse_newer(db: Database, path: Path | None) -> None:
    """Raises `NewerSchema` for a database that knows steps we don't."""
    unknown = [step.name for step in migrations.applied(db) if step.name not in STEPS]
    if unknown:
        raise NewerSchema(path, unknown)


def objects_of(db: Database) -> dict[str, str]:
    """Every table and index that some step made, with the SQL that made it."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%sqlite%'"
    return {name: " ".join(text.split()) for name, text in db.execute(sql).fetchall()}


def objects_wanted() -> dict[str, str]:
    """As `objects_of`, of a database that is up to date."""
    db = Database(memory=True, execute_plugins=False)
    try:
        migrations.apply(db)
        return objects_of(db)
    finally:
        db.close()
