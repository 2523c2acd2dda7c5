"""The clock of the service tells of closures that run out: no source has to say anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatewatch.model import Scope, Story
from gatewatch.store import Store, database_path

from .installation import RULE, Installation, wait_until
from .newsstand import Newsstand

ENDS = """
[[rule]]
id = "ends"
says = "A closure ends within two days"
severity = "medium"
country = "FI"
ends = "2d"
"""


def closed_until_tomorrow(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({"a": newsstand.url("a")}, every="1h", rules=RULE + ENDS)
    now = datetime.now(UTC)
    story = Story(
        id="s1",
        rule="closure",
        kind="closure_announced",
        country="FI",
        opened=now - timedelta(days=3),
        latest=now - timedelta(days=3),
        scope=Scope.ALL,
        neighbour="RU",
        until=now.date(),
        outlets=("yle",),
        told=("closure",),
    )
    with Store.open(database_path(installation.path / "state")) as store:
        store.save_story(story)


def test_one_round_tells_of_it_and_the_next_does_not(installation: Installation, newsstand: Newsstand) -> None:
    closed_until_tomorrow(installation, newsstand)
    first, second = installation.call("run", "--once"), installation.call("run", "--once")
    assert "1 alerts, 1 delivered" in first.stdout, first.stderr
    assert "0 alerts, 0 delivered" in second.stdout
    assert [message["event"] for message in installation.messages()] == ["closure_ending"]


def test_the_service_tells_of_it_when_it_starts(installation: Installation, newsstand: Newsstand) -> None:
    closed_until_tomorrow(installation, newsstand)
    with installation.running():
        wait_until(lambda: len(installation.messages()) == 1)
    assert installation.messages()[0]["rule"] == "ends"
