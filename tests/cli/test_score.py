"""`gatewatch score`: figures, errors, floors, and labels that are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gatewatch.cli import main

CLOSING: dict[str, Any] = {"country": "FI", "type": "closure_announced", "crossings": ["Vaalimaa"], "from": "2023-11-18"}
TEXT: dict[str, Any] = {
    "id": "a",
    "lang": "en",
    "date": "2023-11-16",
    "source_country": "FI",
    "title": "Finland closes the Vaalimaa border crossing on Saturday",
    "events": [CLOSING],
    "counts": [],
}
PUDDLE = TEXT | {"id": "b", "title": "A bakery opens at the market square", "events": []}
MISSED = TEXT | {"id": "c", "title": "The weather will be fine", "events": [CLOSING | {"evidence": "be fine"}]}
WRONG = TEXT | {"id": "d", "events": [], "title": "Finland closes its eastern border"}


def rows(path: Path, *texts: object) -> str:
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    return str(path)


@pytest.fixture
def gold(tmp_path: Path) -> str:
    return rows(tmp_path / "gold.jsonl", TEXT, PUDDLE, MISSED, WRONG)


def score(*arguments: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["score", *arguments])
    assert result.exit_code == exit_code, result.output
    return result


def test_the_figures_are_those_worked_out_by_hand(gold: str) -> None:
    figures = json.loads(score(gold, "--json").output)
    half = {"precision": 0.5, "recall": 0.5, "f1": 0.5, "found": 1, "false": 1, "missed": 1}
    assert figures["texts"] == 4
    assert figures["events"] == figures["closure_announced"] == figures["lang"]["en"] == half
    assert figures["type"] == {"closure_announced": half}
    assert figures["country"] == {"FI": half}
    assert figures["crossings"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "found": 1, "false": 0, "missed": 0}
    assert figures["dates"] == {"right": 1, "wrong": 0}
    assert figures["negatives"] == {"texts": 2, "with_a_false_answer": 1}


def test_errors_come_with_their_headline_and_the_words_they_rest_on(gold: str) -> None:
    told = score(gold).output
    assert "missed  c FI closure_announced  The weather will be fine\n        “be fine”" in told
    assert "false   d FI closure_announced  Finland closes its eastern border\n        “Finland closes" in told


def test_errors_beyond_the_number_asked_for_are_only_counted(gold: str) -> None:
    told = score(gold, "--errors", "1").output
    assert "missed  c" in told
    assert "false   d" not in told
    assert "1 more errors: --errors 2 lists all" in told


def test_by_shows_one_table_of_the_three(gold: str) -> None:
    told = score(gold, "--by", "lang", "--errors", "0").output
    assert " lang " in told
    assert " country " not in told


def test_predicted_answers_are_scored_in_place_of_a_reading(gold: str, tmp_path: Path) -> None:
    answers = rows(tmp_path / "answers.jsonl", {"id": "c", "events": [CLOSING], "counts": []})
    figures = json.loads(score(gold, "--predicted", answers, "--json").output)
    assert (figures["events"]["found"], figures["events"]["missed"]) == (1, 1)


def test_what_read_prints_can_be_scored_and_scores_the_same(gold: str, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(CliRunner().invoke(main, ["read", gold]).output, encoding="utf-8")
    assert score(gold, "--predicted", str(answers)).output == score(gold).output


def test_a_figure_below_its_floor_is_named(gold: str, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[events]\nf1 = 0.5\n[lang.en]\nrecall = 0.9\n[lang.fi]\nf1 = 0.1\n", encoding="utf-8")
    told = score(gold, "--floors", str(floors), exit_code=1).output
    assert "below its floor: lang.en.recall is 0.500; the floor is 0.900" in told
    assert "below its floor: lang.fi.f1 was not measured" in told
    assert "events.f1" not in told


def test_printed_floors_hold_today(gold: str, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(score(gold, "--print-floors").output, encoding="utf-8")
    assert "events.f1 = 0.47" in floors.read_text(encoding="utf-8")
    score(gold, "--floors", str(floors))


@pytest.mark.parametrize(
    ("floors", "told"),
    [
        ("[event]\nf1 = 0.5\n", "floors.toml:2:1: there is no figure `event.f1`. Did you mean `events.f1`?"),
        ("[events]\nf1 = 60\n", "floors.toml:2:6: `events.f1` has to be a number from 0 to 1, not `60`"),
        ("[events\n", "floors.toml:1:8: not valid TOML"),
    ],
)
def test_a_wrong_floor_is_told_with_its_line(gold: str, tmp_path: Path, floors: str, told: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(floors, encoding="utf-8")
    assert told in score(gold, "--floors", str(path), exit_code=2).output


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({key: value for key, value in TEXT.items() if key != "counts"}, "counts: missing"),
        (TEXT | {"date": "soon"}, "date: input should be a valid date"),
        (TEXT | {"events": [{"type": "closure_announced"}]}, "events[0].country: missing"),
        (TEXT | {"events": [CLOSING, CLOSING | {"type": "closure"}]}, "events[1].type: input should be 'closure_ann"),
        (TEXT | {"events": [CLOSING | {"country": "Finland"}]}, "events[0].country: not a country code such as 'FI'"),
        (TEXT | {"events": [CLOSING | {"form": "x"}]}, "events[0].form: unknown key"),
        (TEXT | {"counts": [{"country": "FI", "value": "many"}]}, "counts[0].value: input should be a valid integer"),
        (PUDDLE, "the id 'b' stands at"),
        ([TEXT], "this line is no item: not an object"),
    ],
)
def test_a_wrong_label_is_told_with_its_line(tmp_path: Path, row: object, told: str) -> None:
    path = tmp_path / "gold.jsonl"
    assert f"{path}:2: {told}" in score(rows(path, PUDDLE, row), exit_code=1).output


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    told = score(rows(tmp_path / "gold.jsonl", {"id": "a"}, TEXT | {"lang": 1}), exit_code=1).output
    assert "gold.jsonl:1: events: missing" in told
    assert "gold.jsonl:2: lang: input should be a valid string" in told


@pytest.mark.parametrize(("name", "told"), [("gold.jsonl", "not UTF-8 text"), ("gold.jsonl.gz", "not a gzipped file")])
def test_what_is_no_text_at_all_is_told(tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xff\xfe")
    assert f"{path}: {told}" in score(str(path), exit_code=1).output


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    assert "there is no file nowhere.jsonl" in score("nowhere.jsonl", exit_code=2).output
