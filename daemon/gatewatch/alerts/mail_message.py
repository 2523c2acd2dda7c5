"""An alert as an e-mail: our own text and our own HTML, threaded below the first message of its story. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from gatewatch.alerts.composing import first_id
from gatewatch.alerts.messages import Message
from gatewatch.alerts.wording import one_line, shortened
from gatewatch.model import Alert, AlertKind

#: RFC 2047 makes three characters and more of one that is not ASCII; servers take lines of 998.
SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and on which channel."""

    channel: str
    sender: str
    to: Sequence[str]

    @property
    def domain(self) -> str:
        """The part of the sender's address that message ids end in."""
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "gatewatch.invalid"


def mail_of(message: Message, envelope: Envelope, sent: datetime) -> EmailMessage:
    """The e-mail as it goes over the wire. The same alert on the same channel always has the same Message-ID."""
    alert = message.alert
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = shortened(one_line(message.title), SUBJECT)
    mail["From"] = _address(envelope.sender)
    mail["To"] = [_address(each) for each in envelope.to]
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = message_id(alert.id, envelope)
    first = _first(alert)
    if first is not None:
        mail["In-Reply-To"] = message_id(first, envelope)
    mail["References"] = " ".join(
        [_story_id(alert, envelope), *([message_id(first, envelope)] if first is not None else [])]
    )
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Gatewatch-Alert"] = _token(alert.id)
    mail["X-Gatewatch-Severity"] = alert.severity.value
    mail.set_content(message.alternative, cte="quoted-printable")
    mail.add_alternative(message.body, subtype="html", cte="quoted-printable")
    return mail


def message_id(alert: str, envelope: Envelope) -> str:
    """The Message-ID of an alert on a channel."""
    return f"<{_token(alert)}.{_token(envelope.channel)}@{envelope.domain}>"


def _story_id(alert: Alert, envelope: Envelope) -> str:
    """The root of a story's thread. No message has this id; mail clients thread by it nevertheless."""
    return f"<story.{_token(alert.story)}.{_token(envelope.channel)}@{envelope.domain}>"


def _first(alert: Alert) -> str | None:
    """The alert that this one follows: what a reminder is about, what an update adds to."""
    if alert.kind is AlertKind.REMINDER and alert.about:
        return alert.about[0]
    return first_id(alert.story, alert.rule) if alert.kind is AlertKind.UPDATE else None


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=one_line(name), addr_spec=address)


def _token(text: str) -> str:
    """Letters and digits that a Message-ID takes as they are."""
    if re.fullmatch(r"[A-Za-z0-9-]{1,64}", text):
        return text
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
