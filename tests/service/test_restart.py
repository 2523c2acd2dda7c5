from __future__ import annotations

import time

from .inbox import Inbox
from .installation import Installation, wait_until
from .newsstand import Newsstand


def test_a_restart_does_not_poll_before_the_time(installation: Installation, newsstand: Newsstand) -> None:
    for feed in ("a", "b"):
        newsstand.publish(feed, "Old news")
    installation.configure({feed: newsstand.url(feed) for feed in ("a", "b")}, every="1h")
    with installation.running() as daemon:
        for feed in ("a", "b"):
            daemon.wait_for(f"event=seeded source={feed} ")
        assert daemon.stop() == 0
    with installation.running() as daemon:
        time.sleep(1.5)
        assert daemon.stop() == 0
    assert dict(newsstand.requests) == {"a": 1, "b": 1}


def test_what_came_while_it_was_down_is_told_after_the_restart(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["a"] > 1)
        daemon.stop()
    newsstand.publish("a", "New gatekeyword1 of the night")
    with installation.running():
        wait_until(lambda: len(installation.messages()) == 1)


def test_two_daemons_never_work_in_one_state_directory(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        for arguments in ([], ["--once"]):
            second = installation.call("run", *arguments)
            assert second.returncode == 1
            assert f"another gatewatch run (process {daemon.process.pid})" in second.stderr
            assert "Traceback" not in second.stderr
        assert daemon.stop() == 0
    assert installation.call("run", "--once").returncode == 0


def test_a_missing_secret_stops_the_start_with_its_name(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")}, webhook="json://127.0.0.1:1/")
    del installation.environment["GATEWATCH_HOOK"]
    refused = installation.call("run", "--once")
    assert refused.returncode == 78
    assert "`hook`" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_secret_that_is_no_address_stops_the_start_and_is_not_shown(
    installation: Installation, newsstand: Newsstand
) -> None:
    installation.configure({"a": newsstand.url("a")}, webhook="nonsense-hunter2")
    refused = installation.call("run", "--once")
    assert refused.returncode == 78
    assert "apprise does not understand" in refused.stderr
    assert "hunter2" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_a_killed_process_was_sending_is_sent_right_after_the_restart(
    installation: Installation, newsstand: Newsstand, inbox: Inbox
) -> None:
    inbox.delay = 1.0
    installation.configure({"a": newsstand.url("a")}, webhook=f"json://127.0.0.1:{inbox.port}/")
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["a"] > 1)
        newsstand.publish("a", "New gatekeyword1", "New gatekeyword2")
        wait_until(lambda: len(inbox.bodies) == 1)
        daemon.kill()
    with installation.running():
        # long before the lease of two minutes would run out
        wait_until(lambda: sum("gatekeyword2" in body for body in inbox.bodies) == 1)
    assert sum("gatekeyword1" in body for body in inbox.bodies) == 2
