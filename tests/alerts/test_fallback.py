"""Where a channel does not answer, another one is told as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.local import FileSink
from gatewatch.alerts.policy import Policy
from gatewatch.alerts.queueing import queue as queue_by_routes
from gatewatch.model import AlertKind, Cause, Channel, Delivery, DeliveryState, QuietHours, Route, Rule, Severity
from gatewatch.store import Store

from .far_ends import Webhook, webhook
from .samples import NOW, an_alert, queue

RULE = Rule("fi-closure", "Finland closes", Severity.HIGH, country=("FI",))
POLICY = Policy(
    {"desk": Channel("desk", "apprise", fallback="file"), "file": Channel("file", "file")},
    rules={RULE.id: RULE},
)


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gatewatch.db"


@pytest.fixture
def far_end() -> Iterator[Webhook]:
    with webhook() as opened:
        yield opened


def desk(path: Path, far_end: Webhook, clock: Hands, policy: Policy = POLICY) -> Courier:
    address = far_end.address.replace("http://", "json://")
    return Courier(path, "desk", open_channel(Channel("desk", "apprise", secret="x"), address), clock, policy)


def deliveries(path: Path, alert: str = "a1b2c3") -> dict[str, Delivery]:
    with Store.open(path, read_only=True) as store:
        return {each.channel: each for each in store.deliveries_of(alert)}


def test_what_fails_for_good_goes_to_the_fallback_and_arrives_there(path: Path, far_end: Webhook) -> None:
    far_end.answers = [(404, "no_service")]
    queue(path, an_alert())
    clock = Hands()
    desk(path, far_end, clock).deliver_due(NOW)
    there = deliveries(path)
    assert there["desk"].state is DeliveryState.FAILED
    assert there["file"].cause is Cause.FALLBACK
    assert there["file"].reason == "desk does not answer: HTTP 404: no_service"
    out = path.parent / "alerts.jsonl"
    assert Courier(path, "file", FileSink(out), clock, POLICY).deliver_due(NOW) == 1
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "a1b2c3"


def test_the_third_failure_in_a_row_tells_the_fallback_once_and_the_first_goes_on_trying(
    path: Path, far_end: Webhook
) -> None:
    far_end.answers = [(500, "oops")] * 4
    queue(path, an_alert())
    clock = Hands()
    ours = desk(path, far_end, clock)
    for attempt in range(1, 5):
        ours.deliver_due(clock.now)
        assert ("file" in deliveries(path)) == (attempt >= 3)
        clock.now = deliveries(path)["desk"].next_try
    assert ours.deliver_due(clock.now) == 1
    assert deliveries(path)["desk"].state is DeliveryState.DELIVERED
    assert len(deliveries(path)) == 2


def test_what_the_fallback_got_before_is_not_queued_again(path: Path, far_end: Webhook) -> None:
    far_end.answers = [(404, "no_service")]
    queue(path, an_alert(), channels=("desk", "file"))
    desk(path, far_end, Hands()).deliver_due(NOW)
    assert deliveries(path)["file"].cause is Cause.NONE


def test_a_fallback_that_rests_is_told_in_the_morning(path: Path, far_end: Webhook) -> None:
    far_end.answers = [(404, "no_service")]
    queue(path, an_alert(severity=Severity.HIGH))
    quiet = (QuietHours(time(13), time(15), channel=("file",)),)
    desk(path, far_end, Hands(), Policy(POLICY.channels, rules=POLICY.rules, quiet=quiet)).deliver_due(NOW)
    there = deliveries(path)["file"]
    assert (there.state, there.next_try) == (DeliveryState.HELD, datetime(2023, 11, 16, 15, tzinfo=UTC))
    assert there.reason == "desk does not answer: HTTP 404: no_service; quiet hours until 15:00"


def test_a_drill_asks_whether_this_channel_works_and_does_not_fall_back(path: Path, far_end: Webhook) -> None:
    far_end.answers = [(404, "no_service")]
    queue(path, an_alert(kind=AlertKind.DRILL))
    desk(path, far_end, Hands()).deliver_due(NOW)
    assert list(deliveries(path)) == ["desk"]


def test_a_courier_lets_go_what_its_channel_holds(path: Path, far_end: Webhook) -> None:
    quiet = (QuietHours(time(13), time(15)),)
    routed = Policy(POLICY.channels, (Route(to=("desk",)),), POLICY.rules, quiet)
    with Store.open(path) as store, store.transaction():
        for id in ("a1", "a2"):
            queue_by_routes(store, an_alert(id, severity=Severity.HIGH), RULE, routed, NOW)
    clock = Hands()
    ours = desk(path, far_end, clock, routed)
    assert ours.deliver_due(NOW) == 0
    clock.now = NOW + timedelta(hours=1)
    assert ours.deliver_due(clock.now) == 1
    assert "2 alerts that were held" in far_end.received[0]["title"]
