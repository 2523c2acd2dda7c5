from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.messages import Family, render
from gatewatch.alerts.results import Ending, Result
from gatewatch.alerts.slack_blocks import payload
from gatewatch.model import Alert, AlertKind, Channel, Severity

from .far_ends import Webhook, closed_port, webhook
from .samples import NOW, a_hostile_alert, an_alert

SLACK = Channel("desk", "slack", secret="slack-webhook")


def send(far_end: Webhook, alert: Alert) -> Result:
    sink = open_channel(SLACK, far_end.address)
    return sink.send(render(alert, sink.family, NOW, sink.budget))


def texts(value: object) -> Iterator[str]:
    """Every text in a payload: of the message itself, of blocks, of attachments."""
    match value:
        case dict():
            for key, each in value.items():
                if key == "text" and isinstance(each, str):
                    yield each
                else:
                    yield from texts(each)
        case list():
            for each in value:
                yield from texts(each)


def read(told: dict[str, Any]) -> str:
    """What people see: the blocks, one below the other."""
    return "\n".join(texts([told["blocks"], told["attachments"]]))


def test_an_alert_arrives_at_the_address_of_the_webhook() -> None:
    with webhook() as far_end:
        assert send(far_end, an_alert()).ending is Ending.DELIVERED
    assert far_end.paths == ["/services/T000/B000/s3cr3tToken"]
    told = far_end.received[0]
    assert told["text"].startswith("*[critical] Finland: closure announced – Valtioneuvosto päätti sulkea")
    assert told["blocks"][0]["text"]["text"] == "🔴 Finland: closure announced"
    seen = read(told)
    for words in (
        "*Valtioneuvosto päätti sulkea neljä rajanylityspaikkaa*",
        "*Crossings*\nVaalimaa, Nuijamaa, Imatra, Niirala",
        "*From*\n18 November 2023",
        "*How sure*\ndecided, official: Rajavartiolaitos",
        "> Hallitus päätti sulkea Vaalimaan",
        "_(Finnish)_",
        "<https://raja.example/uutinen?id=1&amp;lang=fi|Read it at Rajavartiolaitos>",
        "alert a1b2c3",
        "`gatewatch ack a1b2c3`",
        '`gatewatch silence add --story s1 --for 1d --reason "…"`',
    ):
        assert words in seen
        assert "alert a1b2c3" in told["text"]  # all that Mattermost and screen readers get


def test_the_colour_and_the_light_tell_the_severity() -> None:
    with webhook() as far_end:
        send(far_end, an_alert(severity=Severity.CRITICAL))
        send(far_end, an_alert(severity=Severity.INFO))
    critical, info = far_end.received
    assert critical["attachments"][0]["color"] != info["attachments"][0]["color"]
    assert critical["blocks"][0]["text"]["text"][0] != info["blocks"][0]["text"]["text"][0]


def test_a_hostile_headline_rings_nobody_and_opens_no_markup() -> None:
    with webhook() as far_end:
        assert send(far_end, a_hostile_alert()).ending is Ending.DELIVERED
    told = far_end.received[0]
    assert "&lt;!channel&gt;" in told["text"]
    for text in texts(told):
        assert "<!" not in text
        assert "<@" not in text
        assert "@here" not in text
        assert "<b" not in text
        assert "<script" not in text
        assert not set(text) & set("\r\u2028\u202e\u2066\x1b\x00")
    assert read(told).count("<") == 1  # our own link, and no other
    assert "alert a1b2c3" in read(told)


def test_a_sentence_of_50_kb_keeps_link_and_id() -> None:
    long = "Rajanylityspaikka & suljetaan <heti>. " * 1400
    with webhook() as far_end:
        send(far_end, an_alert(title=long, quote=long, facts=(long[:2000],)))
    told = far_end.received[0]
    assert len(told["text"]) <= 4000
    assert "|Read it at Rajavartiolaitos>" in read(told)
    assert "alert a1b2c3" in read(told)


