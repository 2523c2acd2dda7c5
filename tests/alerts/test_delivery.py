from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import LEASE, Courier
from gatewatch.alerts.messages import USUAL, Family, Message
from gatewatch.alerts.results import Result
from gatewatch.model import Channel, Delivery, DeliveryState
from gatewatch.store import Store

from .far_ends import Webhook, webhook
from .samples import NOW, an_alert, queue

STEP = timedelta(seconds=15)


class Hands:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gatewatch.db"


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def far_end() -> Iterator[Webhook]:
    with webhook() as opened:
        yield opened


def courier(path: Path, far_end: Webhook, clock: Hands) -> Courier:
    address = far_end.address.replace("http://", "json://")
    return Courier(path, "desk", open_channel(Channel("desk", "apprise", secret="x"), address), clock)


def titles(far_end: Webhook) -> list[str]:
    return [payload["title"].rpartition(" ")[2] for payload in far_end.received]


def delivery_of(path: Path, alert: str) -> Delivery:
    with Store.open(path, read_only=True) as store:
        return store.deliveries_of(alert)[0]


def test_what_is_due_is_delivered_in_the_order_in_which_it_was_queued(
    path: Path, far_end: Webhook, clock: Hands
) -> None:
    queue(path, *(an_alert(f"a{number}", title=f"n{number}") for number in range(5)))
    assert courier(path, far_end, clock).deliver_due(NOW) == 5
    assert titles(far_end) == ["n0", "n1", "n2", "n3", "n4"]
    assert delivery_of(path, "a4").state is DeliveryState.DELIVERED
    assert courier(path, far_end, clock).deliver_due(NOW) == 0


def test_a_500_is_tried_again_and_keeps_the_order(path: Path, far_end: Webhook, clock: Hands) -> None:
    far_end.answers = [(500, "oops")]
    queue(path, an_alert("a1", title="first"), an_alert("a2", title="second"))
    ours = courier(path, far_end, clock)
    assert ours.deliver_due(NOW) == 0
    waiting = delivery_of(path, "a1")
    assert (waiting.state, waiting.attempts) == (DeliveryState.PENDING, 1)
    assert waiting.last_error == "HTTP 500: oops"
    assert delivery_of(path, "a2").attempts == 0
    clock.now += STEP
    assert ours.deliver_due(clock.now) == 2
    assert titles(far_end) == ["first", "first", "second"]


def test_a_404_fails_at_once_tells_the_operator_and_lets_the_next_one_pass(
    path: Path, far_end: Webhook, clock: Hands
) -> None:
    far_end.answers = [(404, "no_service")]
    queue(path, an_alert("a1", title="first"), an_alert("a2", title="second"))
    assert courier(path, far_end, clock).deliver_due(NOW) == 1
    assert delivery_of(path, "a1").state is DeliveryState.FAILED
    with Store.open(path) as store:
        notice = store.notices(1)[0]
        assert notice.source == "desk"
        assert "alert a1 was given up (failed): HTTP 404: no_service" in notice.text


def test_a_message_that_is_always_refused_does_not_silence_the_channel(
    path: Path, far_end: Webhook, clock: Hands
) -> None:
    far_end.answers = [(500, "")] * 5
    queue(path, an_alert("a1", title="poison"), an_alert("a2", title="second"))
    ours = courier(path, far_end, clock)
    for _ in range(5):
        ours.deliver_due(clock.now)
        clock.now = delivery_of(path, "a1").next_try
    assert titles(far_end) == ["poison"] * 5 + ["second"]


def test_after_an_outage_of_72_hours_everything_arrives(path: Path, clock: Hands) -> None:
    queue(path, an_alert("a1"), an_alert("a2"))
    with webhook() as far_end:
        far_end.answers = [(503, "")] * 1000
        ours = courier(path, far_end, clock)
        while clock.now < NOW + timedelta(hours=72):
            ours.deliver_due(clock.now)
            with Store.open(path) as store:
                due = store.next_due("desk")
            assert due is not None
            clock.now = max(due, clock.now + timedelta(seconds=1))
        far_end.answers = []
        assert ours.deliver_due(clock.now) >= 1
        clock.now += timedelta(seconds=1)
        ours.deliver_due(clock.now)
    assert delivery_of(path, "a1").state is DeliveryState.DELIVERED
    assert delivery_of(path, "a2").state is DeliveryState.DELIVERED
    assert "delayed 3 d" in far_end.received[-1]["message"]


def test_a_message_that_a_dead_courier_had_in_hand_is_sent_when_its_lease_ends(
    path: Path, far_end: Webhook, clock: Hands
) -> None:
    queue(path, an_alert("a1"))
    with Store.open(path) as killed:
        killed.claim("desk", NOW, LEASE)
    ours = courier(path, far_end, clock)
    assert ours.deliver_due(NOW) == 0
    assert ours.deliver_due(NOW + LEASE) == 1
    assert delivery_of(path, "a1").attempts == 2


def test_a_fault_in_a_sink_is_an_attempt_that_failed(path: Path, clock: Hands) -> None:
    class Broken:
        family = Family.PLAIN
        budget = USUAL

        def send(self, message: Message) -> Result:
            raise ZeroDivisionError

    queue(path, an_alert("a1"))
    assert Courier(path, "desk", Broken(), clock).deliver_due(NOW) == 0
    waiting = delivery_of(path, "a1")
    assert (waiting.state, waiting.last_error) == (DeliveryState.PENDING, "ZeroDivisionError")


def test_a_running_courier_delivers_when_woken_and_stops_when_told(
    path: Path, far_end: Webhook, clock: Hands
) -> None:
    Store.open(path).close()
    stop, wake = threading.Event(), threading.Event()
    thread = threading.Thread(target=courier(path, far_end, clock).run, args=[stop, wake])
    thread.start()
    try:
        queue(path, an_alert("a1", title="first"))
        wake.set()
        wait_until(lambda: titles(far_end) == ["first"])
        queue(path, an_alert("a2", title="second"))
        wake.set()
        wait_until(lambda: titles(far_end) == ["first", "second"])
    finally:
        stop.set()
        wake.set()
        thread.join(10)
    assert not thread.is_alive()
    assert delivery_of(path, "a2").state is DeliveryState.DELIVERED


def test_an_idle_courier_uses_no_time_of_the_processor(path: Path, far_end: Webhook, clock: Hands) -> None:
    Store.open(path).close()
    stop, wake = threading.Event(), threading.Event()
    used: list[float] = []

    def run() -> None:
        courier(path, far_end, clock).run(stop, wake)
        used.append(time.thread_time())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.5)
    stop.set()
    wake.set()
    thread.join(10)
    assert used[0] < 0.25  # opening the database; a loop that spins would have used it all


def test_each_channel_has_its_own_queue(path: Path, far_end: Webhook, clock: Hands, tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    far_end.answers = [(500, "")]
    queue(path, an_alert("a1"), channels=["desk", "file"])
    courier(path, far_end, clock).deliver_due(NOW)
    sink = open_channel(Channel("file", "file", options={"path": str(told)}), None)
    assert Courier(path, "file", sink, clock).deliver_due(NOW) == 1
    assert json.loads(told.read_text())["id"] == "a1"


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
