from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import DeliveryState, SourceState
from gatewatch.service.lock import only_one
from gatewatch.store import Store

from .installed import Installed
from .samples import an_alert, queue

TODAY = datetime.now(UTC)  # the command looks at the real clock


@pytest.fixture(autouse=True)
def at_work(installed: Installed) -> Iterator[None]:
    """As if a daemon worked in the state directory; that one does not is told in test_status_of_the_daemon.py."""
    with only_one(installed.database.parent):
        yield


def lose_a_delivery(installed: Installed, at: datetime) -> None:
    queue(installed.database, an_alert("a1", at=at))
    with Store.open(installed.database) as store:
        delivery = store.claim("desk", at, timedelta(minutes=2))
        assert delivery is not None
        store.settle(delivery.id, DeliveryState.FAILED, at, error="HTTP 404: no_service")


def remember(installed: Installed, **fields: object) -> None:
    with Store.open(installed.database) as store:
        store.save_source_state(SourceState(id="raja-fi", next_poll=TODAY, polled=TODAY, **fields))  # type: ignore[arg-type]


def test_without_a_database_it_says_what_to_do(installed: Installed) -> None:
    result = installed.call("status")
    assert result.exit_code == 1
    assert "start `gatewatch run` first" in result.stderr


def test_when_all_is_well_it_shows_each_source_and_why_it_is_polled_then(installed: Installed) -> None:
    remember(installed, reason="news every 20 minutes", succeeded=TODAY, items_seen=12)
    result = installed.call("status")
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert " well " in lines["raja-fi"]
    assert "news every 20 minutes" in lines["raja-fi"]
    assert "never polled" in lines["yle"]


def test_a_broken_source_turns_it_red_and_says_why(installed: Installed) -> None:
    remember(installed, reason="backing off", failures=3, last_detail="HTTP 500")
    result = installed.call("status")
    assert result.exit_code == 1
    assert " broken " in result.stdout
    assert "backing off; HTTP 500" in result.stdout


def test_a_source_that_failed_once_is_not_broken(installed: Installed) -> None:
    remember(installed, failures=1)
    assert installed.call("status").exit_code == 0


def test_a_source_that_the_settings_no_longer_name_does_not_count(installed: Installed) -> None:
    with Store.open(installed.database) as store:
        store.save_source_state(SourceState(id="gone", next_poll=TODAY, failures=9))
    assert installed.call("status").exit_code == 0


def test_a_delivery_that_failed_turns_it_red_for_a_week(installed: Installed) -> None:
    lose_a_delivery(installed, TODAY - timedelta(days=6))
    result = installed.call("status")
    assert result.exit_code == 1
    assert "failed" in result.stdout


def test_a_delivery_that_failed_long_ago_is_history(installed: Installed) -> None:
    lose_a_delivery(installed, TODAY - timedelta(days=8))
    assert installed.call("status").exit_code == 0


def test_json_tells_the_same(installed: Installed) -> None:
    remember(installed, failures=3)
    lose_a_delivery(installed, TODAY)
    with Store.open(installed.database) as store:
        store.add_notice(TODAY, "raja-fi", "broken: 3 polls in a row failed")
    (told,) = installed.told("status")
    assert told["well"] is False
    assert told["broken"] == ["raja-fi"]
    assert [source["state"] for source in told["sources"]] == ["broken", "never polled"]
    assert [(line["state"], line["count"], line["lost_lately"]) for line in told["outbox"]] == [
        ("failed", 1, True)
    ]
    assert told["last_alert"]["id"] == "a1"
    assert told["notices"][0]["text"] == "broken: 3 polls in a row failed"


def test_a_channel_that_does_not_deliver_turns_it_red_and_is_told_with_its_time(installed: Installed) -> None:
    queue(installed.database, an_alert("a1", at=TODAY))
    with Store.open(installed.database) as store:
        for minute in range(3, 0, -1):
            at = TODAY - timedelta(minutes=minute)
            delivery = store.claim("desk", TODAY, timedelta(minutes=2))
            assert delivery is not None
            store.settle(delivery.id, DeliveryState.PENDING, at, next_try=TODAY, error="HTTP 503")
    result = installed.call("status")
    assert result.exit_code == 1
    assert "desk does not deliver since" in result.stdout
    (told,) = installed.told("status")
    assert [each["channel"] for each in told["channels_in_trouble"]] == ["desk"]
    assert told["well"] is False


def test_what_an_audit_finds_turns_it_red(installed: Installed) -> None:
    queue(installed.database, an_alert("a1", at=TODAY - timedelta(minutes=20)))
    assert installed.call("status").exit_code == 1
    (told,) = installed.told("status")
    assert told["audit"] == ["1 message for channel desk overdue by more than 15 minutes"]
