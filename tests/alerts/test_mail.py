from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from gatewatch.alerts.channels import BadChannel, open_channel
from gatewatch.alerts.composing import first_id
from gatewatch.alerts.messages import render
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Alert, AlertKind, Channel

from .far_ends import closed_port, mail_server
from .samples import NOW, a_hostile_alert, an_alert


def mail(port: int, **options: str | tuple[str, ...]) -> Channel:
    fields: dict[str, str | int | bool | tuple[str, ...]] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "from": "Gatewatch <gate@example.org>",
        "to": ("duty@example.org",),
    }
    return Channel("duty", "email", options={**fields, **options})


def send(channel: Channel, alert: Alert, secret: str | None = None) -> Result:
    sink = open_channel(channel, secret)
    return sink.send(render(alert, sink.family, NOW, sink.budget))


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_an_alert_arrives_as_html_and_as_plain_text() -> None:
    with mail_server() as box:
        assert send(mail(box.port), an_alert()).ending is Ending.DELIVERED
    message = box.received[0]
    assert message["Subject"].startswith("[critical] Finland: closure announced – Valtioneuvosto päätti")
    assert message["From"] == "Gatewatch <gate@example.org>"
    assert message["To"] == "duty@example.org"
    for kind in ("html", "plain"):
        text = part(message, kind)
        assert "Hallitus päätti sulkea Vaalimaan" in text
        assert "official: Rajavartiolaitos" in text
        assert "18 November 2023" in text
        assert "alert a1b2c3" in text
    assert 'href="https://raja.example/uutinen?id=1&amp;lang=fi"' in part(message, "html")
    assert "https://raja.example/uutinen?id=1&lang=fi" in part(message, "plain")


def test_the_subject_is_one_line_and_programs_can_tell_the_mail_by_its_headers() -> None:
    with mail_server() as box:
        send(mail(box.port), an_alert())
    message = box.received[0]
    assert message["X-Gatewatch-Alert"] == "a1b2c3"
    assert message["X-Gatewatch-Severity"] == "critical"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_alert_sent_again_has_the_same_message_id() -> None:
    with mail_server() as box:
        sink = open_channel(mail(box.port), None)
        for alert in (an_alert(), an_alert(), an_alert("d4e5f6")):
            sink.send(render(alert, sink.family, NOW, sink.budget))
    first, again, other = (message["Message-ID"] for message in box.received)
    assert first == again == "<a1b2c3.duty@example.org>"
    assert other != first


def test_an_update_and_a_reminder_stand_below_the_first_message_of_their_story() -> None:
    first = an_alert(first_id("s1", "fi-closure"))
    update = an_alert("u1", kind=AlertKind.UPDATE, change="further crossings: Vartius")
    reminder = an_alert("r1", kind=AlertKind.REMINDER, about=(first.id,))
    with mail_server() as box:
        for alert in (first, update, reminder):
            send(mail(box.port), alert)
    opening, *replies = box.received
    assert opening["In-Reply-To"] is None
    for reply in replies:
        assert reply["In-Reply-To"] == opening["Message-ID"]
        assert reply["References"].split() == [opening["References"], opening["Message-ID"]]


def test_who_has_it_is_not_sent_it_again_because_another_mailbox_was_full() -> None:
    with mail_server() as box:
        sink = open_channel(mail(box.port, to=("a@example.org", "b@example.org")), None)
        message = render(an_alert(), sink.family, NOW, sink.budget)
        box.refusals["b@example.org"] = "452 mailbox full"
        assert sink.send(message).ending is Ending.TRANSIENT
        box.refusals.clear()
        assert sink.send(message).ending is Ending.DELIVERED
        assert box.recipients == ["a@example.org", "b@example.org"]
        sink.send(message)  # by hand, later
    assert len(box.recipients) == 4


def test_every_recipient_gets_it() -> None:
    with mail_server() as box:
        send(mail(box.port, to=("a@example.org", "b@example.org")), an_alert())
    assert box.recipients == ["a@example.org", "b@example.org"]


def test_programs_find_the_alert_in_a_header_and_mail_clients_its_story() -> None:
    with mail_server() as box:
        for id in ("first", "second"):
            send(mail(box.port), an_alert(id))
    assert [message["X-Gatewatch-Alert"] for message in box.received] == ["first", "second"]
    assert len({message["References"] for message in box.received}) == 1


def test_a_hostile_headline_makes_no_header_and_no_markup() -> None:
    with mail_server() as box:
        assert send(mail(box.port), a_hostile_alert()).ending is Ending.DELIVERED
    message = box.received[0]
    assert box.recipients == ["duty@example.org"]
    assert message["Bcc"] is None
    assert "Bcc: everyone@example.org" in message["Subject"]
    assert not set(message["Subject"]) & set("\r\n\u2028\u202e\u2066\x1b\x00")
    html = part(message, "html")
    assert "<script" not in html
    assert "<b onload" not in html
    assert 'lang="fi&quot; onclick=&quot;x"' in html


def test_a_headline_of_50_kb_becomes_a_short_subject() -> None:
    with mail_server() as box:
        send(mail(box.port), an_alert(title="Raja suljetaan nyt. " * 2500, quote="Ei loppua " * 5000))
    message = box.received[0]
    assert len(message["Subject"]) <= 150
    assert len(part(message, "html")) <= 30_000
    assert "alert a1b2c3" in part(message, "html")


def test_a_password_with_every_awkward_character_is_shown_as_it_is() -> None:
    password = "p:/@%41;?#&= \"\\"
    with mail_server() as box:
        result = send(mail(box.port, username="gate@example.org"), an_alert(), secret=password)
    assert result.ending is Ending.DELIVERED
    assert box.logins == [("gate@example.org", password)]


def test_a_password_that_no_mail_server_could_be_shown_is_refused_at_once() -> None:
    with pytest.raises(BadChannel, match="ASCII") as refusal:
        open_channel(mail(25, username="gate"), "pässword")
    assert "pässword" not in str(refusal.value)


def test_a_recipient_that_does_not_exist_is_permanent() -> None:
    with mail_server() as box:
        box.refusals["duty@example.org"] = "550 no such user"
        result = send(mail(box.port), an_alert())
    assert result.ending is Ending.PERMANENT
    assert "550" in result.detail
    assert "no such user" in result.detail


def test_a_mailbox_that_is_full_for_now_is_a_bad_moment() -> None:
    with mail_server() as box:
        box.refusals["duty@example.org"] = "452 mailbox full"
        result = send(mail(box.port), an_alert())
    assert result.ending is Ending.TRANSIENT
    assert "452" in result.detail


def test_a_mail_server_that_is_down_is_a_bad_moment() -> None:
    result = send(mail(closed_port()), an_alert())
    assert result.ending is Ending.TRANSIENT
    assert "refused" in result.detail


@pytest.mark.parametrize("missing", ["host", "from", "to"])
def test_a_channel_without_what_mail_needs_is_refused(missing: str) -> None:
    channel = mail(25)
    options = {name: value for name, value in channel.options.items() if name != missing}
    with pytest.raises(BadChannel, match=f"needs {missing}"):
        open_channel(replace(channel, options=options), None)


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(BadChannel, match="sender"):
        open_channel(mail(25, **{"from": "not an address"}), None)
