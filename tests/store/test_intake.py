from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gatewatch.model import Outcome, Reading, SourceState
from gatewatch.store import Store

from .samples import NOW, an_item


def add(store: Store, *ids: str, source: str = "raja") -> None:
    with store.transaction():
        store.add_items([an_item(id, source=source) for id in ids], seeded=False, at=NOW)


def test_a_source_that_was_never_polled_has_no_state(store: Store) -> None:
    assert store.source_state("raja") is None


def test_the_state_of_a_source_comes_back_as_it_was_saved(store: Store) -> None:
    state = SourceState(
        id="raja",
        next_poll=NOW,
        reason="304 three times",
        seeded=NOW - timedelta(days=3),
        etag='W/"x"',
        last_outcome=Outcome.NOT_MODIFIED,
        failures=2,
    )
    store.save_source_state(SourceState(id="raja", next_poll=NOW - timedelta(hours=1)))
    store.save_source_state(state)
    assert store.source_state("raja") == state
    assert store.source_states() == (state,)


def test_keys_are_unseen_until_their_items_are_added(store: Store) -> None:
    add(store, "i1")
    assert store.unseen("raja", ["key-i2", "key-i1", "key-i3"]) == ["key-i2", "key-i3"]


def test_the_same_key_in_another_source_is_unseen(store: Store) -> None:
    add(store, "i1")
    assert store.unseen("yle", ["key-i1"]) == ["key-i1"]


def test_a_key_that_a_feed_lists_twice_is_unseen_once(store: Store) -> None:
    assert store.unseen("raja", ["a", "b", "a"]) == ["a", "b"]


@pytest.mark.parametrize("count", [0, 1, 2, 499, 500, 501, 3000])
def test_any_number_of_keys_can_be_asked_for(store: Store, count: int) -> None:
    add(store, *(f"{number}" for number in range(0, count, 2)))
    keys = [f"key-{number}" for number in range(count)]
    assert store.unseen("raja", keys) == keys[1::2]


def test_what_was_seen_stays_seen_when_its_text_is_deleted(store: Store) -> None:
    add(store, "i1")
    store._execute("DELETE FROM items")
    assert store.item("i1") is None
    assert store.unseen("raja", ["key-i1"]) == []


def test_an_item_that_is_added_twice_stays_as_it_was(store: Store) -> None:
    add(store, "i1")
    with store.transaction():
        store.add_items([an_item("i1", title="Another title")], seeded=False, at=NOW)
    item = store.item("i1")
    assert item is not None
    assert item.title == "Finland closes four crossings"


def test_the_items_taken_in_last_come_first(store: Store) -> None:
    add(store, "i1", "i2", "i3")
    assert [item.id for item in store.recent_items(2)] == ["i3", "i2"]


def test_a_later_reading_takes_the_place_of_an_earlier_one(store: Store) -> None:
    add(store, "i1")
    store.add_reading("i1", Reading(language="fi"))
    store.add_reading("i1", Reading(language="sv"))
    assert store.reading("i1") == Reading(language="sv")
    assert store.reading("i2") is None


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    naive = datetime(2023, 11, 16)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a time zone"), store.transaction():
        store.add_items([an_item()], seeded=False, at=naive)
