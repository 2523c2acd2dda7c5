"""E-mail over SMTP."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from apprise.plugins.email import NotifyEmail
from apprise.plugins.email.smtp import AppriseSMTPController

from gatewatch.alerts.mail_message import Envelope, mail_of
from gatewatch.alerts.messages import Budget, Family, Message
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.through_apprise import AppriseSink, new_asset
from gatewatch.model import Channel

_SECURITY = {"starttls": "starttls", "tls": "ssl", "none": "insecure"}
_PORTS = {"starttls": 587, "tls": 465, "none": 25}

#: A mail has room for a month of bars and a long digest, and stays under what Gmail cuts off (102 kB).
_BUDGET = Budget(title=150, body=30_000)


#: For so many alerts that some recipients took and others did not, it is remembered who has them.
_HALF_SENT = 200


class SmtpMail(NotifyEmail):  # type: ignore[no-untyped-call]
    """Apprise's e-mail service for mails made by us: its own makes the text from the HTML, and random ids."""

    def __init__(self, mail: EmailMessage, served: set[str], **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        # apprise takes them for parts of a URL, where %41 is an A
        self.user, self.password = options["user"], options["password"]
        self._mail = mail
        self._served = served

    def send(self, *_: Any, **__: Any) -> bool:
        """One mail to each recipient: each says for itself whether it takes it, and gets it once."""
        wire = self._mail.as_bytes().decode("ascii")
        try:
            with AppriseSMTPController(**self._server()) as server:
                for address in self._recipients():
                    if address not in self._served and server.sendmail(str(self.from_addr[1]), [address], wire):
                        self._served.add(address)
        except (OSError, smtplib.SMTPException) as fault:
            self.logger.warning("Connection error while submitting email")
            self.logger.debug(f"Socket Exception: {fault}")
            return False
        if not self._served.issuperset(self._recipients()):
            return False
        self._served.clear()  # who resends it by hand wants it sent
        return True

    def _recipients(self) -> list[str]:
        return [str(address) for _, address in self.targets]

    def _server(self) -> dict[str, Any]:
        return {
            "host": self.smtp_host,
            "port": self.port,
            "secure_mode": self.secure_mode,
            "user": self.user,
            "password": self.password,
            "verify_certificate": self.verify_certificate,
            "socket_connect_timeout": self.socket_connect_timeout,
        }


def open_mail(channel: Channel, password: str | None) -> AppriseSink:
    """Options: host, port, security (starttls, tls, none), from, to, username; the secret is the password.

    The service is made of fields, not of a URL, so that no character of a password has to be quoted.
    """
    fields = _fields(channel, password)
    try:
        # not by `Apprise.instantiate`, which imports all its hundred services to find this one
        NotifyEmail(**fields, asset=new_asset())  # type: ignore[no-untyped-call]
    except TypeError:
        raise BadChannel(f"channel `{channel.name}`: apprise refuses its sender or its recipients") from None
    envelope = Envelope(channel.name, str(fields["from_addr"]), fields["targets"])
    served: dict[str, set[str]] = {}

    def service_for(message: Message) -> SmtpMail:
        while len(served) > _HALF_SENT:
            del served[next(iter(served))]
        mail = mail_of(message, envelope, datetime.now(UTC))
        return SmtpMail(mail, served.setdefault(message.alert.id, set()), **fields, asset=new_asset())

    return AppriseSink(service_for, Family.HTML, _BUDGET)


def _fields(channel: Channel, password: str | None) -> dict[str, Any]:
    options = channel.options
    security = str(options.get("security", "starttls"))
    if security not in _SECURITY:
        raise BadChannel(f"channel `{channel.name}`: security is starttls, tls or none, not {security}")
    missing = [name for name in ("host", "from", "to") if not options.get(name)]
    if missing:
        raise BadChannel(f"channel `{channel.name}`: an e-mail channel needs {', '.join(missing)}")
    if not f"{options.get('username', '')}{password or ''}".isascii():
        # smtplib encodes logins as ASCII; it would fail at every alert, not now
        raise BadChannel(f"channel `{channel.name}`: user name and password have to be ASCII")
    to = options["to"]
    return {
        "schema": "mailto" if security == "none" else "mailtos",
        "host": options["host"],
        "smtp_host": options["host"],
        "port": int(str(options.get("port") or _PORTS[security])),
        "secure_mode": _SECURITY[security],
        "from_addr": options["from"],
        "targets": [to] if isinstance(to, str) else list(to if isinstance(to, tuple) else ()),
        "user": options.get("username"),
        "password": password,
    }
