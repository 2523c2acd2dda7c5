from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from gatewatch.model import DeliveryState, Item
from gatewatch.service.lock import only_one
from gatewatch.store import Store

from .installed import Installed
from .samples import NOW, a_hostile_alert, an_alert, queue

SECOND = timedelta(seconds=1)


def settle(installed: Installed, state: DeliveryState, error: str = "") -> None:
    with Store.open(installed.database) as store:
        delivery = store.claim("desk", NOW, SECOND)
        assert delivery is not None
        store.settle(delivery.id, state, NOW + SECOND, error=error)


def test_without_a_database_it_says_what_to_do(installed: Installed) -> None:
    result = installed.call("alerts")
    assert result.exit_code == 1
    assert "start `gatewatch run` first" in result.stderr
    assert result.stdout == ""


def test_without_alerts_it_says_so(installed: Installed) -> None:
    Store.open(installed.database).close()
    result = installed.call("alerts")
    assert (result.exit_code, result.stdout) == (0, "no alerts yet\n")


def test_each_alert_is_a_row_with_the_state_of_its_channels(installed: Installed) -> None:
    queue(installed.database, an_alert("a1"), channels=["desk", "mail"])
    settle(installed, DeliveryState.DELIVERED)
    result = installed.call("alerts")
    row = " ".join(result.stdout.splitlines()[1].split())
    assert row == "2023-11-16 16:00 critical FI closure announced fi-closure desk delivered, mail pending a1"


def test_an_alert_that_nobody_gets_stands_out(installed: Installed) -> None:
    queue(installed.database, an_alert("a1"), channels=[])
    assert "no route takes it" in installed.call("alerts").stdout


def test_the_newest_come_first_and_no_more_than_asked_for(installed: Installed) -> None:
    queue(installed.database, *(an_alert(f"a{n}", at=NOW + n * SECOND) for n in range(5)))
    assert [alert["id"] for alert in installed.told("alerts", "--limit", "2")] == ["a4", "a3"]


def test_json_has_the_whole_alert_with_its_deliveries(installed: Installed) -> None:
    queue(installed.database, an_alert("a1"))
    settle(installed, DeliveryState.FAILED, "HTTP 404: no_service")
    (alert,) = installed.told("alerts")
    assert (alert["severity"], alert["event"], alert["country"]) == ("critical", "closure_announced", "FI")
    assert alert["deliveries"] == [
        {
            "channel": "desk",
            "state": "failed",
            "attempts": 1,
            "next_try": None,
            "cause": "",
            "reason": "",
            "unless": None,
            "delivered_at": None,
            "last_error": "HTTP 404: no_service",
        }
    ]


def test_one_alert_is_shown_with_its_words_its_items_and_every_attempt(installed: Installed) -> None:
    queue(installed.database, an_alert("a1"))
    with Store.open(installed.database) as store, store.transaction():
        store.add_items([Item(id="i1", source="yle", title="Raja kiinni")], seeded=False, at=NOW)
    settle(installed, DeliveryState.FAILED, "HTTP 404: no_service")
    shown = installed.call("alerts", "show", "a1").stdout
    for words in (
        "Hallitus päätti sulkea Vaalimaan",
        "crossings: Vaalimaa",
        "Rajavartiolaitos (official)",
        "i1  yle  Raja kiinni",
        "desk: failed",
        "HTTP 404: no_service",
    ):
        assert words in shown
    (told,) = installed.told("alerts", "show", "a1")
    assert told["items"] == [{"id": "i1", "source": "yle", "title": "Raja kiinni", "url": ""}]
    assert [receipt["result"] for receipt in told["deliveries"][0]["receipts"]] == ["failed"]


def test_an_alert_that_does_not_exist_is_an_error(installed: Installed) -> None:
    Store.open(installed.database).close()
    result = installed.call("alerts", "show", "a9")
    assert result.exit_code == 1
    assert "no alert 'a9'" in result.stderr


def test_what_a_feed_wrote_cannot_drive_the_terminal(installed: Installed) -> None:
    queue(installed.database, a_hostile_alert("a1"))
    for arguments in (["alerts"], ["alerts", "show", "a1"]):
        assert not set(installed.call(*arguments).stdout) & set("\x1b\x00\u202e\u2028\u2066")


def test_it_works_while_the_service_writes(installed: Installed) -> None:
    Store.open(installed.database).close()
    stop = threading.Event()

    def write() -> None:
        with Store.open(installed.database, durable=False) as store:
            number = 0
            while not stop.is_set():
                number += 1
                with store.transaction():
                    store.queue_alert(an_alert(f"a{number}"), ["desk"], datetime.now(UTC))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with only_one(installed.database.parent):
            codes = {installed.call(*c).exit_code for c in [["alerts"], ["status"], ["alerts", "--json"]] * 10}
    finally:
        stop.set()
        writer.join()
    assert codes == {0}
