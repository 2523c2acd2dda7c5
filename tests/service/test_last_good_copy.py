"""A broken rule file never keeps the others from working: what was right before stands in for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.settings.last_good import NAME, Files, keep, kept

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
    with installation.running() as daemon:
        seeded(newsstand)
        daemon.stop()
    return directory


def publish_both(newsstand: Newsstand, installation: Installation) -> None:
    polls = newsstand.requests["a"]
    wait_until(lambda: newsstand.requests["a"] > polls)
    newsstand.publish("a", "A gatekeyword1 of today", "An otherword1 of today")


def test_the_copy_stands_in_and_the_operator_hears_of_it_once(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    (rules / "others.toml").write_text(BROKEN)
    (rules / "words.toml").write_text(RULE.replace("gatekeyword*", "freshword*").replace("gatekeyword0", "freshword0"))
    for _ in range(2):
        with installation.running() as daemon:
            assert "rules/others.toml:1:6" in daemon.wait_for("event=broken_rules")
            daemon.stop()
    with installation.running() as daemon:
        polls = newsstand.requests["a"]
        wait_until(lambda: newsstand.requests["a"] > polls)
        newsstand.publish("a", "A freshword1 of today", "An otherword1 of today")
        wait_until(lambda: {"A freshword1 of today", "An otherword1 of today"} <= set(titles(installation)))
        daemon.stop()
    assert len(told(installation)) == 1
    assert "started with the last good copy" in told(installation)[0]
    (rules / "others.toml").write_text(ANOTHER_RULE)
    with installation.running() as daemon:
        wait_until(lambda: len(told(installation)) == 2)
        daemon.stop()
    assert told(installation)[1].startswith("recovered")


def test_a_file_that_was_never_good_is_left_out(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    (rules / "new.toml").write_text(BROKEN)
    with installation.running() as daemon:
        publish_both(newsstand, installation)
        wait_until(lambda: {"A gatekeyword1 of today", "An otherword1 of today"} <= set(titles(installation)))
        daemon.stop()


def test_where_the_copy_of_one_file_does_not_fit_the_others_all_of_them_are_copies(
    installation: Installation, newsstand: Newsstand, rules: Path
) -> None:
    (rules / "words.toml").write_text(BROKEN)
    (rules / "others.toml").write_text(ANOTHER_RULE + RULE)  # the id of a rule in the copy of words.toml
    with installation.running() as daemon:
        publish_both(newsstand, installation)
        wait_until(lambda: {"A gatekeyword1 of today", "An otherword1 of today"} <= set(titles(installation)))
        daemon.stop()


def test_all_rules_may_be_gone(installation: Installation, newsstand: Newsstand, rules: Path) -> None:
    for path in rules.iterdir():
        path.unlink()
    rules.rmdir()
    with installation.running() as daemon:
        publish_both(newsstand, installation)
        wait_until(lambda: "A gatekeyword1 of today" in titles(installation))
        daemon.stop()


def test_a_round_by_hand_goes_by_the_copy_and_ends_with_1(installation: Installation, rules: Path) -> None:
    (rules / "others.toml").write_text(BROKEN)
    done = installation.call("run", "--once")
    assert done.returncode == 1
    assert "rules/others.toml:1:6" in done.stderr


def test_a_broken_config_is_no_matter_of_rules(installation: Installation, rules: Path) -> None:
    config = installation.path / "config.toml"
    config.write_text(config.read_text() + "every = \n")
    done = installation.call("run")
    assert done.returncode == 78
    assert "config.toml:" in done.stderr


def test_a_first_start_with_a_broken_rule_says_so_and_ends(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({"a": newsstand.url("a")}, rules=BROKEN)
    done = installation.call("run")
    assert done.returncode == 78
    assert "rules/words.toml:1:6" in done.stderr


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_what_is_kept_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, config: str, rules: dict[str, str]
) -> None:
    state = tmp_path_factory.mktemp("state")
    files, now = Files(config, rules), datetime.now(UTC)
    keep(files, state, now)
    found = kept(state)
    assert found is not None
    assert (found.files, found.at) == (files, now)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "then", "config": "", "rules": {}}', '{"rules": []}'])
def test_a_copy_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    assert kept(tmp_path) is None


def test_the_same_files_are_not_written_again(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    keep(Files("a", {}), tmp_path, now)
    keep(Files("a", {}), tmp_path, now + timedelta(hours=1))
    assert json.loads((tmp_path / NAME).read_text())["at"] == now.isoformat()
