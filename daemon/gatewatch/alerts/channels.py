"""From a channel in the settings to the sink that delivers to it.

Each kind is imported when the first channel of it is opened, at the start or by a reload: apprise, with all that
speaks HTTP and MIME below it, is 12 MB that a service without it need not hold.
"""

from __future__ import annotations

from pathlib import Path

from gatewatch.alerts.local import FileSink
from gatewatch.alerts.sinks import BadChannel as BadChannel
from gatewatch.alerts.sinks import Sink as Sink
from gatewatch.model import Channel


def open_channel(channel: Channel, secret: str | None) -> Sink:
    """The sink of `channel`; nothing is sent yet. `secret` is the value that `channel.secret` names.

    Raises `BadChannel` where it can't work as it is configured.
    """
    match channel.type:
        case "slack":
            from gatewatch.alerts.slack import open_slack

            return open_slack(_needed(channel, secret))
        case "email":
            from gatewatch.alerts.mail import open_mail

            return open_mail(channel, secret)
        case "apprise":
            from gatewatch.alerts.any_service import open_any

            return open_any(_needed(channel, secret), markdown=channel.options.get("format") == "markdown")
        case "webhook":
            from gatewatch.alerts.webhook import open_webhook

            return open_webhook(_needed(channel, secret))
        case "console":
            from gatewatch.alerts.console import open_console

            return open_console(stderr=channel.options.get("stream") == "stderr")
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