@given(title=st.text(max_size=400), quote=st.text("<&>*_ a", max_size=4000), facts=st.lists(st.text(max_size=900), max_size=60))
def test_every_message_keeps_the_limits_of_block_kit(title: str, quote: str, facts: list[str]) -> None:
    alert = an_alert(title=title, quote=quote, facts=tuple(facts), known=(title,) * 3, change=quote)
    sent = payload(render(alert, Family.MRKDWN, NOW))
    every = [*sent["blocks"], *sent["attachments"][0]["blocks"]]
    assert len(every) <= 50
    for block in every:
        assert block["type"] in {"header", "section", "context"}
        if block["type"] == "header":
            assert 1 <= len(block["text"]["text"]) <= 150
        elif "fields" in block:
            assert 1 <= len(block["fields"]) <= 10
            assert all(1 <= len(field["text"]) <= 2000 for field in block["fields"])
        elif block["type"] == "section":
            assert 1 <= len(block["text"]["text"]) <= 3000
        else:
            assert 1 <= len(block["elements"]) <= 10
            assert all(1 <= len(element["text"]) <= 2000 for element in block["elements"])


def test_text_from_feeds_is_not_formatted_by_slack() -> None:
    with webhook() as far_end:
        send(far_end, an_alert(quote="The border is ~closed~ *open* now, see snake_case"))
    said = read(far_end.received[0])
    for mark in ("~closed~", "*open*"):
        assert mark not in said  # a joiner stands beside each mark
    assert "snake_case" in said


def test_a_digest_of_a_hundred_lines_fits_one_message() -> None:
    lines = tuple(f"high, Finland: closure announced – number {number}" for number in range(100))
    with webhook() as far_end:
        send(far_end, an_alert(kind=AlertKind.DIGEST, says="100 alerts that were held", facts=lines))
    seen = read(far_end.received[0])
    assert all(f"number {number}" in seen for number in range(100))


@pytest.mark.parametrize(
    ("code", "text", "ending"),
    [
        (404, "no_service", Ending.PERMANENT),
        (403, "invalid_token", Ending.PERMANENT),
        (400, "invalid_blocks", Ending.PERMANENT),
        (410, "channel_is_archived", Ending.PERMANENT),
        (302, "moved", Ending.PERMANENT),
        (500, "rollup_error", Ending.TRANSIENT),
        (503, "", Ending.TRANSIENT),
        (429, "rate_limited", Ending.TRANSIENT),
        (408, "", Ending.TRANSIENT),
    ],
)
def test_a_refusal_is_told_from_a_bad_moment(code: int, text: str, ending: Ending) -> None:
    with webhook((code, text)) as far_end:
        result = send(far_end, an_alert())
    assert result.ending is ending
    assert result.detail.startswith(f"HTTP {code}")
    assert text in result.detail
    assert len(far_end.received) == 1  # retries and redirects are not apprise's business


def test_a_far_end_that_wants_us_slower_is_left_alone_for_a_minute() -> None:
    with webhook((429, "rate_limited")) as far_end:
        wait = send(far_end, an_alert()).wait
    assert wait is not None
    assert wait.total_seconds() == 60


def test_an_unreachable_far_end_is_a_bad_moment_and_its_address_stays_secret() -> None:
    sink = open_channel(SLACK, f"http://127.0.0.1:{closed_port()}/services/T000/B000/s3cr3tToken")
    result = sink.send(render(an_alert(), sink.family, NOW, sink.budget))
    assert result.ending is Ending.TRANSIENT
    assert "refused" in result.detail
    assert "s3cr3tToken" not in result.detail


@pytest.mark.parametrize("secret", ["", "xoxb-1-2", "hooks.slack.com/services/T/B/x", "https://example.org"])
def test_a_secret_that_is_no_webhook_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(BadChannel) as refusal:
        open_channel(SLACK, secret)
    assert not secret or secret not in str(refusal.value)


def test_the_address_never_reaches_the_journal_not_even_when_everything_is_logged() -> None:
    journal, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(journal), root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    try:
        with webhook((404, "no_service")) as far_end:
            send(far_end, an_alert())
        logging.getLogger("gatewatch").debug("the journal is open")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "the journal is open" in journal.getvalue()
    assert "s3cr3tToken" not in journal.getvalue()
