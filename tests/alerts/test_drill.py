"""A drill goes the whole way: outbox, courier, channel. The far ends are real servers and files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gatewatch.alerts.delivery import IDLE
from gatewatch.alerts.drilling import WORDS, channels_of, drill_alert
from gatewatch.alerts.messages import Family, render
from gatewatch.model import DeliveryState, Route, Severity
from gatewatch.service.lock import only_one
from gatewatch.store import Store
from service.installation import Installation
from service.newsstand import Newsstand, open_newsstand

from .far_ends import Mailbox, mail_server, webhook
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

[[channel]]
name = "hook"
type = "apprise"
secret = "hook"

[[route]]
severity = ["critical"]
to = ["desk", "mail"]

[[route]]
severity = ["info"]
to = ["hook"]
"""


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


@pytest.fixture
def drilled(installed: Installed, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Installed:
    installed.config.write_text(CONFIG.format(port=box.port), encoding="utf-8")
    monkeypatch.setenv("GATEWATCH_HOOK", "json://127.0.0.1:1/nobody")
    return installed


def at_the_desk(installed: Installed) -> list[dict[str, Any]]:
    path = installed.config.parent / "desk.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_drill_reaches_every_channel_that_its_severity_is_routed_to(drilled: Installed, box: Mailbox) -> None:
    result = drilled.call("drill")
    assert result.exit_code == 0, result.output
    desk, mail, last = result.stdout.splitlines()
    assert desk.startswith("desk:  delivered in ")
    assert mail.startswith("mail:  delivered in ")
    assert last.endswith("2 of 2 delivered")
    (told,) = at_the_desk(drilled)
    (letter,) = box.received
    assert told["id"] == letter["X-Gatewatch-Alert"] == last.split()[1].rstrip(":")


def test_nobody_takes_a_drill_for_border_news(drilled: Installed, box: Mailbox) -> None:
    drilled.call("drill")
    (told,) = at_the_desk(drilled)
    assert told["title"] == WORDS
    assert (told["kind"], told["event"], told["count"], told["country"]) == ("drill", None, None, None)
    (letter,) = box.received
    assert letter["Subject"] == WORDS
    html = letter.get_body(("html",))
    assert html is not None
    assert WORDS in html.get_content()


@pytest.mark.parametrize("family", Family)
def test_a_drill_says_so_first_in_every_family_of_messages(family: Family) -> None:
    message = render(drill_alert(Severity.HIGH, ["desk"], NOW), family, NOW)
    assert message.title.startswith("DRILL")
    assert WORDS in message.body
    assert "this channel works" in message.body


def test_a_drill_leaves_no_story_and_no_item(drilled: Installed) -> None:
    drilled.call("drill", "--channel", "desk")
    with Store.open(drilled.database) as store:
        (alert,) = store.alerts(9)
        assert store.stories_since(NOW - timedelta(days=9999)) == ()
        assert (alert.items, store.items_of_story(alert.story)) == ((), ())


def test_it_can_go_to_one_channel_alone(drilled: Installed, box: Mailbox) -> None:
    queue(drilled.database, an_alert("a1"))
    assert drilled.call("drill", "--channel", "mail").exit_code == 0
    assert len(box.received) == 1
    assert at_the_desk(drilled) == []


def test_two_drills_are_two_messages(drilled: Installed) -> None:
    drilled.call("drill", "--channel", "desk")
    drilled.call("drill", "--channel", "desk")
    assert len({told["id"] for told in at_the_desk(drilled)}) == 2


def test_a_refusal_is_told_with_the_words_of_the_far_end(drilled: Installed, box: Mailbox) -> None:
    box.refusals["duty@example.org"] = "550 no such user here"
    result = drilled.call("drill")
    assert result.exit_code == 1
    desk, mail, last = result.stdout.splitlines()
    assert desk.startswith("desk:  delivered")
    assert mail.startswith("mail:  failed: ")
    assert "550" in mail
    assert last.endswith("1 of 2 delivered")


def test_a_channel_that_does_not_answer_is_still_waiting_and_stays_in_the_outbox(
    drilled: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhook((503, "later"), (503, "later")) as far_end:
        monkeypatch.setenv("GATEWATCH_HOOK", far_end.address.replace("http://", "json://"))
        result = drilled.call("drill", "--severity", "info", "--wait", "1s")
    assert result.exit_code == 1
    hook, last = result.stdout.splitlines()
    assert hook.startswith("hook:  still waiting, tried 1×, again ")
    assert "503" in hook
    assert last.endswith("0 of 1 delivered; what waits stays in the outbox")
    (delivery,) = drilled.told("alerts")[0]["deliveries"]
    assert delivery["state"] == "pending"


def test_what_waited_in_the_channel_goes_out_before_the_drill(drilled: Installed) -> None:
    queue(drilled.database, an_alert("a1"))
    assert drilled.call("drill", "--channel", "desk").exit_code == 0
    assert [told["kind"] for told in at_the_desk(drilled)] == ["new", "drill"]


def test_what_a_killed_service_was_sending_does_not_hold_up_the_drill(drilled: Installed) -> None:
    now = datetime.now(UTC)
    queue(drilled.database, an_alert("a1", at=now))
    with Store.open(drilled.database) as store:
        assert store.claim("desk", now, timedelta(minutes=2))
    assert drilled.call("drill", "--channel", "desk", "--wait", "10s").exit_code == 0


def test_an_unknown_channel_is_wrong_usage_and_queues_nothing(drilled: Installed) -> None:
    result = drilled.call("drill", "--channel", "mial")
    assert result.exit_code == 2
    assert "Did you mean `mail`?" in result.stderr
    assert not drilled.database.exists()


def test_a_severity_that_nobody_hears_of_is_what_a_drill_finds(drilled: Installed) -> None:
    result = drilled.call("drill", "--severity", "medium")
    assert result.exit_code == 1
    assert "no route takes the severity medium" in result.stderr


def test_a_missing_secret_is_told_as_at_the_start_of_the_service(
    drilled: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GATEWATCH_HOOK")
    result = drilled.call("drill")
    assert result.exit_code == 78
    assert "`hook`" in result.stderr
    assert not drilled.database.exists()


@pytest.mark.parametrize("wait", ["0s", "soon", "-1s"])
def test_a_wait_that_is_no_length_of_time_is_wrong_usage(drilled: Installed, wait: str) -> None:
    assert drilled.call("drill", "--wait", wait).exit_code == 2


def test_routes_for_one_rule_or_country_lead_to_channels_of_their_severity_as_well() -> None:
    routes = [
        Route(("desk",), (Severity.CRITICAL,), rule=("fi-closure",)),
        Route(("mail", "desk"), country=("FI",)),
        Route(("night",), (Severity.INFO,)),
    ]
    assert channels_of(Severity.CRITICAL, routes) == ("desk", "mail")


def test_while_another_process_works_in_the_state_directory_the_drill_only_waits(drilled: Installed) -> None:
    with only_one(drilled.database.parent):
        result = drilled.call("drill", "--channel", "desk", "--wait", "1s")
    assert result.exit_code == 1
    assert "delivers it" in result.stderr
    assert result.stdout.startswith("desk:  still waiting, no courier has taken it up")
    assert at_the_desk(drilled) == []


@pytest.fixture
def newsstand() -> Iterator[Newsstand]:
    with open_newsstand() as stand:
        yield stand


def test_a_running_service_finds_the_drill_by_itself_and_delivers_it(tmp_path: Path, newsstand: Newsstand) -> None:
    installation = Installation(tmp_path)
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        done = installation.call("drill", "--wait", f"{IDLE + 15:.0f}s")
        assert daemon.stop() == 0
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"(process {daemon.process.pid}) delivers it" in done.stderr
    assert "file:  delivered in" in done.stdout
    assert [told["kind"] for told in installation.messages()] == ["drill"]


def test_the_drill_stands_among_the_alerts(drilled: Installed) -> None:
    drilled.call("drill", "--channel", "desk")
    assert WORDS in drilled.call("alerts").stdout
    (told,) = drilled.told("alerts")
    assert told["kind"] == "drill"
    assert told["deliveries"][0]["state"] == DeliveryState.DELIVERED.value
