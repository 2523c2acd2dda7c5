"""A poll has to be as fast with ten million rows as with ten: hot queries go by an index, whatever grows."""

from __future__ import annotations

import pytest

from gatewatch.store import Store, intake, judgement, outbox

HOT = {
    "one key": (intake.SEEN_KEY, "seen"),
    "many keys": (intake.SEEN_KEYS.format(marks="?, ?"), "seen"),
    "an item": (intake.ITEM, "items"),
    "recent items": (intake.RECENT_ITEMS, "items"),
    "a reading": (intake.READING, "readings"),
    "stories of a rule": (judgement.OPEN_STORIES, "stories_by_rule"),
    "stories since": (judgement.STORIES_SINCE, "stories_by_latest"),
    "matches of an item": (judgement.MATCHES_OF, "matches_by_item"),
    "claim": (outbox.CLAIM, "deliveries_open"),
    "next due": (outbox.OPEN_OF_CHANNEL, "deliveries_open"),
    "release": (outbox.RELEASE, "deliveries_open"),
    "hasten": (outbox.HASTEN, "deliveries_open"),
    "last alerts": (outbox.ALERTS, "alerts_by_time"),
}


def plan(store: Store, sql: str) -> list[str]:
    names = {"now": "", "lease": "", "channel": ""}
    parameters = names if ":" in sql else [None] * sql.count("?")
    return [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]


@pytest.mark.parametrize("name", HOT)
def test_hot_queries_use_an_index_and_sort_nothing(store: Store, name: str) -> None:
    sql, index = HOT[name]
    steps = plan(store, sql)
    assert any(index in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps), steps
    if name != "recent items":  # walks the table itself, from its end, and stops at the limit
        assert not any(step.startswith("SCAN") and "USING" not in step for step in steps), steps


def test_the_queue_is_searched_in_its_index_alone(store: Store) -> None:
    assert all("COVERING INDEX" in step for step in plan(store, outbox.OPEN_OF_CHANNEL))
    inner = [step for step in plan(store, outbox.CLAIM) if "mine" in step or "ahead" in step]
    assert len(inner) == 2
    assert all("COVERING INDEX deliveries_open" in step for step in inner), inner


def test_a_key_is_looked_up_in_the_table_that_is_its_own_index(store: Store) -> None:
    assert plan(store, intake.SEEN_KEY) == ["SEARCH seen USING PRIMARY KEY (source=? AND key=?)"]
