"""Slack, and what speaks like it (Mattermost, Zulip, a server of one's own): incoming webhooks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from apprise.plugins.slack import NotifySlack

from gatewatch.alerts import slack_blocks
from gatewatch.alerts.messages import USUAL, Family, Message
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.through_apprise import AppriseSink, new_asset


class SlackWebhook(NotifySlack):  # type: ignore[no-untyped-call]
    """Apprise's Slack service for a whole webhook address and for messages laid out by us.

    Apprise knows the host hooks.slack.com only, and makes one section of text, whatever its length.
    """

    def __init__(self, address: str, **options: Any) -> None:
        # the tokens are stand-ins and never sent
        super().__init__(token_a="A", token_b="B", token_c="C", **options)  # type: ignore[no-untyped-call]
        self._address = address
        self._payload: dict[str, Any] = {}

    def holding(self, message: Message) -> SlackWebhook:
        """Takes up what is sent next. One service for all messages, since it keeps the pace between them."""
        self._payload = slack_blocks.payload(message)
        return self

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return body

    def send(self, *_: Any, **__: Any) -> bool:
        return bool(self._send(self._address, self._payload))  # type: ignore[no-untyped-call]


def open_slack(secret: str) -> AppriseSink:
    """The secret is the address of an incoming webhook."""
    parts = urlsplit(secret)
    if parts.scheme not in ("https", "http") or not parts.hostname or not parts.path.strip("/"):
        raise BadChannel("the secret of a Slack channel is the address of its incoming webhook (https://…)")
    service = SlackWebhook(secret, asset=new_asset(), rto=15, cto=5)
    return AppriseSink(service.holding, Family.MRKDWN, USUAL)
