"""Escalation and nagging: who hears of an alert that nobody has taken note of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest

from gatewatch.alerts.letting_go import let_go
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.queueing import queue
from gatewatch.alerts.reminding import MOST
from gatewatch.model import (
    Alert,
    AlertKind,
    Cause,
    Channel,
    Delivery,
    DeliveryState,
    QuietHours,
    Route,
    Severity,
    Silence,
)
from gatewatch.store import Ack, Store

from .samples import NOW, an_alert

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
ESCALATING = Route(to=("desk",), escalate_after=QUARTER, escalate_to=("phone",))
NAGGING = Route(to=("desk",), nag=2 * HOUR)
CHANNELS = {name: Channel(name, "console") for name in ("desk", "phone", "mail")}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def policy(*routes: Route, quiet: tuple[QuietHours, ...] = ()) -> Policy:
    return Policy(CHANNELS, routes, quiet=quiet)


def tell(store: Store, alert: Alert, ours: Policy) -> None:
    with store.transaction():
        queue(store, alert, None, ours, NOW)


def on(store: Store, channel: str, alert: str = "a1b2c3") -> Delivery | None:
    return next((each for each in store.deliveries_of(alert) if each.channel == channel), None)


def reminders(store: Store) -> list[tuple[Alert, Delivery]]:
    found = [alert for alert in store.alerts(100) if alert.kind is AlertKind.REMINDER]
    return [(alert, store.deliveries_of(alert.id)[0]) for alert in reversed(found)]


def acknowledge(store: Store) -> None:
    store.acknowledge(Ack("a1b2c3", NOW, "anna"))


def test_an_alert_that_nobody_acknowledges_goes_to_the_phone_as_well(store: Store) -> None:
    ours = policy(ESCALATING)
    tell(store, an_alert(), ours)
    waiting = on(store, "phone")
    assert waiting is not None
    assert (waiting.state, waiting.next_try, waiting.unless) == (DeliveryState.HELD, NOW + QUARTER, "a1b2c3")
    assert waiting.reason == "nobody acknowledged it within 15 min"
    let_go(store, "phone", ours, NOW + QUARTER)
    sent = store.claim("phone", NOW + QUARTER, HOUR)
    assert sent is not None
    assert (sent.alert.id, sent.cause) == ("a1b2c3", Cause.ESCALATION)


def test_an_acknowledged_alert_does_not_escalate(store: Store) -> None:
    ours = policy(ESCALATING)
    tell(store, an_alert(), ours)
    acknowledge(store)
    let_go(store, "phone", ours, NOW + QUARTER)
    ended = on(store, "phone")
    assert ended is not None
    assert (ended.state, ended.reason) == (DeliveryState.CANCELLED, "anna acknowledged a1b2c3")


def test_the_quarter_of_an_hour_begins_when_the_alert_is_let_go(store: Store) -> None:
    night = QuietHours(time(13), time(15), channel=("desk",))
    tell(store, an_alert(severity=Severity.HIGH), policy(ESCALATING, quiet=(night,)))
    waiting = on(store, "phone")
    assert waiting is not None
    assert waiting.next_try == NOW + HOUR + QUARTER


def test_a_muted_alert_neither_escalates_nor_nags(store: Store) -> None:
    store.save_silence(Silence("3f2a", "anna", "exercise", NOW - HOUR, NOW + HOUR, channel=("desk",), drop=True))
    tell(store, an_alert(), policy(replace(ESCALATING, nag=HOUR)))
    assert (on(store, "phone"), reminders(store)) == (None, [])


def test_a_channel_that_hears_of_it_anyway_is_not_told_twice(store: Store) -> None:
    tell(store, an_alert(), policy(ESCALATING, Route(to=("phone",))))
    there = on(store, "phone")
    assert there is not None
    assert (there.state, there.cause) == (DeliveryState.PENDING, Cause.NONE)


def test_of_two_escalations_the_earlier_one_counts(store: Store) -> None:
    tell(store, an_alert(), policy(replace(ESCALATING, escalate_after=HOUR), ESCALATING))
    there = on(store, "phone")
    assert there is not None
    assert there.next_try == NOW + QUARTER


def test_an_escalation_goes_alone_and_waits_for_a_silence(store: Store) -> None:
    ours = policy(ESCALATING)
    for id in ("a1b2c3", "b1"):
        tell(store, an_alert(id), ours)
    store.save_silence(Silence("3f2a", "anna", "exercise", NOW, NOW + HOUR, channel=("phone",)))
    let_go(store, "phone", ours, NOW + QUARTER)
    waiting = on(store, "phone")
    assert waiting is not None
    assert (waiting.next_try, waiting.cause) == (NOW + HOUR, Cause.ESCALATION)
    let_go(store, "phone", ours, NOW + HOUR)
    for _ in range(2):
        sent = store.claim("phone", NOW + HOUR, HOUR)
        assert sent is not None
        assert sent.alert.kind is AlertKind.NEW
        store.settle(sent.id, DeliveryState.DELIVERED, NOW + HOUR)


def test_it_is_told_anew_every_two_hours_until_somebody_acknowledges(store: Store) -> None:
    ours = policy(NAGGING)
    tell(store, an_alert(), ours)
    for number in (1, 2):
        let_go(store, "desk", ours, NOW + number * 2 * HOUR)
    acknowledge(store)
    let_go(store, "desk", ours, NOW + 6 * HOUR)
    told = reminders(store)
    assert [alert.at for alert, _ in told] == [NOW + 2 * HOUR, NOW + 4 * HOUR, NOW + 6 * HOUR]
    states = [DeliveryState.PENDING, DeliveryState.PENDING, DeliveryState.CANCELLED]
    assert [delivery.state for _, delivery in told] == states
    assert all((a.about, a.title, a.story) == (("a1b2c3",), an_alert().title, "s1") for a, _ in told)


def test_after_two_dozen_reminders_it_is_left_alone(store: Store) -> None:
    ours = policy(NAGGING)
    tell(store, an_alert(), ours)
    for number in range(1, 40):
        let_go(store, "desk", ours, NOW + number * 2 * HOUR)
    assert len(reminders(store)) == MOST


def test_without_the_nag_in_the_settings_the_next_reminder_is_the_last(store: Store) -> None:
    tell(store, an_alert(), policy(NAGGING))
    let_go(store, "desk", policy(Route(to=("desk",))), NOW + 2 * HOUR)
    assert len(reminders(store)) == 1


def test_a_route_without_updates_leaves_them_out(store: Store) -> None:
    tell(store, an_alert(kind=AlertKind.UPDATE), policy(Route(to=("phone",), updates=False), Route(to=("desk",))))
    assert (on(store, "phone"), on(store, "desk") is None) == (None, False)
