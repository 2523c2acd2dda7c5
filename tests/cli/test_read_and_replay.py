"""The two commands that measuring scripts rely on, and `explain`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatewatch.cli import main

ROWS = [
    {"id": "a", "published": "2023-11-16T13:18:49.000Z", "title": "Hallitus päätti sulkea raja-asemia itärajalla"},
    {"id": "b", "published": "2023-11-16T14:00:00.000Z", "title": "Suomi sulkee neljä raja-asemaa itärajalla"},
    {"id": "c", "published": "2023-11-16T15:00:00.000Z", "title": "Kolme puuta kaatui myrskyssä", "summary": ""},
    {
        "id": "d",
        "published": "2023-11-22T20:09:22.000Z",
        "title": "Suomi sulkee kaikki itärajan rajanylityspaikat Raja-Joosepia lukuun ottamatta",
    },
]


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "items.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as handle:
        handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    return path


def _run(*arguments: str, stdin: str | None = None) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_read_gives_one_line_an_item_in_order() -> None:
    text = "".join(json.dumps({**row, "source_country": "FI"}) + "\n" for row in ROWS)
    rows = _run("read", "-", stdin=text)
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    last = rows[3]["events"]
    assert isinstance(last, list)
    assert last[0] | {"evidence": ""} == {
        "country": "FI",
        "neighbour": "RU",
        "type": "closure_announced",
        "crossings": ["Raja-Jooseppi"],
        "scope": "all_but",
        "from": None,
        "until": None,
        "background": False,
        "evidence": "",
    }
    assert (rows[2]["events"], rows[2]["counts"]) == ([], [])


def test_a_date_without_a_time_is_that_day() -> None:
    row = {"id": "x", "date": "2023-11-22", "lang": "en", "title": "Finland closes its eastern border from Friday"}
    (event,) = _run("read", "-", stdin=json.dumps(row))[0]["events"]  # type: ignore[misc]
    assert event["from"] == "2023-11-24"


def test_replay_tells_each_decision_once_at_the_moment_of_its_first_item(items: Path) -> None:
    alerts = _run("replay", str(items), "--country", "FI", "--json")
    told = [(alert["at"], alert["rule"], alert["items"]) for alert in alerts]
    assert told == [
        ("2023-11-16T13:18:49Z", "fi-closure", ["a"]),
        ("2023-11-22T20:09:22Z", "fi-closure", ["d"]),
    ]


def test_replay_gives_the_same_answer_twice(items: Path) -> None:
    """Promise 9: same input, same clock, same answer."""
    arguments = ("replay", str(items), "--country", "FI", "--json")
    assert _run(*arguments) == _run(*arguments)


def test_a_line_that_is_no_item_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a", "title": "x", "date": "2023-11-22"}\n{"id": "b"}\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["read", str(path)])
    assert result.exit_code == 1
    assert f"{path}:2: this line is no item: missing 'title'" in result.output


def test_explain_says_why_and_which_rule_fires() -> None:
    result = CliRunner().invoke(
        main, ["explain", "Suomi sulkee itärajan perjantaina", "--country", "FI", "--date", "2023-11-22"]
    )
    assert result.exit_code == 0, result.output
    assert "kept" in result.output
    assert "FI closure_announced" in result.output
    assert "fires     fi-closure" in result.output


def test_explain_as_json_holds_the_verdict_of_every_rule() -> None:
    (row,) = _run("explain", "Finland is prepared to close its eastern border if necessary", "--json")
    verdicts = {rule["rule"]: rule for rule in row["rules"]}  # type: ignore[attr-defined]
    assert verdicts["fi-closure-considered"]["fires"]
    assert verdicts["fi-closure"]["clause"] == "event"
