from __future__ import annotations

from datetime import timedelta

import pytest

from gatewatch.alerts.backoff import ATTEMPTS, LONG_ENOUGH, UNSURE_ATTEMPTS, Tries, next_step, tries_in
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Delivery, DeliveryState
from gatewatch.store import Receipt

from .samples import NOW, an_alert


def after(attempts: int, ending: Ending, id: int = 7, wait: timedelta | None = None) -> timedelta:
    """The pause before the next try."""
    step = next_step(delivery(attempts, id), Result(ending, wait=wait), NOW, Tries(NOW, attempts - 1))
    assert step.state is DeliveryState.PENDING
    assert step.at is not None
    return step.at - NOW


def delivery(attempts: int, id: int = 7) -> Delivery:
    return Delivery(id, an_alert(), "desk", DeliveryState.SENDING, attempts, NOW)


#: Attempts for as long as anything is tried.
LONG = Tries(NOW - LONG_ENOUGH)


def state_after(attempts: int, ending: Ending, before: Tries) -> DeliveryState:
    return next_step(delivery(attempts), Result(ending), NOW, before).state


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 30), (3, 120), (4, 600), (5, 1800), (6, 3600), (50, 3600)]
)
def test_the_pauses_grow_to_an_hour_and_stay(attempts: int, seconds: float) -> None:
    assert seconds <= after(attempts, Ending.TRANSIENT).total_seconds() <= seconds * 1.1


def test_channels_that_broke_together_do_not_come_back_all_at_once() -> None:
    assert len({after(6, Ending.TRANSIENT, id) for id in range(50)}) > 40


def test_the_pause_is_the_same_each_time_it_is_asked() -> None:
    assert after(6, Ending.TRANSIENT) == after(6, Ending.TRANSIENT)


def test_a_channel_that_is_out_for_72_hours_still_gets_its_message() -> None:
    total = sum((after(attempts, Ending.TRANSIENT) for attempts in range(1, ATTEMPTS)), timedelta(0))
    assert total >= timedelta(hours=72)


def test_after_that_it_failed() -> None:
    assert state_after(ATTEMPTS, Ending.TRANSIENT, LONG) is DeliveryState.FAILED


def test_where_it_may_have_arrived_it_is_repeated_less_often() -> None:
    pauses = [after(attempts, Ending.UNKNOWN) for attempts in range(1, UNSURE_ATTEMPTS)]
    assert pauses[0] >= timedelta(minutes=2)
    assert len(pauses) < 15
    assert sum(pauses, timedelta(0)) >= timedelta(hours=66)
    assert state_after(UNSURE_ATTEMPTS, Ending.UNKNOWN, Tries(LONG.first, UNSURE_ATTEMPTS - 1)) is DeliveryState.UNKNOWN


def test_a_far_end_that_names_a_wait_gets_it() -> None:
    assert after(1, Ending.TRANSIENT, wait=timedelta(minutes=1)) >= timedelta(minutes=1)
    assert after(6, Ending.TRANSIENT, wait=timedelta(minutes=1)) >= timedelta(hours=1)


def test_a_permanent_failure_is_not_tried_again() -> None:
    assert state_after(1, Ending.PERMANENT, Tries()) is DeliveryState.FAILED


def test_attempts_that_were_used_up_within_hours_are_not_the_end() -> None:
    soon = Tries(NOW - LONG_ENOUGH + timedelta(hours=1))
    assert state_after(10 * ATTEMPTS, Ending.TRANSIENT, soon) is DeliveryState.PENDING


def test_one_answer_that_did_not_come_in_a_long_outage_is_not_the_end() -> None:
    assert state_after(UNSURE_ATTEMPTS + 5, Ending.UNKNOWN, LONG) is DeliveryState.PENDING


def test_receipts_of_before_a_resend_do_not_count() -> None:
    results = ["unsure", "failed", "interrupted", "unsure", "pending"]
    receipts = [Receipt(NOW, NOW + n * timedelta(hours=1), result, "") for n, result in enumerate(results)]
    assert tries_in(receipts) == Tries(NOW + timedelta(hours=2), unsure=1)
    assert tries_in(receipts[:2]) == Tries()
