"""What is held goes out at its hour: alone, together, later still, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gatewatch.alerts.letting_go import let_go
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.queueing import queue
from gatewatch.alerts.silencing import tell_ended
from gatewatch.model import (
    Alert,
    AlertKind,
    Cause,
    Channel,
    Delivery,
    DeliveryState,
    QuietHours,
    Route,
    Rule,
    Severity,
    Silence,
)
from gatewatch.store import Store

from .samples import an_alert

EVENING = datetime(2023, 11, 16, 20, tzinfo=UTC)  # 22:00 in Helsinki
SEVEN = datetime(2023, 11, 17, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
HIGH = Severity.HIGH
POLICY = Policy(
    channels={name: Channel(name, "console", cap=3) for name in ("desk", "mail", "log")},
    routes=(Route(to=("desk",)),),
    quiet=(QuietHours(time(22), time(7)),),
    operator=("log",),
    zone=ZoneInfo("Europe/Helsinki"),
)
MORNING = Rule("storskog", "Storskog", HIGH, any=("Storskog",), send="digest 08:00")
EIGHT = SEVEN + HOUR


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def tell(store: Store, *alerts: Alert, now: datetime = EVENING, policy: Policy = POLICY, rule: Rule | None = None) -> None:
    with store.transaction():
        for alert in alerts:
            queue(store, alert, rule, policy, now)


def only(store: Store, alert: str) -> Delivery:
    (delivery,) = store.deliveries_of(alert)
    return delivery


def pending(store: Store, channel: str, now: datetime) -> list[Alert]:
    found = []
    while delivery := store.claim(channel, now, HOUR):
        found.append(delivery.alert)
        store.settle(delivery.id, DeliveryState.DELIVERED, now)
    return found


def a_silence(**fields: object) -> Silence:
    return replace(Silence("3f2a", "anna", "exercise", EVENING - HOUR, EVENING + HOUR), **fields)  # type: ignore[arg-type]


def test_what_is_held_over_night_goes_out_at_seven(store: Store) -> None:
    tell(store, an_alert("a1", severity=HIGH))
    let_go(store, "desk", POLICY, SEVEN - timedelta(seconds=1))
    assert pending(store, "desk", SEVEN) == []
    let_go(store, "desk", POLICY, SEVEN)
    assert [alert.id for alert in pending(store, "desk", SEVEN)] == ["a1"]
    assert only(store, "a1").reason == "quiet hours until 07:00"


def test_several_are_one_digest_as_loud_as_the_loudest(store: Store) -> None:
    low = an_alert("a1", severity=Severity.LOW, title="A fence is built", event=None, says="Fences")
    loud = an_alert("a2", severity=HIGH, title="Four crossings close")
    tell(store, low, loud)
    let_go(store, "desk", POLICY, SEVEN)
    (digest,) = pending(store, "desk", SEVEN)
    assert (digest.kind, digest.severity, digest.country) == (AlertKind.DIGEST, HIGH, "FI")
    assert digest.about == ("a2", "a1")
    assert digest.facts == (
        "high, FI: closure announced – Four crossings close",
        "low, FI: Fences – A fence is built",
    )
    assert digest.title == "quiet hours until 07:00"
    for id in ("a1", "a2"):
        assert (only(store, id).state, only(store, id).reason) == (DeliveryState.JOINED, f"in digest {digest.id}")


def test_letting_go_twice_tells_once(store: Store) -> None:
    tell(store, an_alert("a1", severity=HIGH), an_alert("a2", severity=HIGH))
    for _ in range(2):
        let_go(store, "desk", POLICY, SEVEN)
    assert len(pending(store, "desk", SEVEN)) == 1


def test_a_crash_in_the_middle_leaves_all_of_it_held(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(store, an_alert("a1", severity=HIGH), an_alert("a2", severity=HIGH))

    def falls(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "end_held", falls)
        with pytest.raises(OSError, match="full"):
            let_go(store, "desk", POLICY, SEVEN)
    assert {only(store, id).state for id in ("a1", "a2")} == {DeliveryState.HELD}
    assert [alert.kind for alert in store.alerts(9)] == [AlertKind.NEW] * 2


def test_each_channel_lets_its_own_go(store: Store) -> None:
    policy = replace(POLICY, routes=(Route(to=("desk", "mail")),))
    tell(store, an_alert("a1", severity=HIGH), policy=policy)
    let_go(store, "desk", policy, SEVEN)
    states = {each.channel: each.state for each in store.deliveries_of("a1")}
    assert states == {"desk": DeliveryState.PENDING, "mail": DeliveryState.HELD}


def test_the_digest_comes_at_eight_apart_from_what_the_night_held(store: Store) -> None:
    policy = replace(POLICY, rules={"storskog": MORNING})
    tell(store, *(an_alert(id, rule="storskog", severity=HIGH) for id in ("d1", "d2")), rule=MORNING, policy=policy)
    tell(store, an_alert("a1", severity=HIGH), policy=policy)
    let_go(store, "desk", policy, EIGHT)  # the machine slept at seven
    single, digest = pending(store, "desk", EIGHT)
    assert (single.id, digest.about) == ("a1", ("d1", "d2"))
    assert digest.title == "for the digest at 08:00"


def test_a_storm_is_told_together_at_the_end_of_its_hour(store: Store) -> None:
    noon = datetime(2023, 11, 16, 12, tzinfo=UTC)
    tell(store, *(an_alert(f"a{number}", severity=HIGH) for number in range(3)), now=noon)
    assert len(pending(store, "desk", noon)) == 3
    later = noon + timedelta(minutes=20)
    tell(store, *(an_alert(f"b{number}", severity=HIGH) for number in range(4)), now=later)
    assert pending(store, "desk", later) == []
    assert store.next_due("desk") == noon + HOUR
    let_go(store, "desk", POLICY, noon + HOUR)
    (digest,) = pending(store, "desk", noon + HOUR)
    assert (digest.title, len(digest.about)) == ("more than 3 alerts in an hour", 4)


def test_what_a_silence_held_still_waits_for_the_morning(store: Store) -> None:
    store.save_silence(a_silence())
    tell(store, an_alert("a1", severity=HIGH))
    assert only(store, "a1").cause is Cause.SILENCE
    let_go(store, "desk", POLICY, EVENING + HOUR)
    assert (only(store, "a1").state, only(store, "a1").next_try) == (DeliveryState.HELD, SEVEN)
    assert (only(store, "a1").cause, only(store, "a1").reason) == (Cause.QUIET, "quiet hours until 07:00")


def test_a_silence_that_was_ended_early_lets_go_what_it_held(store: Store) -> None:
    store.save_silence(a_silence())
    tell(store, an_alert("a1"))
    store.save_silence(a_silence(ends=EVENING + timedelta(minutes=5)))
    store.look_again_at_silenced(EVENING + timedelta(minutes=5))
    let_go(store, "desk", POLICY, EVENING + timedelta(minutes=5))
    assert [alert.id for alert in pending(store, "desk", EVENING + HOUR)] == ["a1"]


def test_a_silence_that_drops_mutes_what_was_waiting(store: Store) -> None:
    tell(store, an_alert("a1", severity=HIGH))
    store.save_silence(a_silence(ends=SEVEN + HOUR, drop=True))
    let_go(store, "desk", POLICY, SEVEN)
    assert only(store, "a1").state is DeliveryState.MUTED
    assert only(store, "a1").reason == "silence 3f2a by anna until 2023-11-17 08:00: exercise"


def test_the_operator_hears_once_that_a_silence_ended_and_what_it_held(store: Store) -> None:
    store.save_silence(a_silence(rule=("fi-closure",)))
    tell(store, an_alert("a1"), an_alert("a2"), an_alert("a3", rule="other"))
    tell_ended(store, POLICY, EVENING + HOUR / 2)
    assert pending(store, "log", EVENING + HOUR) == []
    for _ in range(2):
        tell_ended(store, POLICY, EVENING + HOUR)
    (told,) = pending(store, "log", EVENING + HOUR)
    assert told.title == "silence 3f2a by anna ended (exercise): it held 2 alerts"
    assert store.notices(1)[0].text == told.title


def test_the_operator_hears_what_a_silence_dropped(store: Store) -> None:
    store.save_silence(a_silence(drop=True))
    tell(store, an_alert("a1"))
    tell_ended(store, POLICY, EVENING + HOUR)
    (told,) = pending(store, "log", EVENING + HOUR)
    assert told.title.endswith("it dropped 1 alert")
