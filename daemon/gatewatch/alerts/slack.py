"""Slack, and what speaks like it (Mattermost, Zulip, a server of one's own): incoming webhooks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from apprise import NotifyType
from apprise.plugins.slack import NotifySlack

from gatewatch.alerts.messages import USUAL, Family
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.through_apprise import AppriseSink, new_asset


class SlackWebhook(NotifySlack):  # type: ignore[no-untyped-call]
    """Apprise's Slack service for a whole webhook address and for text that is mrkdwn already.

    Apprise knows the host hooks.slack.com only, and turns CommonMark into mrkdwn; ours is written for Slack.
    """

    def __init__(self, address: str, **options: Any) -> None:
        # the tokens are stand-ins and never sent
        super().__init__(token_a="A", token_b="B", token_c="C", **options)  # type: ignore[no-untyped-call]
        self._address = address

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return body

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, *_: Any, **__: Any
    ) -> bool:
        """The title is the message's own text, since phones show nothing else; the body hangs below it."""
        section = {"type": "section", "text": {"type": "mrkdwn", "text": body}}
        payload = {
            "text": f"*{title}*",
            "attachments": [{"color": self.color(notify_type), "blocks": [section]}],
        }
        return bool(self._send(self._address, payload))  # type: ignore[no-untyped-call]


def open_slack(secret: str) -> AppriseSink:
    """The secret is the address of an incoming webhook."""
    parts = urlsplit(secret)
    if parts.scheme not in ("https", "http") or not parts.hostname or not parts.path.strip("/"):
        raise BadChannel("the secret of a Slack channel is the address of its incoming webhook (https://…)")
    service = SlackWebhook(secret, asset=new_asset(), rto=15, cto=5)
    return AppriseSink(lambda _: service, Family.MRKDWN, USUAL)
