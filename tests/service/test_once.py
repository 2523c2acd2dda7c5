from __future__ import annotations

from .installation import Installation
from .newsstand import Newsstand


def test_once_polls_all_sources_of_a_new_database_and_then_only_those_due(
    installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.publish("a", "Old gatekeyword0")
    installation.configure({"a": newsstand.url("a"), "b": newsstand.url("b")}, every="1h")
    first = installation.call("run", "--once")
    assert first.returncode == 0
    assert first.stdout == "polled 2 sources (0 not due), 1 items seeded, 0 new, 0 alerts, 0 delivered\n"
    second = installation.call("run", "--once")
    assert second.stdout.startswith("polled 0 sources (2 not due)")
    assert dict(newsstand.requests) == {"a": 1, "b": 1}


def test_once_delivers_before_it_ends(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({"a": newsstand.url("a")}, every="1s")
    installation.call("run", "--once")
    newsstand.publish("a", "New gatekeyword1", "New gatekeyword2")
    polled = installation.call("run", "--once")
    while polled.stdout.startswith("polled 0"):
        polled = installation.call("run", "--once")
    assert "0 items seeded, 2 new, 2 alerts, 2 delivered" in polled.stdout
    assert len(installation.messages()) == 2


def test_once_exits_1_and_names_the_source_that_failed(
    installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.answer("bad", 500, b"oops")
    installation.configure({"good": newsstand.url("good"), "bad": newsstand.url("bad")})
    done = installation.call("run", "--once")
    assert done.returncode == 1
    assert "failed: bad\n" in done.stdout
    assert "failed: good" not in done.stdout
