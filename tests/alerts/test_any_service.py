from __future__ import annotations

import pytest

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending
from gatewatch.model import Channel

from .far_ends import silent_server, webhook
from .samples import NOW, a_hostile_alert, an_alert

ANY = Channel("hook", "apprise", secret="hook")


def test_an_alert_arrives_through_any_apprise_service() -> None:
    with webhook() as far_end:
        sink = open_channel(ANY, far_end.address.replace("http://", "json://"))
        assert sink.send(render(an_alert(), sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    payload = far_end.received[0]
    assert payload["title"].startswith("[critical] Finland: closure announced")
    assert "alert a1b2c3" in payload["message"]
    assert "Hallitus päätti sulkea" in payload["message"]


def test_plain_services_get_no_line_breaks_in_titles_and_no_calls_to_all() -> None:
    with webhook() as far_end:
        sink = open_channel(ANY, far_end.address.replace("http://", "json://"))
        sink.send(render(a_hostile_alert(), sink.family, NOW, sink.budget))
    payload = far_end.received[0]
    assert not set(payload["title"]) & set("\r\n\u2028\u202e\u2066\x1b\x00")
    assert "@here" not in payload["title"] + payload["message"]


def test_a_far_end_that_says_nothing_may_have_got_it() -> None:
    with silent_server() as port:
        sink = open_channel(ANY, f"json://127.0.0.1:{port}/hook/s3cr3tToken?rto=0.2")
        result = sink.send(render(an_alert(), sink.family, NOW, sink.budget))
    assert result.ending is Ending.UNKNOWN
    assert "s3cr3tToken" not in result.detail


@pytest.mark.parametrize(
    "url",
    [
        "syslog://",
        "SYSLOG://local",
        "dbus://",
        "json://127.0.0.1/s3cr3t?retry=3",
        "json://127.0.0.1/s3cr3t?Wait=9",
        "json://127.0.0.1/s3cr3t?optional=yes",
        "slack://T1/B1/s3cr3t?template=/etc/passwd",
        "nosuchservice://s3cr3t",
        "s3cr3t",
    ],
)
def test_services_that_reach_nobody_and_options_that_lie_are_refused(url: str) -> None:
    with pytest.raises(BadChannel) as refusal:
        open_channel(ANY, url)
    assert "s3cr3t" not in str(refusal.value)


def test_a_service_for_short_messages_gets_short_ones_with_the_id() -> None:
    sink = open_channel(ANY, "d7sms://user:pass@+15551234567")
    message = render(an_alert(quote="pitkä " * 1000), sink.family, NOW, sink.budget)
    assert len(message.title) + len(message.body) <= 160 + 150
    assert message.body.endswith("alert a1b2c3")


def test_a_type_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadChannel, match="no type pigeon"):
        open_channel(Channel("p", "pigeon"), None)


def test_a_service_that_takes_markdown_gets_it_where_that_is_asked_for() -> None:
    asked = Channel("any", "apprise", secret="any", options={"format": "markdown"})
    with webhook() as far_end:
        sink = open_channel(asked, far_end.address.replace("http://", "json://"))
        assert sink.send(render(an_alert(title="*Closed* [now](x)"), sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    told = far_end.received[0]
    assert "- **From:** 18 November 2023" in told["message"]
    assert r"\*Closed\* \[now\]\(x\)" in told["title"]


def test_markdown_for_a_service_that_takes_none_is_refused_at_once() -> None:
    asked = Channel("any", "apprise", secret="any", options={"format": "markdown"})
    with pytest.raises(BadChannel, match="takes no Markdown"):
        open_channel(asked, "d7sms://user:pass@+15551234567")
