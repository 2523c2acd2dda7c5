from __future__ import annotations

from datetime import timedelta

from gatewatch.store import Store

from .archive import DAY, take_in
from .samples import NOW

MONTH = NOW - timedelta(days=30)


def test_a_text_that_nobody_told_before_is_no_copy(store: Store) -> None:
    store.remember_copy(["a"], "i1", NOW)
    assert store.copy_of(["b", "c"], MONTH) is None
    assert store.copy_of([], MONTH) is None


def test_one_fingerprint_in_common_makes_a_copy(store: Store) -> None:
    store.remember_copy(["a", "b"], "i1", NOW)
    assert store.copy_of(["x", "b"], MONTH) == "i1"


def test_the_first_one_wins(store: Store) -> None:
    store.remember_copy(["a"], "i1", NOW)
    store.remember_copy(["a", "b"], "i2", NOW + DAY)
    assert store.copy_of(["a"], MONTH) == "i1"
    assert store.copy_of(["b"], MONTH) == "i2"
    assert store.copy_of(["b", "a"], MONTH) == "i1"


def test_what_came_before_the_time_asked_for_is_no_copy(store: Store) -> None:
    store.remember_copy(["a"], "i1", NOW - timedelta(hours=3))
    assert store.copy_of(["a"], NOW - timedelta(hours=3)) == "i1"
    assert store.copy_of(["a"], NOW - timedelta(hours=2)) is None


def test_the_same_words_a_month_later_are_news_that_others_copy(store: Store) -> None:
    """The row of the last time, where it is not deleted yet, must not stand in the way."""
    store.remember_copy(["a"], "i1", NOW - 31 * DAY)
    store.remember_copy(["a"], "i2", NOW)
    assert store.copy_of(["a"], MONTH) == "i2"


def test_the_latest_items_of_a_source_come_newest_first_and_nobody_elses(store: Store) -> None:
    take_in(store, "i1", "i2", "i3")
    take_in(store, "o1", source="yle")
    take_in(store, "i4")
    assert [item.id for item in store.recent_items_of("raja", 3)] == ["i4", "i3", "i2"]
    assert [item.id for item in store.recent_items_of("yle", 3)] == ["o1"]
    assert store.recent_items_of("nobody", 3) == ()
