"""Mistakes in a config.toml and its rules/, each found in one run of `check`, at its line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatewatch.cli import main

BROKEN = Path(__file__).parent / "broken"

# file, line, column, words of the message
MISTAKES = [
    ("config.toml", 3, 12, "Did you mean `Europe/Helsinki`?"),
    ("config.toml", 9, 1, "unknown key `oficial`. Did you mean `official`?"),
    ("config.toml", 13, 7, "begins with https:// or http://"),
    ("config.toml", 14, 9, 'as in "90s", "5m", "2h" or "1d", not `five minutes`'),
    ("config.toml", 17, 6, "a second source with the id `raja-fi`. The first stands at"),
    ("config.toml", 19, 11, "rules/places.toml does not know: `XX`"),
    ("config.toml", 20, 8, "one of `feed`, `page`, `google-news`, `gdelt`, not `feeds`. Did you mean `feed`?"),
    ("config.toml", 22, 1, "type slack needs `secret`"),
    ("config.toml", 31, 27, "an e-mail address, not `nobody`"),
    ("config.toml", 32, 8, "a whole number without quotes, not the text `587`"),
    ("config.toml", 37, 10, "Secrets never stand in config.toml"),
    ("config.toml", 40, 25, "not `hihg`. Did you mean `high`?"),
    ("config.toml", 41, 15, "names a channel that does not exist: `dutty`. Did you mean `duty`?"),
    ("rules/closures.toml", 4, 1, "unknown key `severty`. Did you mean `severity`?"),
    ("rules/closures.toml", 5, 18, "names no country by its code: `Estonia`. Did you mean `EE`?"),
    ("rules/closures.toml", 6, 9, "Did you mean `closure_announced`?"),
    ("rules/closures.toml", 10, 13, "`because` names no clause of this rule: `count`"),
    ("rules/closures.toml", 13, 11, "`fires` has to be true or false"),
    ("rules/closures.toml", 15, 1, "a rule that asks for nothing"),
    ("rules/latin1.toml", 3, 11, "not UTF-8 text"),
    ("rules/numbers.toml", 4, 12, "no route takes the severity `low`"),
    ("rules/numbers.toml", 5, 18, "a source that does not exist: `raja-if`. Did you mean `raja-fi`?"),
    ("rules/numbers.toml", 6, 29, "not `daily`. Did you mean `day`?"),
    ("rules/numbers.toml", 6, 52, "`rearm_below` has to be 100"),
    ("rules/numbers.toml", 7, 10, "not `7 days`"),
    ("rules/numbers.toml", 10, 6, "a second rule with the id `fi-closure`"),
    ("rules/numbers.toml", 13, 12, "does not know: `Vaalima`. Did you mean `Vaalimaa`?"),
    ("rules/numbers.toml", 14, 19, "begins with `*`: `*gränsen`"),
    ("rules/numbers.toml", 14, 31, "fits too many words: `a*`"),
    ("rules/numbers.toml", 14, 37, "a repeat inside a repeat"),
    ("rules/numbers.toml", 14, 50, "no regular expression"),
    ("rules/syntax.toml", 3, 21, "not valid TOML"),
    ("rules/vocabulary/fi.toml", 5, 20, "a `*` that stands alone"),
    ("rules/vocabulary/fi.toml", 6, 1, "unknown key `unles`. Did you mean `unless`?"),
    ("rules/vocabulary/fi.toml", 10, 14, "not from `90` to `20`"),
    ("rules/vocabulary/fi.toml", 13, 15, "12 or less, not `13`"),
]


@pytest.fixture(scope="module")
def checked() -> Result:
    return CliRunner().invoke(main, ["check", "--config", str(BROKEN / "config.toml")])


def test_the_exit_code_is_that_of_a_bad_configuration(checked: Result) -> None:
    assert checked.exit_code == 78


@pytest.mark.parametrize(("file", "line", "column", "words"), MISTAKES)
def test_a_mistake_is_told_at_its_place(
    checked: Result, file: str, line: int, column: int, words: str
) -> None:
    place = f"{BROKEN / file}:{line}:{column}: "
    told = [each for each in checked.stderr.splitlines() if each.startswith(place)]
    assert len(told) == 1, f"nothing, or too much, at {place}"
    assert words in told[0]


def test_nothing_else_is_told(checked: Result) -> None:
    assert len(checked.stderr.splitlines()) == len(MISTAKES)
    assert checked.stdout == ""


def test_problems_come_in_the_order_of_the_files_with_config_first(checked: Result) -> None:
    places = [(BROKEN / file, line, column) for file, line, column, _ in MISTAKES]
    told = [each.split(": ", 1)[0] for each in checked.stderr.splitlines()]
    assert told == [f"{path}:{line}:{column}" for path, line, column in places]


def test_a_secret_in_the_config_is_not_repeated(checked: Result) -> None:
    assert "token" not in checked.stderr


def test_json_tells_the_same_problems() -> None:
    told = CliRunner().invoke(main, ["check", "--json", "--config", str(BROKEN / "config.toml")])
    problems = json.loads(told.stdout)["problems"]
    assert told.exit_code == 78
    assert [(each["path"], each["line"], each["column"]) for each in problems] == [
        (str(BROKEN / file), line, column) for file, line, column, _ in MISTAKES
    ]
    assert all(each["what"] for each in problems)
