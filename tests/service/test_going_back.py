"""A real service is backed up while it works, and goes back to what it knew then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from gatewatch.store import Store, back_up, database_path

from .installation import RULE, Installation, wait_until
from .newsstand import Newsstand


def test_after_a_restore_what_feeds_still_show_is_told_again_and_nothing_that_the_backup_knows(
    installation: Installation, newsstand: Newsstand, tmp_path: Path
) -> None:
    database = database_path(tmp_path / "state")
    newsstand.publish("a", "Old news")
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        daemon.wait_for("event=seeded")
        newsstand.publish("a", "Here is gatekeyword0")
        wait_until(lambda: told(installation) == ["gatekeyword0"])
        back_up(database, tmp_path / "b.db", datetime.now(UTC))
        newsstand.publish("a", "Here is gatekeyword1")
        wait_until(lambda: told(installation) == ["gatekeyword0", "gatekeyword1"])
        assert daemon.stop() == 0
    rules = tmp_path / "rules" / "words.toml"
    rules.write_text("no rule, and no TOML")  # nothing that a restore in need should stumble over
    assert installation.call("restore", "b.db").returncode == 0
    rules.write_text(RULE)
    newsstand.publish("a", "Here is gatekeyword2")
    assert installation.call("run", "--once").returncode == 0
    assert told(installation) == ["gatekeyword0", "gatekeyword1", "gatekeyword1", "gatekeyword2"]
    with Store.open(database) as store:
        assert list(store.findings(datetime.now(UTC))) == []


def told(installation: Installation) -> list[str]:
    return [message["title"].split()[-1] for message in installation.messages()]
