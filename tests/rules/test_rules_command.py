"""`gatewatch rules` as people run it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatewatch.cli import main

STORSKOG = """
[[rule]]
id = "storskog"
says = "Anything that names Storskog"
severity = "info"
any = ["Storskog*"]

  [[rule.test]]
  title = "Kø på Storskogs grensestasjon"
  fires = true

  [[rule.test]]
  title = "Kø på Svinesund"
  fires = false
  because = "any"
"""

BROKEN = """
[[rule]]
id = "narva"
says = "Anything that names Narva"
severity = "info"
any = ["Narva"]
none = ["JK Narva"]

  [[rule.test]]
  title = "JK Narva won again"
  fires = false
  because = "any"

  [[rule.test]]
  title = "Luhamaa is quiet"
  fires = false
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    directory = tmp_path / "rules"
    directory.mkdir()
    (directory / "a.toml").write_text(STORSKOG, encoding="utf-8")
    return directory


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, arguments)])


def test_rules_whose_tests_pass_are_one_line(rules: Path) -> None:
    result = run("test", "--rules", rules)
    assert (result.exit_code, result.output) == (0, "2 tests of 1 rules passed\n")


def test_a_failure_names_the_line_and_the_reason_and_exits_with_1(rules: Path) -> None:
    (rules / "b.toml").write_text(BROKEN, encoding="utf-8")
    result = run("test", "--rules", rules)
    assert result.exit_code == 1
    assert f"{rules / 'b.toml'}:9: narva: 'JK Narva won again'" in result.stdout
    assert "expected  does not fire because of any" in result.stdout
    assert "came      none: the title says 'JK Narva'" in result.stdout
    assert result.stdout.endswith("1 of 4 tests of 2 rules failed\n")


def test_doubts_and_gaps_are_warnings_beside_the_result(rules: Path) -> None:
    (rules / "b.toml").write_text(BROKEN, encoding="utf-8")
    warnings = run("test", "--rules", rules).stderr
    assert "b.toml:14: warning: narva: 'Luhamaa is quiet' can pass for the wrong reason" in warnings
    assert "b.toml:2: warning: narva has no test that fires" in warnings


def test_only_the_rules_that_are_named_are_tested(rules: Path) -> None:
    (rules / "b.toml").write_text(BROKEN, encoding="utf-8")
    assert run("test", "--rules", rules, "storskog").output == "2 tests of 1 rules passed\n"


def test_a_rule_that_does_not_exist_is_a_wrong_usage_with_a_hint(rules: Path) -> None:
    result = run("test", "--rules", rules, "storskogg")
    assert result.exit_code == 2
    assert "no rule 'storskogg'; did you mean 'storskog'?" in result.stderr


def test_a_rule_file_with_a_mistake_exits_with_78(rules: Path) -> None:
    (rules / "b.toml").write_text(BROKEN.replace("severity", "severty"), encoding="utf-8")
    result = run("test", "--rules", rules)
    assert result.exit_code == 78
    assert "b.toml:5:1" in result.stderr


def test_results_as_json(rules: Path) -> None:
    (rules / "b.toml").write_text(BROKEN, encoding="utf-8")
    result = run("test", "--rules", rules, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["rules"], told["tests"]) == (2, 4)
    assert [(each["rule"], each["line"]) for each in told["failed"]] == [("narva", 9)]
    assert [each["line"] for each in told["doubts"]] == [14]
    assert len(told["untested"]) == 1


def test_the_list_shows_each_rule(rules: Path) -> None:
    result = run("list", "--rules", rules)
    assert result.exit_code == 0
    assert "storskog" in result.output
    (line,) = run("list", "--rules", rules, "--json").output.splitlines()
    told = json.loads(line)
    assert (told["id"], told["severity"], told["tests"], told["line"]) == ("storskog", "info", 2, 2)


def test_without_a_directory_the_rules_of_the_config_are_tested(rules: Path) -> None:
    config = rules.parent / "config.toml"
    config.write_text(
        """
[[source]]
id = "raja-fi"
url = "https://raja.example/rss"
country = "FI"

[[channel]]
name = "here"
type = "console"

[[route]]
to = ["here"]
""",
        encoding="utf-8",
    )
    result = run("test", "--config", config)
    assert (result.exit_code, result.output) == (0, "2 tests of 1 rules passed\n")
