from __future__ import annotations

import json
import time

from .installation import Installation, wait_until
from .newsstand import Newsstand


def test_the_first_poll_seeds_silently_and_a_later_item_alerts(
    installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.publish("a", "Old gatekeyword0 from last week")
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        daemon.wait_for("event=seeded source=a items=1")
        newsstand.publish("a", "New gatekeyword1 of today", "Ice hockey tonight")
        wait_until(lambda: bool(installation.messages()))
        assert "gatekeyword1" in daemon.wait_for("event=alert")
    told = json.dumps(installation.messages())
    assert "gatekeyword1" in told
    assert "gatekeyword0" not in told
    assert len(installation.messages()) == 1


def test_a_feed_that_is_empty_at_first_alerts_on_its_first_item(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")})
    with installation.running():
        wait_until(lambda: newsstand.requests["a"] >= 2)
        newsstand.publish("a", "New gatekeyword1 of today")
        wait_until(lambda: len(installation.messages()) == 1)


def test_the_start_line_counts_sources_rules_and_channels(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a"), "b": newsstand.url("b")})
    with installation.running() as daemon:
        started = daemon.wait_for("event=started")
    assert started.startswith("time=")
    assert "sources=2 rules=1 channels=1" in started


def test_status_and_alerts_answer_while_run_writes(installation: Installation, newsstand: Newsstand) -> None:
    published = 0

    def one_more(feed: str) -> None:
        nonlocal published
        published += 1
        newsstand.publish(feed, f"Item with gatekeyword{published}")

    newsstand.before_answer = one_more
    installation.configure({id: newsstand.url(id) for id in ("a", "b", "c")})
    with installation.running() as daemon:
        daemon.wait_for("event=alert")
        end = time.monotonic() + 3
        while time.monotonic() < end:
            status, alerts = installation.call("status", "--json"), installation.call("alerts", "--json")
            assert (status.returncode, status.stderr) == (0, "")
            assert (alerts.returncode, alerts.stderr) == (0, "")
            json.loads(status.stdout)
        assert "gatekeyword" in alerts.stdout
