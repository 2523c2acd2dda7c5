"""A channel that is down for three days beside one that is well: real servers, real couriers, a clock of our own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.far_ends import Webhook, mail_server, webhook
from alerts.samples import an_alert
from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.slack import SlackWebhook
from gatewatch.model import Channel, DeliveryState
from gatewatch.store import Store

from .stage import NOW

HOUR = timedelta(hours=1)
IDS = [f"alert{number}" for number in range(7)]
EVERY = 12 * HOUR


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def queue(store: Store, id: str, at: datetime) -> None:
    with store.transaction():
        store.queue_alert(an_alert(id, at=at), ["slack", "mail"], at)


def slack_texts(slack: Webhook, since: int) -> list[str]:
    return [json.dumps(payload) for payload in slack.received[since:]]


def test_three_days_without_slack_hold_up_no_mail_and_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SlackWebhook, "request_rate_per_sec", 0)  # a pace that spares Slack, not our far end
    clock, path = Clock(), tmp_path / "gatewatch.db"
    with webhook() as slack, mail_server() as mailbox, Store.open(path) as store:
        options = {"host": "127.0.0.1", "port": mailbox.port, "security": "none", "from": "g@example.org", "to": "d@example.org"}
        sinks = {
            "slack": open_channel(Channel("slack", "slack"), slack.address),
            "mail": open_channel(Channel("mail", "email", options=options), None),
        }
        couriers = [Courier(path, name, sink, clock) for name, sink in sinks.items()]
        slack.answers = [(503, "down")] * 10_000
        waiting = list(IDS)
        while clock.now < NOW + 72 * HOUR:
            if waiting and clock.now >= NOW + (len(IDS) - len(waiting)) * EVERY:
                queue(store, waiting.pop(0), clock.now)
            for courier in couriers:
                courier.deliver_due(clock.now)
            assert len(mailbox.raw) == len(IDS) - len(waiting)  # never held up by its neighbour
            nexts = [NOW + (len(IDS) - len(waiting)) * EVERY] if waiting else []
            due = store.next_due("slack")
            clock.now = min([*nexts, due or clock.now + HOUR, NOW + 72 * HOUR])
        queue(store, IDS[-1], clock.now)
        slack.answers.clear()
        down = len(slack.received)
        for _ in range(4):
            couriers[0].deliver_due(clock.now)
            couriers[1].deliver_due(clock.now)
            clock.now += HOUR
        texts = slack_texts(slack, down)
        arrived = [next(id for id in IDS if id in text) for text in texts]
        assert sorted(arrived) == IDS  # each once
        rest = arrived[1:]  # whichever found Slack well again had stood aside from its place in the queue
        assert rest == sorted(rest)
        assert "delayed 3 d" in texts[arrived.index(IDS[0])]
        assert "delayed" not in texts[arrived.index(IDS[-1])] or IDS[-1] == arrived[0]
        assert [str(message["X-Gatewatch-Alert"]) for message in mailbox.received] == IDS
        assert all(each.state is DeliveryState.DELIVERED for id in IDS for each in store.deliveries_of(id))
