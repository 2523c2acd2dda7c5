"""What is held waits in the outbox until its moment, and can't be claimed before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gatewatch.model import Cause, Delivery, DeliveryState, Plan, Retention
from gatewatch.store import Given, Store

from .samples import LEASE, NOW, an_alert, claimed, queue

HOUR = timedelta(hours=1)
MORNING = NOW + 15 * HOUR


def hold(store: Store, *ids: str, until: datetime = MORNING, cause: Cause = Cause.QUIET) -> None:
    plan = Plan("desk", DeliveryState.HELD, until, cause, "quiet hours until 07:00")
    with store.transaction():
        for id in ids:
            store.queue_alert(an_alert(id), [plan], NOW)


def only(store: Store, alert: str) -> Delivery:
    (delivery,) = store.deliveries_of(alert)
    return delivery


def test_what_is_held_keeps_its_moment_and_its_reason(store: Store) -> None:
    hold(store, "a1")
    found = only(store, "a1")
    assert (found.state, found.next_try, found.cause) == (DeliveryState.HELD, MORNING, Cause.QUIET)
    assert found.reason == "quiet hours until 07:00"


def test_what_is_held_is_not_claimed_and_holds_up_nobody(store: Store) -> None:
    hold(store, "a1")
    queue(store, "a2")
    assert claimed(store, MORNING + HOUR).alert.id == "a2"
    assert store.claim("desk", MORNING + HOUR, LEASE) is None


def test_the_courier_is_to_come_back_for_what_is_held(store: Store) -> None:
    hold(store, "a1")
    assert store.next_due("desk") == MORNING
    assert store.next_due("mail") is None
    queue(store, "a2", at=NOW + HOUR)
    assert store.next_due("desk") == NOW + HOUR


def test_only_what_is_due_is_let_go_in_the_order_of_its_moments(store: Store) -> None:
    hold(store, "late", until=MORNING + HOUR)
    hold(store, "second", until=MORNING)
    hold(store, "first", until=MORNING - HOUR)
    assert [each.alert.id for each in store.held_due("desk", MORNING)] == ["first", "second"]
    assert store.held_due("mail", MORNING) == ()


def test_what_was_let_go_is_claimed_and_still_says_why_it_waited(store: Store) -> None:
    hold(store, "a1")
    with store.transaction():
        store.let_go(only(store, "a1").id, MORNING)
    sent = claimed(store, MORNING)
    assert (sent.alert.id, sent.reason) == ("a1", "quiet hours until 07:00")


def test_what_ends_without_being_sent_is_settled_with_its_reason(store: Store) -> None:
    hold(store, "a1")
    with store.transaction():
        store.end_held(only(store, "a1").id, DeliveryState.JOINED, "in digest d1", MORNING)
    assert (only(store, "a1").state, only(store, "a1").reason) == (DeliveryState.JOINED, "in digest d1")
    assert store.next_due("desk") is None


def test_what_is_not_held_any_more_is_left_alone(store: Store) -> None:
    queue(store, "a1")
    with store.transaction():
        store.end_held(only(store, "a1").id, DeliveryState.MUTED, "", NOW)
        store.hold_on(only(store, "a1").id, MORNING, Cause.QUIET, "")
    assert (only(store, "a1").state, only(store, "a1").next_try) == (DeliveryState.PENDING, NOW)


def test_letting_go_belongs_into_a_transaction(store: Store) -> None:
    hold(store, "a1")
    with pytest.raises(RuntimeError):
        store.let_go(1, NOW)


def test_what_a_channel_was_given_within_the_hour_is_counted(store: Store) -> None:
    assert store.given_lately("desk", NOW) == Given(0, None)
    queue(store, "old", "new", "open")
    for moment in (NOW - HOUR, NOW - HOUR / 2):
        store.settle(claimed(store).id, DeliveryState.DELIVERED, moment)
    hold(store, "held")
    assert store.given_lately("desk", NOW) == Given(2, NOW - HOUR / 2)
    assert store.given_lately("mail", NOW) == Given(0, None)


def test_a_muted_alert_has_its_row_and_is_settled(store: Store) -> None:
    with store.transaction():
        store.queue_alert(
            an_alert(), [Plan("desk", DeliveryState.MUTED, None, Cause.SILENCE, "silence 3f2a")], NOW
        )
    assert only(store, "a1").state is DeliveryState.MUTED
    assert store.next_due("desk") is None


def test_housekeeping_never_deletes_what_is_held_and_forgets_what_ended_years_ago(store: Store) -> None:
    hold(store, "held")
    hold(store, "joined")
    with store.transaction():
        store.end_held(only(store, "joined").id, DeliveryState.JOINED, "in digest d1", NOW)
    store.prune(NOW + timedelta(days=3000), Retention())
    assert only(store, "held").state is DeliveryState.HELD
    assert store.deliveries_of("joined") == ()
