"""The labelled texts beside this file are read no worse than their floors say. `make floors` tells today's figures.

`plain-*` are written as news agencies write, `hard-*` are made of what leads readers astray, `fresh-*`, `press-*` and
`recent-*` are real news retold by writers who did not know the vocabulary, `seeming-*` look like closings and mostly
are none, `cells-*` go through a language's ways to say each step, with the words that they taught.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gatewatch.cli.floors import floors_in
from gatewatch.cli.labels import labelled
from gatewatch.cli.score import by_reading
from gatewatch.reading import Reader
from gatewatch.reading.scoring import Score, below, figures, score

LABELLED = Path(__file__).parent / "labelled"
FILES = sorted(path.stem for path in LABELLED.glob("*.jsonl"))
FLOORS = tomllib.loads((LABELLED / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(reader: Reader) -> dict[str, Score]:
    return {name: by_reading(labelled(str(LABELLED / f"{name}.jsonl")), reader) for name in FILES}


def fallen(measured: Score, name: str) -> list[str]:
    """Each figure that is below its floor, and by how much."""
    found, floors = figures(measured), floors_in(FLOORS[name])
    assert floors, f"{name} has no floors: see `make floors`"
    return [f"{figure} is {found.get(figure)}, not {floors[figure]}" for figure in below(found, floors)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_no_worse_than_its_floors(name: str, scores: dict[str, Score]) -> None:
    assert fallen(scores[name], name) == []


def test_all_files_together_are_read_no_worse_than_their_floors(scores: dict[str, Score]) -> None:
    assert fallen(score(text for each in scores.values() for text in each.texts), "all") == []


def test_every_floor_is_of_a_file_that_is_there() -> None:
    assert FLOORS.keys() == {"all", *FILES}
