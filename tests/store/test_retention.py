"""Texts go by age; what was seen, what was told and what waits to be sent stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from gatewatch.model import DeliveryState, Reading, Retention
from gatewatch.store import Pruned, Store, retention

from .archive import DAY, ids, match, take_in
from .samples import LEASE, NOW, an_alert, claimed, queue

KEEP = Retention()


def test_a_text_goes_after_its_time_with_its_reading(store: Store) -> None:
    take_in(store, "old", at=NOW - 91 * DAY)
    store.add_reading("old", Reading(language="fi"))
    take_in(store, "young", at=NOW - 89 * DAY)
    take_in(store, "today")
    assert store.prune(NOW, KEEP) == Pruned(items=1)
    assert ids(store) == {"young", "today"}
    assert store.reading("old") is None


def test_an_undated_entry_that_returns_months_after_its_text_went_is_not_new(store: Store) -> None:
    take_in(store, "old", at=NOW - 400 * DAY)
    take_in(store, "today")
    store.prune(NOW, KEEP)
    assert store.item("old") is None
    assert store.unseen("raja", ["key-old", "key-other"]) == ["key-other"]


def test_a_text_that_matched_is_kept_for_years(store: Store) -> None:
    take_in(store, "older", at=NOW - 731 * DAY)
    take_in(store, "old", at=NOW - 729 * DAY)
    take_in(store, "today")
    match(store, "older", "old")
    assert store.prune(NOW, KEEP) == Pruned(items=1)
    assert ids(store) == {"old", "today"}


def test_a_text_that_only_joined_a_story_is_kept_as_one_that_matched(store: Store) -> None:
    take_in(store, "old", at=NOW - 91 * DAY)
    take_in(store, "today")
    match(store, "old")
    store._execute("DELETE FROM matches")
    assert store.prune(NOW, KEEP) == Pruned()


def test_matches_stories_and_alerts_outlive_their_texts(store: Store) -> None:
    take_in(store, "old", at=NOW - 3000 * DAY)
    take_in(store, "today")
    match(store, "old", at=NOW - 3000 * DAY)
    with store.transaction():
        store.queue_alert(an_alert(items=("old",)), [], NOW - 3000 * DAY)
    assert store.prune(NOW, KEEP).items == 1
    assert [record.match.words for record in store.matches_of("old")] == [("border",)]
    assert store.items_of_story("s1") == ("old",)
    assert store.alert("a1") == an_alert(items=("old",))


def test_matched_is_never_shorter_than_bodies(store: Store) -> None:
    take_in(store, "unmatched", at=NOW - 91 * DAY)
    take_in(store, "matched", at=NOW - 50 * DAY)
    take_in(store, "today")
    match(store, "matched")
    store.prune(NOW, Retention(bodies=90 * DAY, matched=10 * DAY))
    assert ids(store) == {"matched", "today"}


def test_age_is_counted_from_when_it_was_first_seen_whatever_the_feed_says(store: Store) -> None:
    """Importing its archive, a feed dates today's entries years back; they are today's news to us."""
    take_in(store, "old", at=NOW - 91 * DAY)
    take_in(store, "today")
    store._execute(
        "UPDATE items SET published = CASE id WHEN 'old' THEN ? ELSE ? END",
        ("2099-01-01T00:00:00+00:00", "1999-01-01T00:00:00+00:00"),
    )
    store.prune(NOW, KEEP)
    assert ids(store) == {"today"}


def test_an_archive_that_nothing_was_added_to_is_not_emptied(store: Store) -> None:
    take_in(store, "i1", "i2", at=NOW - 400 * DAY)
    assert store.prune(NOW, KEEP) == Pruned()


@pytest.mark.parametrize("wrong", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)])
def test_a_clock_that_is_wrong_deletes_nothing(store: Store, wrong: datetime) -> None:
    take_in(store, *(f"i{number}" for number in range(1200)), at=NOW - 80 * DAY)
    take_in(store, "today")
    assert store.prune(wrong, KEEP) == Pruned()


def test_items_that_a_wrong_clock_dated_ahead_do_not_shield_those_behind_them(store: Store) -> None:
    """A machine without a battery clock seeds its sources in 2099, then learns the time."""
    take_in(store, *(f"ahead-{number}" for number in range(1200)), at=datetime(2099, 1, 1, tzinfo=UTC))
    take_in(store, "old", at=NOW - 91 * DAY)
    take_in(store, "today")
    assert store.prune(NOW, KEEP) == Pruned(items=1)
    assert store.item("old") is None


def test_more_matched_texts_than_a_batch_do_not_shield_those_behind_them(store: Store) -> None:
    kept = [f"kept-{number}" for number in range(1200)]
    take_in(store, *kept, at=NOW - 100 * DAY)
    match(store, *kept)
    take_in(store, "old", at=NOW - 91 * DAY)
    take_in(store, "today")
    assert store.prune(NOW, KEEP) == Pruned(items=1)


def test_it_can_be_left_after_any_step_and_goes_on_where_it_was(store: Store) -> None:
    take_in(store, *(f"old-{number}" for number in range(1700)), at=NOW - 91 * DAY)
    take_in(store, "today")
    assert [step.items for step in islice(store.pruning(NOW, KEEP), 2)] == [100, 100]
    assert len(ids(store)) == 1501
    assert store.prune(NOW, KEEP) == Pruned(items=1500)


def test_other_writes_come_between_two_steps(store: Store) -> None:
    take_in(store, *(f"old-{number}" for number in range(250)), at=NOW - 91 * DAY)
    take_in(store, "today")
    for number, step in enumerate(store.pruning(NOW, KEEP)):
        assert step.items <= retention.BATCH
        take_in(store, f"new-{number}")
    assert ids(store) == {"today", "new-0", "new-1", "new-2"}


def test_the_lock_is_not_held_while_rows_are_looked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(store, "old", at=NOW - 91 * DAY)
    take_in(store, "today")
    looked: list[bool] = []
    execute = store._execute

    def watched(sql: str, *parameters: object) -> object:
        if sql == retention.ITEMS:
            looked.append(store._db.conn.in_transaction)
        return execute(sql, *parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "_execute", watched)
    assert store.prune(NOW, KEEP).items == 1
    assert looked == [False, False]


YEARS = 731 * DAY


def test_old_notices_go(store: Store) -> None:
    store.add_notice(NOW - YEARS, "raja", "broken")
    store.add_notice(NOW - YEARS + 2 * DAY, "raja", "recovered")
    assert store.prune(NOW, KEEP) == Pruned(records=1)
    assert [notice.text for notice in store.notices(9)] == ["recovered"]


@pytest.mark.parametrize("state", [DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.UNKNOWN])
def test_an_old_settled_delivery_goes_with_its_receipts_and_its_alert_stays(
    store: Store, state: DeliveryState
) -> None:
    queue(store, "a1", at=NOW - YEARS)
    store.settle(claimed(store, NOW - YEARS).id, state, NOW - YEARS)
    assert store.prune(NOW, KEEP) == Pruned(records=2)
    assert store.deliveries_of("a1") == ()
    assert store.receipts_of(1) == ()
    assert store.alert("a1") is not None


def test_a_delivery_that_waits_is_never_deleted_however_old(store: Store) -> None:
    queue(store, "a1", "a2", "a3", channels=["desk", "mail"], at=NOW - 2 * YEARS)
    claimed(store, NOW - 2 * YEARS)
    store.settle(claimed(store, NOW - 2 * YEARS, "mail").id, DeliveryState.HELD, NOW - 2 * YEARS)
    store.prune(NOW, Retention(size=1))
    states = [delivery.state.value for id in ("a1", "a2", "a3") for delivery in store.deliveries_of(id)]
    assert states == ["sending", "held", "pending", "pending", "pending", "pending"]
    assert store.claim("mail", NOW, LEASE) is not None


def test_more_waiting_deliveries_than_a_batch_do_not_shield_those_behind_them(store: Store) -> None:
    queue(store, *(f"a{number}" for number in range(250)), at=NOW - YEARS)
    queue(store, "sent", channels=["mail"], at=NOW - YEARS)
    store.settle(claimed(store, NOW - YEARS, "mail").id, DeliveryState.DELIVERED, NOW - YEARS)
    assert store.prune(NOW, KEEP) == Pruned(records=2)
    assert store.deliveries_of("sent") == ()


def test_copies_are_forgotten_after_a_month(store: Store) -> None:
    store.remember_copy([f"f{number}" for number in range(700)], "i1", NOW - 31 * DAY)
    store.remember_copy(["young"], "i2", NOW - timedelta(days=29))
    assert store.prune(NOW, KEEP) == Pruned(copies=700)
    assert store.copy_of(["young"], NOW - 30 * DAY) == "i2"
