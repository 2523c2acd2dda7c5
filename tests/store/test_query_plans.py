"""A poll has to be as fast with ten million rows as with ten: hot queries go by an index (promise 10)."""

from __future__ import annotations

import re

import pytest

from gatewatch.model import Retention
from gatewatch.store import (
    Store,
    auditing,
    copies,
    counts,
    holding,
    intake,
    judgement,
    measuring,
    mending,
    outbox,
    retention,
    silences,
    taking_back,
    troubles,
)

from .archive import fill, match
from .samples import NOW

HOT = {
    "one key": (intake.SEEN_KEY, "seen"),
    "many keys": (intake.SEEN_KEYS.format(marks="?, ?"), "seen"),
    "an item": (intake.ITEM, "items"),
    "recent items": (intake.RECENT_ITEMS, "items"),
    "recent items of a source": (copies.RECENT_OF_SOURCE, "items_by_source"),
    "a copy": (copies.COPY_OF, "copies"),
    "a reading": (intake.READING, "readings"),
    "stories of a rule": (judgement.OPEN_STORIES, "stories_by_rule"),
    "stories since": (judgement.STORIES_SINCE, "stories_by_latest"),
    "matches of an item": (judgement.MATCHES_OF, "matches_by_item"),
    "a series": (counts.OF_A_SERIES, "counts_by_day"),
    "claim": (outbox.CLAIM, "deliveries_open"),
    "next due": (outbox.OPEN_OF_CHANNEL, "deliveries_open"),
    "release": (outbox.RELEASE, "deliveries_open"),
    "hasten": (outbox.HASTEN, "deliveries_open"),
    "taking back": (taking_back.TAKE_BACK, "deliveries_by_state"),
    "a clock that was set back": (taking_back.SET_BACK, "deliveries_open"),
    "next held": (outbox.NEXT_HELD, "deliveries_held"),
    "what is held and due": (holding.HELD_DUE, "deliveries_held"),
    "what was delivered lately": (holding.DELIVERED_LATELY, "deliveries_by_state"),
    "what is under way": (holding.UNDER_WAY, "deliveries_by_state"),
    "silences that last": (silences.LASTING, "silences_by_end"),
    "silences that ended": (silences.ENDED, "silences_by_end"),
    "last alerts": (outbox.ALERTS, "alerts_by_time"),
    "last success of a channel": (troubles.DELIVERED, "deliveries_by_state"),
    "first success of a channel": (troubles.FIRST_AFTER, "deliveries_by_state"),
    "failures that wait": (troubles.FAILED_AND_WAITING, "deliveries_open"),
    "failures for good": (troubles.GIVEN_UP, "deliveries_by_state"),
    "what waits": (troubles.WAITING, "deliveries_by_state"),
    "what was late": (troubles.LATE, "deliveries_by_state"),
    "what is late": (troubles.STILL_LATE, "deliveries_by_state"),
    "dead letters": (troubles.DEAD_LETTERS, "deliveries_by_state"),
    "stale claims": (auditing.STALE_CLAIMS, "deliveries_open"),
    "overdue": (auditing.OVERDUE, "deliveries_open"),
    "overdue and held": (auditing.OVERDUE_HELD, "deliveries_held"),
    "alerts without a delivery": (auditing.WITHOUT_DELIVERY, "alerts_by_time"),
    "what is open": (measuring.OPEN, "deliveries_open"),
    "since when it waits": (measuring.WAITS_SINCE, "attempts_by_delivery"),
    "what is held": (measuring.HELD, "deliveries_held"),
    "alerts since the last look": (measuring.WRITTEN["alerts"], "alerts USING INTEGER PRIMARY KEY"),
    "matches since the last look": (measuring.WRITTEN["matches"], "matches USING INTEGER PRIMARY KEY"),
    "deliveries since the last look": (measuring.WRITTEN["deliveries"], "deliveries USING INTEGER PRIMARY KEY"),
    "attempts since the last look": (measuring.WRITTEN["attempts"], "attempts USING INTEGER PRIMARY KEY"),
    "tries too far ahead": (mending.BRING_BACK, "deliveries_open"),
    "claims too long": (mending.SHORTEN, "deliveries_open"),
    "forgetting texts": (retention.ITEMS, "items USING INTEGER PRIMARY KEY"),
    "forgetting notices": (retention.NOTICES, "notices USING INTEGER PRIMARY KEY"),
    "forgetting attempts": (retention.ATTEMPTS, "attempts USING INTEGER PRIMARY KEY"),
    "forgetting deliveries": (retention.DELIVERIES, "deliveries USING INTEGER PRIMARY KEY"),
    "forgetting copies": (retention.OLD_COPIES, "copies_by_time"),
}
#: They walk a table itself from one of its ends, and stop at their limit.
WALKS = {"recent items"}


def plan(store: Store, sql: str) -> list[str]:
    names = dict.fromkeys(re.findall(r":(\w+)", sql), "")
    parameters = names or [None] * sql.count("?")
    return [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]


@pytest.mark.parametrize("name", HOT)
def test_hot_queries_use_an_index_and_sort_nothing(store: Store, name: str) -> None:
    sql, index = HOT[name]
    steps = plan(store, sql)
    assert any(index in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
    if name not in WALKS:
        scans = [step for step in steps if step.startswith("SCAN") and "USING" not in step]
        assert all("subquery" in step for step in scans), steps


def test_housekeeping_leaves_no_statistics_behind(store: Store) -> None:
    """With one story counted, SQLite would read all stories for each poll until it counted again."""
    fill(store, range(101), each=10, body="")
    match(store, "d100-1")
    store.prune(NOW, Retention())
    assert not store._execute("SELECT 1 FROM sqlite_master WHERE name LIKE 'sqlite_stat%'").fetchall()


def test_deleting_an_item_finds_its_reading_by_key(store: Store) -> None:
    """A foreign key without an index behind it makes each delete read the whole table of children."""
    children = {}
    for (table,) in store._execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in store._execute(f"PRAGMA foreign_key_list({table})").fetchall():
            children[table, row[3]] = plan(store, f"SELECT 1 FROM {table} WHERE {row[3]} = ?")
    assert ("readings", "item") in children
    assert all(steps[0].startswith("SEARCH") for steps in children.values()), children


def test_the_queue_is_searched_in_its_index_alone(store: Store) -> None:
    assert all("COVERING INDEX" in step for step in plan(store, outbox.OPEN_OF_CHANNEL))
    inner = [step for step in plan(store, outbox.CLAIM) if "mine" in step or "ahead" in step]
    assert len(inner) == 2
    assert all("COVERING INDEX deliveries_open" in step for step in inner), inner


def test_a_key_is_looked_up_in_the_table_that_is_its_own_index(store: Store) -> None:
    assert plan(store, intake.SEEN_KEY) == ["SEARCH seen USING PRIMARY KEY (source=? AND key=?)"]
