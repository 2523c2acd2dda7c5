"""Every concept of the vocabularies is known to the settings, told in the docs, and asked for by the reading."""

from __future__ import annotations

import re
from pathlib import Path

from gatewatch.model import CONCEPTS
from gatewatch.settings import load_words, shipped_rules

ROOT = Path(__file__).parents[2]


def test_the_shipped_vocabularies_use_every_known_concept_and_no_other() -> None:
    vocabularies, _ = load_words(shipped_rules())
    assert {name for vocabulary in vocabularies for name in vocabulary.concepts} == CONCEPTS


def test_every_concept_is_told_in_the_docs() -> None:
    rows = [line for line in (ROOT / "docs/vocabulary.md").read_text().splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert told == CONCEPTS


def test_the_reading_asks_for_every_concept() -> None:
    code = "".join(path.read_text() for path in (ROOT / "daemon/gatewatch/reading").glob("*.py"))
    assert {name for name in CONCEPTS if f'"{name}"' not in code} == set()
