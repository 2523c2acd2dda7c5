"""A clock that jumps, and a night in which local time comes twice, lose nothing and hold nothing up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.samples import an_alert
from gatewatch.alerts.backoff import JITTER, LATER_PAUSE
from gatewatch.alerts.delivery import LEASE
from gatewatch.alerts.messages import Message
from gatewatch.alerts.results import Ending
from gatewatch.store import Store
from service.newsstand import open_newsstand

from .rounds import MARKED, Rounds, publish
from .stage import Killed, Stage

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "gatewatch.db")


def queue(stage: Stage, *ids: str) -> None:
    with Store.open(stage.path) as store, store.transaction():
        for id in ids:
            store.queue_alert(an_alert(id, at=stage.now), ["desk"], stage.now)


def killed(message: Message) -> Ending:
    raise Killed


def refused(message: Message) -> Ending:
    return Ending.TRANSIENT


def accepted(message: Message) -> Ending:
    return Ending.DELIVERED


def test_what_was_queued_while_the_clock_was_an_hour_ahead_goes_out_when_it_is_right_again(stage: Stage) -> None:
    stage.now += HOUR
    queue(stage, "a1")
    stage.now -= HOUR
    assert stage.deliver() == 1


def test_a_next_try_that_was_reckoned_an_hour_ahead_is_not_waited_for(stage: Stage) -> None:
    queue(stage, "a1")
    stage.far_end.answer = refused
    stage.now += HOUR
    for _ in range(7):  # the pause is an hour by now
        stage.deliver()
        stage.now = stage.delivery("a1").next_try
    stage.deliver()
    stage.now -= HOUR
    stage.deliver()
    assert stage.delivery("a1").next_try - stage.now <= LATER_PAUSE * (1 + JITTER)


def test_a_wait_that_is_honest_is_kept_when_the_clock_is_corrected_by_seconds(stage: Stage) -> None:
    queue(stage, "a1")
    stage.far_end.answer = refused
    stage.deliver()
    due = stage.delivery("a1").next_try
    stage.now -= timedelta(seconds=5)
    stage.deliver()
    assert stage.delivery("a1").attempts == 1
    assert stage.delivery("a1").next_try == due


def test_a_resend_while_the_clock_was_ahead_goes_out_when_it_is_right_again(stage: Stage) -> None:
    queue(stage, "a1")
    stage.deliver()
    with Store.open(stage.path) as store:
        store.send_again(store.deliveries_of("a1")[0].id, stage.now + HOUR)
    assert stage.deliver() == 1


@pytest.mark.parametrize("jump", [-HOUR, timedelta(0), HOUR], ids=["back", "none", "forth"])
def test_no_jump_makes_a_lease_last_longer_than_it_is(stage: Stage, jump: timedelta) -> None:
    queue(stage, "a1", "a2")
    stage.far_end.answer = killed
    with pytest.raises(Killed):
        stage.deliver()
    stage.far_end.answer = accepted
    stage.now += jump + LEASE
    assert stage.deliver() == 2
    assert stage.far_end.arrived == ["a1", "a2"]


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "forth"])
def test_a_start_takes_back_what_was_in_flight_at_once_whatever_the_clock_says(stage: Stage, jump: timedelta) -> None:
    queue(stage, "a1", "a2")
    stage.far_end.answer = killed
    with pytest.raises(Killed):
        stage.deliver()
    stage.far_end.answer = accepted
    stage.now += jump
    stage.restart()
    assert stage.deliver() == 2
    assert [receipt.result for receipt in stage.receipts("a1")] == ["interrupted", "delivered"]


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "forth"])
def test_a_jump_while_a_message_is_being_sent_loses_and_repeats_nothing(stage: Stage, jump: timedelta) -> None:
    queue(stage, "a1", "a2", "a3")

    def jumping(message: Message) -> Ending:
        if message.alert.id == "a2":
            stage.now += jump
        return Ending.DELIVERED

    stage.far_end.answer = jumping
    assert stage.deliver() == 3
    assert stage.deliver() == 0
    assert stage.far_end.arrived == ["a1", "a2", "a3"]


def test_the_night_in_which_three_o_clock_comes_twice_loses_no_order(stage: Stage) -> None:
    before = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    zone = ZoneInfo("Europe/Helsinki")
    assert before.astimezone(zone).hour == (before + HOUR).astimezone(zone).hour == 3
    ids = [f"a{number}" for number in range(12)]
    stage.far_end.answer = lambda message: Ending.TRANSIENT if stage.now < before + HOUR else Ending.DELIVERED
    for number, id in enumerate(ids):
        stage.now = before + number * timedelta(minutes=10)
        queue(stage, id)
        stage.deliver()
    stage.now += 2 * HOUR
    stage.deliver()
    first, *others = stage.far_end.arrived  # whichever found the channel well again stood aside from its place
    assert others == [id for id in ids if id != first]


@pytest.mark.parametrize("jump", [-1, 1], ids=["back", "forth"])
def test_news_of_an_hour_in_which_the_clock_jumped_are_told_once(tmp_path: Path, words_read_once: None, jump: int) -> None:
    with open_newsstand() as stand:
        stand.publish("a", "Old news")
        rounds = Rounds(tmp_path, stand)
        rounds.go()
        publish(stand)
        for _ in range(3):
            rounds.now += timedelta(hours=jump)
            rounds.go()
            rounds.now += timedelta(minutes=30)
            rounds.go()
        rounds.now += timedelta(hours=6)
        rounds.go()
        assert sorted(rounds.told()) == sorted(MARKED)
