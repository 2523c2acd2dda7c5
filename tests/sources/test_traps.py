"""traps.toml says which test keeps which trap shut; here each of them is looked up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
TRAPS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "traps.toml").read_text())["trap"]
NAMED = re.compile(r"(?P<file>[\w/]+\.py)::(?P<test>\w+)(?:\[(?P<case>\w+)\])?")


def test_every_trap_stands_there_once() -> None:
    assert [trap["number"] for trap in TRAPS] == list(range(1, 101))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: str(trap["number"]))
def test_a_trap_is_kept_shut_by_tests_that_exist_or_left_out_for_a_reason(trap: dict[str, Any]) -> None:
    assert bool(trap.get("tests")) != bool(trap.get("left_out"))
    for name in trap.get("tests", ()):
        found = NAMED.fullmatch(name)
        assert found, name
        text = (TESTS / found["file"]).read_text()
        assert re.search(rf"def {found['test']}\(", text), name
        if found["case"]:
            assert list((TESTS / found["file"]).parent.glob(f"*/{found['case']}.expected.json")), name
