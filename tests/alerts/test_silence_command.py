"""`gatewatch silence`: what is kept back, by whom, why and until when; and what is let go again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatewatch.alerts.policy import policy_of
from gatewatch.alerts.queueing import queue
from gatewatch.model import Alert, DeliveryState, Severity
from gatewatch.service.ways_out import courier_of, orders_of
from gatewatch.settings import load
from gatewatch.store import Store

from .installed import Installed
from .samples import an_alert

WHY = ("--reason", "exercise week", "--owner", "Ann")


def add(installed: Installed, *arguments: str) -> dict[str, Any]:
    (told,) = installed.told("silence", "add", *arguments, *WHY)
    found: dict[str, Any] = told
    return found


def tell(installed: Installed, *alerts: Alert) -> None:
    now = datetime.now(UTC)
    with Store.open(installed.database) as store, store.transaction():
        for alert in alerts:
            queue(store, alert, None, policy_of(load(installed.config)), now)


def states(installed: Installed, *ids: str) -> list[DeliveryState]:
    with Store.open(installed.database, read_only=True) as store:
        return [store.deliveries_of(id)[0].state for id in ids]


def deliver(installed: Installed) -> int:
    settings, now = load(installed.config), datetime.now(UTC)
    couriers = [courier_of(name, orders, settings, lambda: now) for name, orders in orders_of(settings).items()]
    return sum(courier.deliver_due(now) for courier in couriers)


def test_a_silence_is_made_with_all_that_it_asks_for(installed: Installed) -> None:
    made = add(installed, "--rule", "storskog", "--severity", "low", "--severity", "info", "--for", "2h")
    assert (made["owner"], made["reason"], made["rule"]) == ("Ann", "exercise week", ["storskog"])
    assert made["severity"] == ["low", "info"]
    length = datetime.fromisoformat(made["ends"]) - datetime.fromisoformat(made["begins"])
    assert length == timedelta(hours=2)
    (listed,) = installed.told("silence", "list")
    assert listed == made


def test_until_is_local_time_and_a_time_of_day_is_the_next_one(installed: Installed) -> None:
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    made = add(installed, "--channel", "desk", "--until", f"{day}T08:00")
    assert datetime.fromisoformat(made["ends"]).hour in (5, 6)  # Helsinki in summer and in winter
    ahead = datetime.fromisoformat(add(installed, "--channel", "desk", "--until", "08:00")["ends"]) - datetime.now(UTC)
    assert timedelta(0) < ahead <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--rule", "storskog", "--for", "2h"), "Missing option '--reason'"),
        (("--for", "2h", *WHY), "say what to keep back"),
        (("--rule", "storskog", *WHY), "say how long"),
        (("--rule", "storskog", "--for", "1h", "--until", "08:00", *WHY), "say how long"),
        (("--rule", "storskog", "--for", "31d", *WHY), "a silence lasts 30 days at most"),
        (("--rule", "storskog", "--for", "soon", *WHY), 'as in "90s"'),
        (("--rule", "storskog", "--until", "2020-01-05", *WHY), "has to lie ahead"),
        (("--rule", "storskog", "--until", "tomorrow", *WHY), "has to be a time such as 08:00"),
        (("--rule", "storskop", "--for", "2h", *WHY), "there is no rule `storskop`. Did you mean `storskog`?"),
        (("--country", "XX", "--for", "2h", *WHY), "there is no country `XX`"),
        (("--channel", "dusk", "--for", "2h", *WHY), "Did you mean `desk`?"),
        (("--source", "yel", "--for", "2h", *WHY), "Did you mean `yle`?"),
        (("--rule", "storskog", "--for", "2h", "--reason", " ", "--owner", "Ann"), "needs an owner and a reason"),
    ],
)
def test_a_silence_without_an_end_an_owner_or_a_reason_is_none(
    installed: Installed, arguments: tuple[str, ...], told: str
) -> None:
    result = installed.call("silence", "add", *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_the_list_shows_what_each_has_kept_back_and_whose_end_is_near_first(installed: Installed) -> None:
    late = add(installed, "--severity", "high", "--for", "2d")
    near = add(installed, "--source", "yle", "--for", "1h", "--drop")
    tell(installed, *(an_alert(id, severity=Severity.HIGH) for id in ("a1", "a2")), an_alert("b1", source="yle"))
    assert states(installed, "a1", "a2", "b1") == [DeliveryState.HELD] * 2 + [DeliveryState.MUTED]
    first, second = installed.told("silence", "list")
    assert (first["id"], first["dropped"], first["held"]) == (near["id"], ["b1"], [])
    assert (second["id"], second["held"]) == (late["id"], ["a1", "a2"])
    rows = installed.call("silence", "list").stdout.splitlines()
    assert "1 dropped" in rows[1]
    assert "2 held" in rows[2]
    assert "Ann" in rows[2]


def test_a_story_can_be_named_by_one_of_its_alerts(installed: Installed) -> None:
    tell(installed, an_alert("9b01c2d3e4f5"))
    assert add(installed, "--story", "9b01", "--for", "2h")["story"] == ["s1"]
    assert add(installed, "--story", "s7", "--for", "2h")["story"] == ["s7"]


def test_what_a_silence_held_goes_out_when_it_is_ended(installed: Installed) -> None:
    made = add(installed, "--country", "FI", "--for", "2d")
    tell(installed, an_alert("a1"), an_alert("a2"))
    assert deliver(installed) == 0
    result = installed.call("silence", "end", made["id"])
    assert result.stdout == f"silence {made['id']} has ended; 2 held\n"
    assert deliver(installed) == 1  # one digest
    assert states(installed, "a1", "a2") == [DeliveryState.JOINED] * 2
    assert installed.call("silence", "list").stdout == "no silences\n"
    with Store.open(installed.database, read_only=True) as store:
        assert store.notices(1)[0].text.endswith("ended (exercise week): it held 2 alerts")


def test_what_another_silence_holds_stays_held(installed: Installed) -> None:
    made = add(installed, "--country", "FI", "--for", "2d")
    add(installed, "--channel", "desk", "--for", "1d")
    tell(installed, an_alert("a1"))
    installed.call("silence", "end", made["id"])
    deliver(installed)
    assert states(installed, "a1") == [DeliveryState.HELD]


def test_ending_a_silence_that_is_none_says_so(installed: Installed) -> None:
    add(installed, "--country", "FI", "--for", "2d")
    result = installed.call("silence", "end", "nope")
    assert result.exit_code == 1
    assert "`gatewatch silence list` shows those that last" in result.stderr


def test_alerts_shows_what_is_held_why_and_until_when(installed: Installed) -> None:
    made = add(installed, "--country", "FI", "--for", "2d")
    tell(installed, an_alert("a1b2c3"))
    (listed,) = installed.told("alerts")
    (delivery,) = listed["deliveries"]
    assert (delivery["state"], delivery["cause"], delivery["next_try"]) == ("held", "silence", made["ends"])
    assert delivery["reason"].startswith(f"silence {made['id']} by Ann until ")
    assert "desk held until " in installed.call("alerts").stdout
    shown = installed.call("alerts", "show", "a1b2c3").stdout
    assert f"silence {made['id']} by Ann until " in shown
    assert "held until " in shown


def test_an_alert_that_was_muted_can_be_sent_after_all(installed: Installed) -> None:
    add(installed, "--country", "FI", "--for", "2d", "--drop")
    tell(installed, an_alert("a1b2c3"))
    refused = installed.call("alerts", "resend", "a1b2c3", "--channel", "desk")
    assert refused.exit_code == 1
    assert "it was muted (silence" in refused.stderr
    assert installed.call("alerts", "resend", "a1b2c3", "--channel", "desk", "--force").exit_code == 0
    assert deliver(installed) == 1


def test_an_ack_of_a_digest_counts_for_what_it_is_about(installed: Installed) -> None:
    made = add(installed, "--country", "FI", "--for", "2d")
    tell(installed, an_alert("a1"), an_alert("a2"))
    installed.call("silence", "end", made["id"])
    deliver(installed)
    digest = installed.told("alerts")[0]
    assert digest["kind"] == "digest"
    installed.call("ack", digest["id"], "--by", "Ann")
    with Store.open(installed.database, read_only=True) as store:
        assert [ack.by for id in ("a1", "a2") if (ack := store.ack_of(id))] == ["Ann", "Ann"]
