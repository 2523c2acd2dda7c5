from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from gatewatch.model import DeliveryState
from gatewatch.store import OutboxLine, Receipt, Store
from gatewatch.store.outbox import STEPS_ASIDE_AFTER

from .samples import LEASE, NOW, an_alert, claimed, queue

SECOND = timedelta(seconds=1)


def fail(store: Store, delivery_id: int, pause: timedelta = timedelta(hours=1)) -> None:
    store.settle(delivery_id, DeliveryState.PENDING, NOW, NOW + pause, "HTTP 500")


def test_an_alert_gets_one_delivery_for_each_channel(store: Store) -> None:
    queue(store, "a1", channels=["desk", "mail"])
    assert [(d.channel, d.state) for d in store.deliveries_of("a1")] == [
        ("desk", DeliveryState.PENDING),
        ("mail", DeliveryState.PENDING),
    ]


def test_an_alert_that_no_route_takes_is_kept_all_the_same(store: Store) -> None:
    queue(store, "a1", channels=[])
    assert [alert.id for alert in store.alerts(10)] == ["a1"]
    assert store.deliveries_of("a1") == ()


def test_an_alert_that_is_queued_twice_goes_out_once(store: Store) -> None:
    queue(store, "a1")
    queue(store, "a1")
    assert len(store.deliveries_of("a1")) == 1


def test_a_claim_takes_the_oldest_and_counts_the_attempt(store: Store) -> None:
    queue(store, "a1", "a2")
    delivery = claimed(store)
    assert delivery.alert == an_alert("a1")
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENDING, 1)
    assert delivery.lease_until == NOW + LEASE


def test_a_claim_sees_only_its_channel(store: Store) -> None:
    queue(store, "a1", channels=["mail"])
    assert store.claim("desk", NOW, LEASE) is None


def test_nothing_is_claimed_before_its_time(store: Store) -> None:
    queue(store, "a1", at=NOW + SECOND)
    assert store.claim("desk", NOW, LEASE) is None
    assert claimed(store, NOW + SECOND).alert.id == "a1"


def test_a_message_in_flight_holds_up_those_behind_it(store: Store) -> None:
    queue(store, "a1", "a2")
    first = claimed(store)
    assert store.claim("desk", NOW, LEASE) is None
    store.settle(first.id, DeliveryState.DELIVERED, NOW)
    assert claimed(store).alert.id == "a2"


def test_a_message_that_waits_for_its_next_try_keeps_its_place(store: Store) -> None:
    queue(store, "a1", "a2")
    fail(store, claimed(store).id, pause=10 * SECOND)
    assert store.claim("desk", NOW + 9 * SECOND, LEASE) is None
    assert claimed(store, NOW + 10 * SECOND).alert.id == "a1"


def test_a_message_that_a_channel_chokes_on_steps_aside(store: Store) -> None:
    queue(store, "poison", "a2")
    for _ in range(STEPS_ASIDE_AFTER):
        delivery = claimed(store)
        assert delivery.alert.id == "poison"
        fail(store, delivery.id, pause=timedelta(0))
    fail(store, claimed(store).id)
    assert claimed(store).alert.id == "a2"


def test_a_message_that_stepped_aside_still_gets_its_tries(store: Store) -> None:
    queue(store, "poison", "a2")
    for _ in range(STEPS_ASIDE_AFTER):
        fail(store, claimed(store).id, pause=timedelta(0))
    assert claimed(store, NOW).alert.id == "poison"


def test_a_permanent_failure_lets_the_next_one_pass(store: Store) -> None:
    queue(store, "a1", "a2")
    store.settle(claimed(store).id, DeliveryState.FAILED, NOW, error="HTTP 404")
    assert claimed(store).alert.id == "a2"
    assert store.deliveries_of("a1")[0].last_error == "HTTP 404"


def test_a_claim_whose_courier_died_is_given_back_when_its_lease_ends(store: Store) -> None:
    queue(store, "a1")
    claimed(store)
    assert store.release_expired(NOW + LEASE - SECOND) == 0
    assert store.claim("desk", NOW + LEASE - SECOND, LEASE) is None
    assert store.release_expired(NOW + LEASE) == 1
    again = claimed(store, NOW + LEASE)
    assert (again.alert.id, again.attempts) == ("a1", 2)
    assert [receipt.result for receipt in store.receipts_of(again.id)] == ["interrupted"]


