"""What was right before stands in for a broken rule file, as little of it as is needed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.settings import InvalidSettings, load_files, load_kept, load_or_last_good
from gatewatch.settings.kept_files import NAME, Files, keep, kept

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
BROKEN = "id = \n"
CONFIG = """
state = "state"
[[source]]
id = "a"
url = "https://news.example/a"
[[channel]]
name = "out"
type = "console"
[[route]]
to = "out"
"""


def rule(name: str) -> str:
    return (
        f'[[rule]]\nid = "{name}"\nsays = "{name}"\nseverity = "high"\nany = ["{name}*"]\n'
        f'  [[rule.test]]\n  title = "Here is {name}"\n  fires = true\n'
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config.toml with the rules `one` and `two`, of which a good copy was kept."""
    config, rules = tmp_path / "config.toml", tmp_path / "rules"
    rules.mkdir()
    (tmp_path / "state").mkdir()
    config.write_text(CONFIG)
    (rules / "one.toml").write_text(rule("one"))
    (rules / "two.toml").write_text(rule("two"))
    good = load_files(config)
    assert good.files is not None
    keep(good.files, tmp_path / "state", NOW)
    return config


def rules_that_hold(config: Path) -> list[str]:
    loaded = load_or_last_good(config)
    assert loaded.problems
    assert loaded.at == NOW
    return [rule.id for rule in loaded.settings.rules]


def test_the_copy_of_a_broken_file_stands_in_and_edits_of_the_others_hold(config: Path) -> None:
    rules = config.parent / "rules"
    (rules / "one.toml").write_text(rule("edited"))
    (rules / "two.toml").write_text(BROKEN)
    assert rules_that_hold(config) == ["edited", "two"]


def test_a_rule_from_a_copy_says_where_its_file_stands(config: Path) -> None:
    (config.parent / "rules" / "two.toml").write_text(BROKEN)
    rules = load_or_last_good(config).settings.rules
    assert [rule.path for rule in rules] == [str(config.parent / "rules" / name) for name in ("one.toml", "two.toml")]


def test_a_file_that_was_never_good_is_left_out(config: Path) -> None:
    (config.parent / "rules" / "three.toml").write_text(BROKEN)
    assert rules_that_hold(config) == ["one", "two"]


def test_where_the_copy_of_one_file_does_not_fit_the_others_all_of_them_are_copies(config: Path) -> None:
    rules = config.parent / "rules"
    (rules / "one.toml").write_text(BROKEN)
    (rules / "two.toml").write_text(rule("two") + rule("one"))  # the id of a rule in the copy of one.toml
    assert rules_that_hold(config) == ["one", "two"]


def test_all_rules_may_be_gone(config: Path) -> None:
    rules = config.parent / "rules"
    for path in rules.iterdir():
        path.unlink()
    rules.rmdir()
    assert rules_that_hold(config) == ["one", "two"]


def test_a_broken_config_is_no_matter_of_rules(config: Path) -> None:
    config.write_text(CONFIG + "every = \n")
    with pytest.raises(InvalidSettings, match=r"config\.toml:11:9"):
        load_or_last_good(config)


def test_the_last_good_settings_can_be_had_as_a_whole_where_config_is_broken(config: Path) -> None:
    config.write_text("every = \n")
    settings = load_kept(config, config.parent / "state")
    assert settings is not None
    assert ([rule.id for rule in settings.rules], [each.name for each in settings.channels]) == (["one", "two"], ["out"])


def test_where_nothing_was_kept_what_is_broken_stays_broken(config: Path) -> None:
    (config.parent / "state" / NAME).unlink()
    (config.parent / "rules" / "two.toml").write_text(BROKEN)
    with pytest.raises(InvalidSettings, match=r"two\.toml:1:6"):
        load_or_last_good(config)
    assert load_kept(config, config.parent / "state") is None


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_what_is_kept_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, config: str, rules: dict[str, str]
) -> None:
    state = tmp_path_factory.mktemp("state")
    files = Files(config, rules)
    keep(files, state, NOW)
    found = kept(state)
    assert found is not None
    assert (found.files, found.at) == (files, NOW)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "then", "config": "", "rules": {}}', '{"rules": []}'])
def test_a_copy_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    assert kept(tmp_path) is None


def test_the_same_files_are_not_written_again(tmp_path: Path) -> None:
    keep(Files("a", {}), tmp_path, NOW)
    keep(Files("a", {}), tmp_path, NOW + timedelta(hours=1))
    assert json.loads((tmp_path / NAME).read_text())["at"] == NOW.isoformat()
