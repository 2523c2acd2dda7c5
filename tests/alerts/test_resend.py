"""An alert is queued once more; the couriers that then take it are the real ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier
from gatewatch.cli.alerts_resend import wishes
from gatewatch.model import Channel, Delivery, DeliveryState
from gatewatch.service.ways_out import courier_of, orders_of
from gatewatch.settings import load
from gatewatch.store import Store

from .far_ends import Mailbox, Webhook, mail_server, webhook
from .installed import Installed
from .samples import NOW, an_alert, queue

CONFIG = """
[[source]]
id = "raja-fi"
url = "https://raja.example/rss"

[[channel]]
name = "desk"
type = "file"
path = "desk.jsonl"

[[channel]]
name = "mail"
type = "email"
host = "127.0.0.1"
port = {port}
security = "none"
from = "gatewatch@example.org"
to = ["duty@example.org"]

[[route]]
to = ["desk", "mail"]
"""
UNKNOWN_USER = "550 no such user here"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


@pytest.fixture
def half(installed: Installed, box: Mailbox) -> Installed:
    """One alert that the desk got and the mail server refused."""
    installed.config.write_text(CONFIG.format(port=box.port), encoding="utf-8")
    queue(installed.database, an_alert("9b01c2d3e4f5"), channels=["desk", "mail"])
    box.refusals["duty@example.org"] = UNKNOWN_USER
    deliver(installed)
    assert states(installed) == {"desk": "delivered", "mail": "failed"}
    return installed


def deliver(installed: Installed) -> None:
    settings, now = load(installed.config), datetime.now(UTC)
    for name, orders in orders_of(settings).items():
        courier_of(name, orders, settings, lambda: datetime.now(UTC)).deliver_due(now)


def deliveries(installed: Installed) -> dict[str, Any]:
    (alert,) = installed.told("alerts", "show", "9b01c2d3e4f5")
    return {delivery["channel"]: delivery for delivery in alert["deliveries"]}


def states(installed: Installed) -> dict[str, str]:
    return {channel: delivery["state"] for channel, delivery in deliveries(installed).items()}


def at_the_desk(installed: Installed) -> list[Any]:
    return [json.loads(line) for line in (installed.config.parent / "desk.jsonl").read_text().splitlines()]


def test_it_goes_again_where_it_failed_and_nowhere_else(half: Installed, box: Mailbox) -> None:
    box.refusals.clear()
    result = half.call("alerts", "resend", "9b01")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("mail: queued again, it had failed (")
    assert "`gatewatch run`" in result.stdout
    assert states(half) == {"desk": "delivered", "mail": "pending"}
    deliver(half)
    assert states(half) == {"desk": "delivered", "mail": "delivered"}
    assert [letter["X-Gatewatch-Alert"] for letter in box.received] == ["9b01c2d3e4f5"]
    assert len(at_the_desk(half)) == 1


def test_earlier_receipts_stay_and_attempts_are_counted_by_them(half: Installed, box: Mailbox) -> None:
    box.refusals.clear()
    half.call("alerts", "resend", "9b01")
    assert (deliveries(half)["mail"]["attempts"], deliveries(half)["mail"]["last_error"]) == (1, "")
    deliver(half)
    mail = deliveries(half)["mail"]
    assert [receipt["result"] for receipt in mail["receipts"]] == ["failed", "delivered"]
    assert "550" in mail["receipts"][0]["line"]
    assert mail["attempts"] == 2
    assert mail["delivered_at"] is not None


def test_where_it_arrived_it_does_not_go_again(half: Installed) -> None:
    result = half.call("alerts", "resend", "9b01", "--channel", "desk")
    assert result.exit_code == 1
    assert "desk: not queued, it was delivered " in result.stderr
    assert "--force sends it once more" in result.stderr
    assert states(half)["desk"] == "delivered"


def test_force_sends_it_once_more(half: Installed) -> None:
    assert half.call("alerts", "resend", "9b01", "--channel", "desk", "--force").exit_code == 0
    deliver(half)
    assert [told["id"] for told in at_the_desk(half)] == ["9b01c2d3e4f5"] * 2
    assert [r["result"] for r in deliveries(half)["desk"]["receipts"]] == ["delivered", "delivered"]
    assert states(half)["mail"] == "failed"


def test_what_can_be_sent_is_sent_though_another_is_refused(half: Installed) -> None:
    result = half.call("alerts", "resend", "9b01", "--channel", "desk", "--channel", "mail")
    assert result.exit_code == 1
    assert states(half) == {"desk": "delivered", "mail": "pending"}


def test_what_is_on_its_way_is_not_queued_twice(half: Installed) -> None:
    half.call("alerts", "resend", "9b01")
    named = half.call("alerts", "resend", "9b01", "--channel", "mail", "--force")
    assert named.exit_code == 1
    assert "mail: not queued, it is on its way already (pending)" in named.stderr
    all_of_it = half.call("alerts", "resend", "9b01")
    assert all_of_it.exit_code == 1
    assert "nothing of 9b01c2d3e4f5 failed: desk delivered, mail pending" in all_of_it.stderr


def test_a_channel_that_never_had_it_gets_it(installed: Installed, box: Mailbox) -> None:
    installed.config.write_text(CONFIG.format(port=box.port), encoding="utf-8")
    queue(installed.database, an_alert("9b01c2d3e4f5"), channels=[])
    nobody = installed.call("alerts", "resend", "9b01")
    assert nobody.exit_code == 1
    assert "no route took it; --channel NAME sends it to one" in nobody.stderr
    result = installed.call("alerts", "resend", "9b01", "--channel", "mail")
    assert result.stdout.startswith("mail: queued, it had not gone there before\n")
    deliver(installed)
    assert len(box.received) == 1


def test_a_channel_that_the_settings_no_longer_have_is_refused(half: Installed) -> None:
    half.config.write_text(half.config.read_text().replace('"mail"', '"post"'))
    result = half.call("alerts", "resend", "9b01")
    assert result.exit_code == 1
    assert "mail: not queued, config.toml has no such channel (it has desk, post)" in result.stderr
    assert states(half)["mail"] == "failed"


def test_an_alert_that_does_not_exist_is_told_with_the_nearest(half: Installed) -> None:
    result = half.call("alerts", "resend", "9b01c2d3e4f6")
    assert result.exit_code == 1
    assert "the nearest ids are 9b01c2d3e4f5" in result.stderr


def test_an_outcome_that_was_never_known_is_sent_again_and_told_as_such(half: Installed) -> None:
    queue(half.database, an_alert("77aa77aa77aa"), channels=["mail"])
    with Store.open(half.database) as store:
        claimed = store.claim("mail", NOW, timedelta(minutes=2))
        assert claimed is not None
        store.settle(claimed.id, DeliveryState.UNKNOWN, NOW, error="timed out")
    result = half.call("alerts", "resend", "77aa")
    assert result.exit_code == 0
    assert result.stdout.startswith("mail: queued again, it may have arrived before (timed out)")


@pytest.mark.parametrize(
    ("force", "channels"), [(False, ["failed", "unknown"]), (True, ["failed", "unknown", "delivered"])]
)
def test_without_names_those_that_were_lost_are_meant(force: bool, channels: list[str]) -> None:
    rows = [Delivery(number, an_alert(), state.value, state, 1, NOW) for number, state in enumerate(DeliveryState)]
    assert sorted(wish.channel for wish in wishes(rows, [], force)) == sorted(channels)


@pytest.fixture
def far_end() -> Iterator[Webhook]:
    with webhook() as opened:
        yield opened


def test_an_old_alert_that_fails_again_does_not_hold_up_new_ones(tmp_path: Path, far_end: Webhook) -> None:
    """It keeps its place in the queue, and would be before all that came since."""
    path = tmp_path / "gatewatch.db"
    address = far_end.address.replace("http://", "json://")
    desk = Courier(path, "desk", open_channel(Channel("desk", "apprise", secret="x"), address), lambda: NOW)
    far_end.answers = [(404, "gone"), (500, "oops")]
    queue(path, an_alert("old", title="old"))
    desk.deliver_due(NOW)
    with Store.open(path) as store:
        (old,) = store.deliveries_of("old")
        assert old.state is DeliveryState.FAILED
        assert store.send_again(old.id, NOW)
        assert not store.send_again(old.id, NOW)
    queue(path, an_alert("new", title="new"))
    assert desk.deliver_due(NOW) == 1
    with Store.open(path) as store:
        assert store.deliveries_of("new")[0].state is DeliveryState.DELIVERED
        assert store.deliveries_of("old")[0].state is DeliveryState.PENDING