def test_what_is_delivered_is_never_claimed_again(store: Store) -> None:
    queue(store, "a1")
    delivery = claimed(store)
    store.settle(delivery.id, DeliveryState.DELIVERED, NOW + SECOND)
    assert store.release_expired(NOW + timedelta(days=9)) == 0
    assert store.claim("desk", NOW + timedelta(days=9), LEASE) is None
    assert store.deliveries_of("a1")[0].delivered_at == NOW + SECOND


def test_each_attempt_leaves_a_receipt(store: Store) -> None:
    queue(store, "a1")
    delivery = claimed(store)
    store.settle(delivery.id, DeliveryState.PENDING, NOW + SECOND, NOW + 11 * SECOND, "HTTP 500: oops")
    claimed(store, NOW + 11 * SECOND)
    store.settle(delivery.id, DeliveryState.DELIVERED, NOW + 12 * SECOND)
    assert store.receipts_of(delivery.id) == (
        Receipt(NOW, NOW + SECOND, "pending", "HTTP 500: oops"),
        Receipt(NOW + 11 * SECOND, NOW + 12 * SECOND, "delivered", ""),
    )


@pytest.mark.parametrize(
    ("state", "next_try"), [(DeliveryState.PENDING, None), (DeliveryState.DELIVERED, NOW)]
)
def test_only_what_stays_pending_has_a_next_try(store: Store, state: DeliveryState, next_try: object) -> None:
    queue(store, "a1")
    with pytest.raises(ValueError, match="next try"):
        store.settle(claimed(store).id, state, NOW, next_try)  # type: ignore[arg-type]


def test_a_channel_that_answers_again_need_not_wait_for_the_hour(store: Store) -> None:
    queue(store, "a1")
    fail(store, claimed(store).id, pause=timedelta(hours=1))
    assert store.hasten("desk", NOW + SECOND) == 1
    assert claimed(store, NOW + SECOND).alert.id == "a1"


def test_the_next_due_moment_is_that_of_the_message_whose_turn_it_is(store: Store) -> None:
    assert store.next_due("desk") is None
    queue(store, "a1", "a2")
    assert store.next_due("desk") == NOW
    delivery = claimed(store)
    assert store.next_due("desk") == NOW + LEASE
    fail(store, delivery.id, pause=10 * SECOND)
    assert store.next_due("desk") == NOW + 10 * SECOND


def test_alerts_come_newest_first_and_since_a_moment(store: Store) -> None:
    for hours, id in enumerate(("a1", "a2", "a3")):
        queue(store, id, at=NOW + timedelta(hours=hours))
    assert [alert.id for alert in store.alerts(2)] == ["a3", "a2"]
    assert [alert.id for alert in store.alerts(9, since=NOW + timedelta(hours=1))] == ["a3", "a2"]


def test_the_summary_counts_each_state_of_each_channel(store: Store) -> None:
    queue(store, "a1", "a2", channels=["desk", "mail"])
    store.settle(claimed(store).id, DeliveryState.DELIVERED, NOW + SECOND)
    assert set(store.outbox_summary()) == {
        OutboxLine("desk", DeliveryState.DELIVERED, 1, NOW + SECOND),
        OutboxLine("desk", DeliveryState.PENDING, 1, None),
        OutboxLine("mail", DeliveryState.PENDING, 2, None),
    }


def test_couriers_that_race_for_a_channel_never_get_the_same_delivery(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(path, durable=False) as store:
        queue(store, *(f"a{number:02}" for number in range(40)))
    taken: list[str] = []
    faults: list[Exception] = []

    def deliver() -> None:
        try:
            with Store.open(path, durable=False) as store:
                while store.next_due("desk") is not None:
                    if delivery := store.claim("desk", NOW, LEASE):
                        taken.append(delivery.alert.id)
                        store.settle(delivery.id, DeliveryState.DELIVERED, NOW)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert taken == [f"a{number:02}" for number in range(40)]
