"""E-mail over SMTP."""

from __future__ import annotations

from typing import Any

from apprise import Apprise

from gatewatch.alerts.messages import Budget, Family, Message
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.through_apprise import AppriseSink, new_asset
from gatewatch.model import Channel

_SECURITY = {"starttls": "starttls", "tls": "ssl", "none": "insecure"}
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def open_mail(channel: Channel, password: str | None) -> AppriseSink:
    """Options: host, port, security (starttls, tls, none), from, to, username; the secret is the password.

    The service is made of fields, not of a URL, so that no character of a password has to be quoted.
    """
    fields = _fields(channel, password)
    if not _instantiate(fields):
        raise BadChannel(f"channel `{channel.name}`: apprise refuses its sender or its recipients")

    def service_for(message: Message) -> Any:
        """One for each message: the headers let programs find it again and mail clients thread its story."""
        story = "".join(c for c in message.alert.story if c.isascii() and c.isalnum()) or "none"
        headers = {
            "X-Gatewatch-Alert": message.alert.id,
            "References": f"<story.{story}@gatewatch.invalid>",
            "Auto-Submitted": "auto-generated",
        }
        return _instantiate({**fields, "headers": headers})

    return AppriseSink(service_for, Family.HTML, Budget(title=150, body=10_000))


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


def _instantiate(fields: dict[str, Any]) -> Any:
    # a copy: apprise takes out of the dictionary what it has read
    return Apprise.instantiate(dict(fields), asset=new_asset(), suppress_exceptions=True)
