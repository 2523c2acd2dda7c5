"""`gatewatch border`: what is open and what is closed, as far as it is known, and who says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gatewatch.model import Scope
from gatewatch.store import Store

from .knowing import Knowing, closure


@pytest.fixture
def knowing(tmp_path: Path) -> Knowing:
    return Knowing(tmp_path)


def test_a_closed_crossing_has_its_days_and_its_witness(knowing: Knowing) -> None:
    knowing.stories(closure())
    assert knowing.lines("border", "fi", "--at", "2023-11-20") == [
        "border crossing state since until announced by story",
        "FI–RU (as a whole) restricted 2023-11-18 2024-02-18 raja-fi (official) s1",
        "FI–RU Vaalimaa closed 2023-11-18 2024-02-18 raja-fi (official) s1",
        "FI–RU Vartius unknown nothing was told of it",
    ]


def test_what_is_announced_is_not_yet_so(knowing: Knowing) -> None:
    knowing.stories(closure(official=()))
    line = knowing.lines("border", "--at", "2023-11-17")[2]
    assert line == "FI–RU Vaalimaa unknown closed from 2023-11-18 nothing was told of it"


def test_an_end_without_a_word_is_unknown(knowing: Knowing) -> None:
    knowing.stories(closure())
    (_, vaalimaa, _) = knowing.told("border", "FI", "--at", "2024-03-01")
    assert (vaalimaa["crossing"], vaalimaa["state"], vaalimaa["since"]) == ("Vaalimaa", "unknown", "2024-02-19")
    assert vaalimaa["why"] == "what was told until then has ended, and nothing tells what came after"


def test_without_a_country_those_are_shown_that_something_is_known_of(knowing: Knowing) -> None:
    knowing.stories(closure())
    assert {row["country"] for row in knowing.told("border", "--at", "2023-11-20")} == {"FI"}
    assert {row["state"] for row in knowing.told("border", "EE")} == {"unknown"}


def test_the_history_has_every_spell(knowing: Knowing) -> None:
    reopened = closure(
        "s2",
        datetime(2023, 12, 12, 14, tzinfo=UTC),
        kind="reopening_announced",
        since=date(2023, 12, 14),
        until=None,
    )
    knowing.stories(closure(), reopened)
    history = [line for line in knowing.lines("border", "--history") if "Vaalimaa" in line]
    assert history == [
        "FI–RU Vaalimaa closed 2023-11-18 2023-12-13 raja-fi (official) s1",
        "FI–RU Vaalimaa open 2023-12-14 raja-fi (official) s2",
    ]
    (_, row, _) = knowing.told("border", "--history", "--at", "2023-12-14")
    assert [(spell["state"], spell["stories"]) for spell in row["spells"]] == [("closed", ["s1"]), ("open", ["s2"])]
    assert row["state"] == "open"


def test_counts_and_words_are_no_news_of_a_border(knowing: Knowing) -> None:
    knowing.stories(closure("c", kind="count"), closure("w", kind="words", scope=Scope.ALL))
    assert knowing.lines("border") == ["nothing is known of any border yet"]


def test_a_country_that_nobody_knows_is_wrong_usage(knowing: Knowing) -> None:
    Store.open(knowing.database).close()
    wrong = knowing.call("border", "FIN")
    assert (wrong.exit_code, "no country 'FIN'; did you mean 'FI'?" in wrong.stderr) == (2, True)


def test_without_a_database_it_says_so(knowing: Knowing) -> None:
    assert knowing.call("border").exit_code == 1
