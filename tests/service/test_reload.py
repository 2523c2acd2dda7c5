"""A hang-up signal makes the service take over an edited configuration; a broken one changes nothing."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from .inbox import Inbox
from .installation import RULE, Installation, Running, wait_until
from .newsstand import Newsstand

ANOTHER_RULE = """
[[rule]]
id = "otherword"
says = "Another word"
severity = "high"
any = ["otherword*"]
  [[rule.test]]
  title = "Here is otherword0"
  fires = true
"""


def reload(daemon: Running, outcome: str) -> str:
    """Asks for a reload and waits for what came of it."""
    del daemon.lines[:]
    daemon.signal(signal.SIGHUP)
    return daemon.wait_for(f"event={outcome}")


def titles(installation: Installation) -> list[str]:
    """Of what was told, without severity and rule."""
    return [message["title"].partition(" – ")[2] for message in installation.messages()]


def told(installation: Installation) -> list[str]:
    """What the operator was told."""
    operator = [message for message in installation.messages() if message["rule"] == "Gatewatch"]
    return [message["title"].partition(" – ")[2] for message in operator]


@pytest.fixture
def rules(installation: Installation, newsstand: Newsstand) -> Path:
    """The rule file of an installation with one source, whose operator is the `file` channel."""
    installation.configure({"a": newsstand.url("a")})
    config = installation.path / "config.toml"
    config.write_text('operator = "file"\n' + config.read_text())
    return installation.path / "rules" / "words.toml"


def seeded(newsstand: Newsstand, feed: str = "a") -> None:
    wait_until(lambda: newsstand.requests[feed] > 1)


def test_a_new_rule_holds_from_the_next_item_on_and_the_log_names_it(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    with installation.running() as daemon:
        seeded(newsstand)
        newsstand.publish("a", "An otherword1 before", "A gatekeyword1 before")
        wait_until(lambda: titles(installation) == ["A gatekeyword1 before"])
        rules.write_text(RULE + ANOTHER_RULE)
        assert "rules=+otherword" in reload(daemon, "reloaded")
        newsstand.publish("a", "An otherword2 after", "A gatekeyword2 after")
        wait_until(lambda: len(titles(installation)) == 3)
        daemon.stop()
    assert set(titles(installation)) == {"A gatekeyword1 before", "An otherword2 after", "A gatekeyword2 after"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (RULE + "severity = loud\n", "words.toml:10:12"),
        (RULE.replace("high", "loud"), "words.toml:5:12"),
        (RULE.replace("fires = true", "fires = false"), "a test of gatekeyword fails"),
        ("", "no [[rule]]"),
    ],
    ids=["not TOML", "a wrong value", "a rule whose test fails", "nothing at all"],
)
def test_a_broken_rule_file_changes_nothing_and_the_operator_hears_of_it_once(
    text: str, complaint: str, installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    with installation.running() as daemon:
        seeded(newsstand)
        rules.write_text(text)
        assert complaint in reload(daemon, "reload_refused")
        reload(daemon, "reload_refused")
        newsstand.publish("a", "A gatekeyword1 meanwhile")
        wait_until(lambda: "A gatekeyword1 meanwhile" in titles(installation))
        assert len(told(installation)) == 1
        rules.write_text(RULE)
        reload(daemon, "reloaded")
        wait_until(lambda: len(told(installation)) == 2)
        daemon.stop()
    assert told(installation)[1].startswith("recovered: the configuration is right again")


def test_sources_come_and_go(installation: Installation, newsstand: Newsstand, rules: Path) -> None:
    newsstand.publish("b", "A gatekeyword1 of the backlog")
    with installation.running() as daemon:
        seeded(newsstand)
        installation.configure({"b": newsstand.url("b")})
        assert "sources=+b,-a" in reload(daemon, "reloaded")
        seeded(newsstand, "b")
        asked = newsstand.requests["a"]
        newsstand.publish("b", "A gatekeyword2 of today")
        wait_until(lambda: bool(titles(installation)))
        polls = newsstand.requests["b"]
        wait_until(lambda: newsstand.requests["b"] > polls + 1)
        assert newsstand.requests["a"] <= asked + 1  # one may have been under way
        daemon.stop()
    assert titles(installation) == ["A gatekeyword2 of today"]


def test_a_source_whose_address_was_edited_is_asked_there_at_once(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    installation.configure({"a": newsstand.url("a")}, every="1h")
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["a"] == 1)
        installation.configure({"a": newsstand.url("elsewhere")}, every="1h")
        assert "sources=~a" in reload(daemon, "reloaded")
        wait_until(lambda: newsstand.requests["elsewhere"] == 1)
        daemon.stop()


def test_channels_come_and_go(installation: Installation, newsstand: Newsstand, inbox: Inbox, rules: Path) -> None:
    with installation.running() as daemon:
        seeded(newsstand)
        environment = dict(installation.environment)
        installation.configure({"a": newsstand.url("a")}, webhook=f"json://127.0.0.1:{inbox.port}/")
        installation.environment = environment  # the process that runs knows no secret of the new channel
        assert "the secret `hook` is nowhere on this machine" in reload(daemon, "reload_refused")
        secrets = installation.path / "secrets"
        secrets.mkdir()
        (secrets / "hook").write_text(f"json://127.0.0.1:{inbox.port}/")
        (secrets / "hook").chmod(0o600)
        assert "channels=+hook" in reload(daemon, "reloaded")
        newsstand.publish("a", "A gatekeyword1 for both")
        wait_until(lambda: bool(inbox.bodies) and "A gatekeyword1 for both" in titles(installation))
        installation.configure({"a": newsstand.url("a")})
        assert "channels=-hook" in reload(daemon, "reloaded")
        newsstand.publish("a", "A gatekeyword2 for one")
        wait_until(lambda: "A gatekeyword2 for one" in titles(installation))
        daemon.stop()
    assert len(inbox.bodies) == 1


def test_the_state_directory_stays(installation: Installation, newsstand: Newsstand, rules: Path) -> None:
    with installation.running() as daemon:
        config = installation.path / "config.toml"
        config.write_text(config.read_text().replace('state = "state"', 'state = "elsewhere"'))
        assert "`state` can't change while Gatewatch runs" in reload(daemon, "reload_refused")
        daemon.stop()
    assert not (installation.path / "elsewhere").exists()
