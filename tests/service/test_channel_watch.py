"""A channel that does not deliver, and alerts that were given up: the operator hears of each once, on a channel that works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alerts.far_ends import Webhook, webhook

from .installation import Installation
from .newsstand import Newsstand
from .rounds import Rounds

MINUTE = timedelta(minutes=1)
OPERATOR = 'operator = ["file"]\ntimezone = "Europe/Helsinki"\n'


@pytest.fixture
def far_end() -> Iterator[Webhook]:
    with webhook() as opened:
        yield opened


@pytest.fixture
def rounds(installation: Installation, newsstand: Newsstand, far_end: Webhook) -> Rounds:
    """The first poll is done; `hook` is the channel that will fail, `file` that of the operator."""
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), top=OPERATOR, webhook=far_end.address.replace("http://", "json://"))
    rounds.round()
    return rounds


def test_a_channel_that_failed_three_times_is_told_once_and_so_is_its_recovery(
    rounds: Rounds, newsstand: Newsstand, far_end: Webhook
) -> None:
    newsstand.publish("a", "First gatekeyword1", "Second gatekeyword2")
    far_end.answers = [(503, "down for repairs")] * 5
    for _ in range(2):
        rounds.round(MINUTE)
    assert rounds.told() == []
    for _ in range(3):  # each round is a start of its own: what was told is remembered
        rounds.round(5 * MINUTE)
    (told,) = rounds.told()
    assert told.startswith("[medium] Gatewatch itself – channel hook does not deliver since 14:01: HTTP 503")
    assert told.endswith("; 2 alerts wait; they are kept for 72 hours")
    rounds.round(60 * MINUTE)
    rounds.round(60 * MINUTE)
    assert rounds.told()[1:] == ["[info] Gatewatch itself – recovered: channel hook delivers again, 2 alerts were late"]
    assert len([payload for payload in far_end.received if "gatekeyword" in payload["title"]]) == 5 + 2


def test_one_failure_is_no_trouble_and_one_that_lasts_is(rounds: Rounds, newsstand: Newsstand, far_end: Webhook) -> None:
    newsstand.publish("a", "First gatekeyword1")
    far_end.answers = [(429, "slow down")] * 2
    rounds.round(MINUTE)
    assert rounds.told() == []
    rounds.round(16 * MINUTE)
    assert "channel hook does not deliver since 14:01" in rounds.told()[0]
    assert "1 alert waits; it is kept for 72 hours" in rounds.told()[0]


def test_an_alert_that_was_given_up_is_told_once_with_what_to_do(
    rounds: Rounds, newsstand: Newsstand, far_end: Webhook
) -> None:
    newsstand.publish("a", "First gatekeyword1")
    far_end.answers = [(404, "no_service")]
    rounds.round(MINUTE)
    with rounds.store() as store:
        lost = next(alert for alert in store.alerts(5) if alert.rule == "gatekeyword")
    rounds.round(MINUTE)
    (told,) = rounds.told()
    assert f"channel hook never got alert {lost.id} “First gatekeyword1”: HTTP 404" in told
    assert told.endswith(f"to send it again: gatewatch alerts resend {lost.id}")


def test_several_that_were_given_up_are_told_together_and_the_channel_is_in_trouble(
    rounds: Rounds, newsstand: Newsstand, far_end: Webhook
) -> None:
    newsstand.publish("a", *(f"News gatekeyword{number} of today" for number in range(8)))
    far_end.answers = [(404, "no_service")] * 8
    rounds.round(MINUTE)
    trouble, losses = rounds.told()
    assert "channel hook does not deliver since 14:01: HTTP 404" in trouble
    assert "wait" not in trouble
    assert "channel hook never got alert" in losses
    whole = rounds.installation.messages()[-1]["text"]
    assert whole.count("never got alert") == 5
    assert "- and 3 more\n- to send one again: gatewatch alerts resend ID" in whole


def test_what_was_sent_again_and_lost_again_is_told_again(
    rounds: Rounds, newsstand: Newsstand, far_end: Webhook
) -> None:
    newsstand.publish("a", "First gatekeyword1")
    far_end.answers = [(404, "no_service")] * 2
    rounds.round(MINUTE)
    with rounds.store() as store:
        lost = next(alert for alert in store.alerts(5) if alert.rule == "gatekeyword")
        store.send_again(store.deliveries_of(lost.id)[1].id, rounds.now)
    rounds.round(MINUTE)
    assert sum("never got alert" in told for told in rounds.told()) == 2


def test_an_operators_channel_that_fails_does_not_tell_of_its_own_messages_for_ever(
    installation: Installation, newsstand: Newsstand, far_end: Webhook
) -> None:
    rounds = Rounds(installation)
    both = OPERATOR.replace('["file"]', '["hook", "file"]')
    rounds.configure(newsstand.url("a"), top=both, webhook=far_end.address.replace("http://", "json://"))
    rounds.round()
    newsstand.publish("a", *(f"News gatekeyword{number} of today" for number in range(3)))
    far_end.answers = [(404, "no_service")] * 50
    for _ in range(6):
        rounds.round(MINUTE)
    assert len(rounds.told()) == 2  # the trouble and the losses, on the channel that works
    lost = [payload["title"] for payload in far_end.received]
    assert sum("Gatewatch" in title for title in lost) == 2  # and each tried once on the one that doesn't


def test_without_an_operators_channel_it_is_kept_for_the_status(
    installation: Installation, newsstand: Newsstand, far_end: Webhook
) -> None:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), webhook=far_end.address.replace("http://", "json://"))
    rounds.round()
    newsstand.publish("a", *(f"News gatekeyword{number} of today" for number in range(3)))
    far_end.answers = [(404, "no_service")] * 3
    rounds.round(MINUTE)
    with rounds.store() as store:
        assert any("channel hook does not deliver" in notice.text for notice in store.notices(9))
