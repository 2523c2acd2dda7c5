from __future__ import annotations

import io
import logging

import pytest

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Alert, Channel, Severity

from .far_ends import Webhook, closed_port, webhook
from .samples import NOW, a_hostile_alert, an_alert

SLACK = Channel("desk", "slack", secret="slack-webhook")


def send(far_end: Webhook, alert: Alert) -> Result:
    sink = open_channel(SLACK, far_end.address)
    return sink.send(render(alert, sink.family, NOW, sink.budget))


def texts(payload: dict[str, object]) -> tuple[str, str]:
    """The message's own text, which phones show, and its section."""
    attachment = payload["attachments"][0]  # type: ignore[index]
    return str(payload["text"]), str(attachment["blocks"][0]["text"]["text"])


def test_an_alert_arrives_at_the_address_of_the_webhook() -> None:
    with webhook() as far_end:
        assert send(far_end, an_alert()).ending is Ending.DELIVERED
    assert far_end.paths == ["/services/T000/B000/s3cr3tToken"]
    title, body = texts(far_end.received[0])
    assert title.startswith("*[critical] FI: closure announced – Valtioneuvosto päätti sulkea")
    assert "> Hallitus päätti sulkea Vaalimaan" in body
    assert "• crossings: Vaalimaa, Nuijamaa, Imatra, Niirala" in body
    assert "decided · Rajavartiolaitos (official)" in body
    assert "<https://raja.example/uutinen?id=1&amp;lang=fi|Read it there>" in body
    assert "alert a1b2c3" in body


def test_the_colour_tells_the_severity() -> None:
    with webhook() as far_end:
        send(far_end, an_alert(severity=Severity.CRITICAL))
        send(far_end, an_alert(severity=Severity.INFO))
    critical, info = (payload["attachments"][0]["color"] for payload in far_end.received)
    assert critical != info


def test_a_hostile_headline_rings_nobody_and_opens_no_markup() -> None:
    with webhook() as far_end:
        assert send(far_end, a_hostile_alert()).ending is Ending.DELIVERED
    title, body = texts(far_end.received[0])
    for text in (title, body):
        assert "<!" not in text
        assert "<@" not in text
        assert "@here" not in text
        assert "<b" not in text
        assert "<script" not in text
        assert not set(text) & set("\r\u2028\u202e\u2066\x1b\x00")
    assert "\n" not in title
    assert "&lt;!channel&gt;" in title
    assert body.count("<") == 1  # our own link, and no other
    assert "alert a1b2c3" in body


def test_a_sentence_of_50_kb_fits_a_section_and_keeps_link_and_id() -> None:
    long = "Rajanylityspaikka & suljetaan <heti>. " * 1400
    with webhook() as far_end:
        send(far_end, an_alert(title=long, quote=long, facts=(long[:2000],)))
    title, body = texts(far_end.received[0])
    assert len(title) <= 250  # 150 before & < > were escaped
    assert len(body) <= 3000
    assert "|Read it there>" in body
    assert body.endswith("alert a1b2c3")


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
