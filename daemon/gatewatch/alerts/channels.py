"""From a channel in the settings to the sink that delivers to it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from gatewatch.alerts.any_service import open_any
from gatewatch.alerts.local import ConsoleSink, FileSink
from gatewatch.alerts.mail import open_mail
from gatewatch.alerts.sinks import BadChannel as BadChannel
from gatewatch.alerts.sinks import Sink as Sink
from gatewatch.alerts.slack import open_slack
from gatewatch.alerts.through_apprise import keep_apprise_quiet
from gatewatch.alerts.webhook import open_webhook
from gatewatch.model import Channel


def open_channel(channel: Channel, secret: str | None) -> Sink:
    """The sink of `channel`; nothing is sent yet. `secret` is the value that `channel.secret` names.

    Raises `BadChannel` where it can't work as it is configured.
    """
    keep_apprise_quiet()
    match channel.type:
        case "slack":
            return open_slack(_needed(channel, secret))
        case "email":
            return open_mail(channel, secret)
        case "apprise":
            return open_any(_needed(channel, secret), markdown=channel.options.get("format") == "markdown")
        case "webhook":
            return open_webhook(_needed(channel, secret))
        case "console":
            return ConsoleSink(Console(stderr=channel.options.get("stream") == "stderr"))
        case "file":
            path = channel.options.get("path")
            if not path:
                raise BadChannel(f"channel `{channel.name}`: a file channel needs a path")
            return FileSink(Path(str(path)))
    raise BadChannel(f"channel `{channel.name}`: there is no type {channel.type}")


def _needed(channel: Channel, secret: str | None) -> str:
    if not secret:
        raise BadChannel(f"channel `{channel.name}`: type {channel.type} needs a secret")
    return secret
