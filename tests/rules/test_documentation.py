"""What the documents show is true: each block of TOML in docs/rules.md is a rule file, its tests pass."""

import re
from pathlib import Path

import pytest

from gatewatch.model import EventType, Per, Scope, Unit
from gatewatch.reading import Reader
from gatewatch.rules import run_tests
from gatewatch.rules.verdict import CLAUSES
from gatewatch.settings import learned, load_rules, load_words, shipped_rules

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = re.findall(r"^```toml\n(.*?)^```", (DOCS / "rules.md").read_text(encoding="utf-8"), re.M | re.S)


def test_there_are_blocks_to_test() -> None:
    assert len(BLOCKS) >= 4


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_a_valid_rule_file_whose_tests_pass(block: str, tmp_path: Path) -> None:
    (tmp_path / "shown.toml").write_text(block, encoding="utf-8")
    rules = load_rules(tmp_path)
    results = run_tests(rules, Reader(*load_words(shipped_rules()), learned()).read, {})
    assert rules
    assert [(result.where, result.came) for result in results if not result.passed] == []
    assert [result.doubt for result in results if result.doubt] == []


@pytest.mark.parametrize("name", [*EventType, *Scope, *Unit, *Per])
def test_every_name_of_the_model_is_explained(name: str) -> None:
    assert f"`{name}`" in (DOCS / "events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_is_explained(clause: str) -> None:
    assert f"`{clause}`" in (DOCS / "rules.md").read_text(encoding="utf-8")
