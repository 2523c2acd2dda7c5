"""Commands that write beside a service that delivers: nobody is told that the database is locked."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from service.installation import Installation, wait_until
from service.newsstand import open_newsstand

from .lengths import LONG

HANDS = 4
CALLS = 250 if LONG else 50


def test_two_hundred_acks_resends_and_drills_beside_a_service_that_delivers_meet_no_lock(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    with open_newsstand() as stand:
        stand.publish("a", "Old news")
        installation.configure({"a": stand.url("a")})
        with installation.running() as daemon:
            daemon.wait_for("event=seeded")
            stand.publish("a", "Here is gatekeyword0")
            wait_until(lambda: len(installation.messages()) == 1)
            alert = installation.messages()[0]["id"]
            hands = [call(installation, alert) for _ in range(HANDS)]
            published = 0
            while any(hand.poll() is None for hand in hands):
                published += 1
                stand.publish("a", f"Here is gatekeyword{published}")
                wait_until(partial(told, installation, f"gatekeyword{published}"), 60)
            for hand in hands:
                said, fault = hand.communicate(timeout=60)
                assert (hand.returncode, said, fault) == (0, "", "")
            assert daemon.stop() == 0
        assert not [line for line in daemon.lines if "locked" in line or "fell" in line]


def told(installation: Installation, word: str) -> bool:
    return any(word in message["title"].split() for message in installation.messages())


def call(installation: Installation, alert: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, Path(__file__).parent / "calling.py", str(CALLS), alert],
        cwd=installation.path,
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
