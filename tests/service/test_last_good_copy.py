"""A broken rule file never keeps the others from working: the service starts with what was right before."""

from __future__ import annotations

from pathlib import Path

import pytest

from .installation import RULE, Installation, wait_until
from .newsstand import Newsstand
from .test_reload import ANOTHER_RULE, seeded, titles, told

BROKEN = "id = \n"


@pytest.fixture
def rules(installation: Installation, newsstand: Newsstand) -> Path:
    """rules/ of an installation that has run once, with two rule files; its operator is the `file` channel."""
    installation.configure({"a": newsstand.url("a")})
    config = installation.path / "config.toml"
    config.write_text('operator = "file"\n' + config.read_text())
    directory = installation.path / "rules"
    (directory / "others.toml").write_text(ANOTHER_RULE)
    assert installation.call("run", "--once").returncode == 0
    return directory


def test_the_copy_stands_in_and_the_operator_hears_of_it_once(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    (rules / "others.toml").write_text(BROKEN)
    (rules / "words.toml").write_text(RULE.replace("gatekeyword", "freshword"))
    done = installation.call("run", "--once")
    assert (done.returncode, "rules/others.toml:1:6" in done.stderr) == (1, True)
    with installation.running() as daemon:
        assert "rules/others.toml:1:6" in daemon.wait_for("event=broken_rules")
        seeded(newsstand)
        newsstand.publish("a", "A freshword1 of today", "An otherword1 of today")
        wait_until(lambda: {"A freshword1 of today", "An otherword1 of today"} <= set(titles(installation)))
        assert len(told(installation)) == 1
        assert "started with the last good copy" in told(installation)[0]
        (rules / "others.toml").write_text(ANOTHER_RULE)
        daemon.stop()
    installation.call("run", "--once")
    assert len(told(installation)) == 2
    assert told(installation)[1].startswith("recovered")


@pytest.mark.parametrize("once", [["--once"], []])
def test_a_broken_config_ends_it_with_78(installation: Installation, rules: Path, once: list[str]) -> None:
    config = installation.path / "config.toml"
    config.write_text(config.read_text() + "every = \n")
    done = installation.call("run", *once)
    assert done.returncode == 78
    assert "config.toml:" in done.stderr


def test_a_first_start_with_a_broken_rule_says_so_and_ends(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({"a": newsstand.url("a")}, rules=BROKEN)
    done = installation.call("run")
    assert done.returncode == 78
    assert "rules/words.toml:1:6" in done.stderr
