"""Texts that nobody tuned words on and nothing was learned from are read well, and better with the second look."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.cli.labels import labelled
from gatewatch.cli.score import by_reading
from gatewatch.reading import Reader
from gatewatch.reading.scoring import figures, score
from gatewatch.settings import load_words, shipped_rules

HELD = sorted((Path(__file__).parents[2] / "training" / "held").glob("*.jsonl"))


def read_by(reader: Reader) -> dict[str, float]:
    return figures(score(text for path in HELD for text in by_reading(labelled(str(path)), reader).texts))


@pytest.fixture(scope="module")
def with_second_look(reader: Reader) -> dict[str, float]:
    return read_by(reader)


def test_four_of_five_events_of_unread_texts_are_found_and_right(with_second_look: dict[str, float]) -> None:
    assert len(HELD) == 26
    assert with_second_look["events.f1"] >= 0.80


def test_most_closings_told_of_unread_texts_are_closings(with_second_look: dict[str, float]) -> None:
    assert with_second_look["closure_announced.precision"] >= 0.90


def test_the_second_look_earns_its_place(with_second_look: dict[str, float]) -> None:
    alone = read_by(Reader(*load_words(shipped_rules())))
    for figure in ("events.f1", "events.precision", "events.recall", "closure_announced.precision"):
        assert with_second_look[figure] > alone[figure] + 0.02
    assert with_second_look["negatives.right"] > alone["negatives.right"]
