"""A webhook gets one JSON object a message, and its status code says what becomes of the delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending, Result
from gatewatch.alerts.webhook import asked_for
from gatewatch.model import Alert, Channel

from .far_ends import closed_port, webhook
from .samples import NOW, a_hostile_alert, an_alert

HOOK = Channel("hook", "webhook", secret="hook")


def send(address: str, alert: Alert) -> Result:
    sink = open_channel(HOOK, address)
    return sink.send(render(alert, sink.family, NOW, sink.budget))


def test_an_alert_arrives_as_one_object_with_a_name_for_everything() -> None:
    with webhook() as far_end:
        assert send(far_end.address, an_alert()).ending is Ending.DELIVERED
    (told,) = far_end.received
    alert = an_alert()
    assert (told["id"], told["country"], told["event"]) == (alert.id, alert.country, alert.event)
    assert told["facts"] == list(alert.facts)
    assert told["quote"] == alert.quote


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        (204, Ending.DELIVERED),
        (302, Ending.PERMANENT),
        (404, Ending.PERMANENT),
        (410, Ending.PERMANENT),
        (408, Ending.TRANSIENT),
        (429, Ending.TRANSIENT),
        (503, Ending.TRANSIENT),
    ],
)
def test_the_status_says_whether_to_try_again(code: int, ending: Ending) -> None:
    with webhook((code, "" if code == 204 else "said so")) as far_end:
        result = send(far_end.address, an_alert())
    assert result.ending is ending
    assert far_end.paths == ["/services/T000/B000/s3cr3tToken"], "a redirect was followed"
    assert "s3cr3tToken" not in result.detail


def test_a_pause_that_is_asked_for_is_kept() -> None:
    with webhook((503, "later")) as far_end:
        far_end.retry_after = "90"
        assert send(far_end.address, an_alert()).wait == timedelta(seconds=90)


def test_nobody_there_is_tried_again() -> None:
    assert send(f"http://127.0.0.1:{closed_port()}/x", an_alert()).ending is Ending.TRANSIENT


def test_hostile_text_arrives_as_plain_lines_without_what_cannot_be_seen() -> None:
    with webhook() as far_end:
        assert send(far_end.address, a_hostile_alert()).ending is Ending.DELIVERED
    (told,) = far_end.received
    for name in ("title", "heading", "headline", "quote", "source", "change"):
        seen = told[name].replace("\u2060", "")  # breaks @here
        assert seen == "" or seen.isprintable(), name
        assert len(told[name]) <= 1500, name
    assert told["url"] == "" or told["url"].startswith("http")


@pytest.mark.parametrize("secret", ["", "not an address", "ftp://example.com/x", "https://", "https://[", "http://example.com/x"])
def test_a_secret_that_is_no_address_is_told_at_the_start(secret: str) -> None:
    with pytest.raises(BadChannel):
        open_channel(HOOK, secret)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("90", timedelta(seconds=90)),
        ("999999999999", timedelta(hours=1)),
        ("Thu, 16 Nov 2023 14:05:00 GMT", timedelta(minutes=5)),
        ("Thu, 16 Nov 2023 13:00:00 GMT", timedelta(0)),
        ("Thu, 21 Dec 2023 07:28:00 GMT", timedelta(hours=1)),
        ("soon", None),
        ("", None),
    ],
)
def test_a_far_end_that_asks_for_a_pause_gets_it_within_an_hour(header: str, pause: timedelta | None) -> None:
    assert asked_for(header, NOW) == pause
