"""A text that calls itself a correction sets right a story that was told, as an update in its thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gatewatch.model import Event, EventType, Match, Rule, Scope, Severity, Story
from gatewatch.stories import Placement, Teller, place

from .news import Newsroom, newsroom

NOON = datetime(2023, 11, 16, 12, tzinfo=UTC)
RULE = Rule(id="plain", says="", severity=Severity.HIGH)
VAALIMAA = Event(EventType.CLOSURE_ANNOUNCED, "FI", crossings=("Vaalimaa",), scope=Scope.NAMED)
IMATRA = replace(VAALIMAA, crossings=("Imatra",))
SANOMAT = Teller("sanomat", "Sanomat")
CORRECTS = replace(SANOMAT, corrects=True)

CLOSINGS = """
[[rule]]
id = "closings"
says = "Finland closes crossings"
severity = "high"
event = "closure_announced"
country = "FI"
"""


def told_then(teller: Teller, event: Event, after: timedelta = timedelta(hours=1)) -> Placement:
    """What becomes of an event that comes after Sanomat told of a closing of Vaalimaa."""
    first = _placed(SANOMAT, VAALIMAA, (), NOON)
    return _placed(teller, event, (first.story,), NOON + after)


def _placed(teller: Teller, event: Event, stories: tuple[Story, ...], now: datetime) -> Placement:
    match = Match(RULE.id, RULE.severity, f"{teller.source}-{now}", event=event)
    return place(match, RULE, stories, now, teller)


def test_another_crossing_is_set_right_in_the_same_story() -> None:
    corrected = told_then(CORRECTS, IMATRA)
    assert (corrected.decision, corrected.change) == ("update", "correction: Imatra, not Vaalimaa")
    assert corrected.story.crossings == ("Imatra",)


def test_without_the_mark_another_crossing_is_a_further_decision() -> None:
    assert told_then(SANOMAT, IMATRA).decision == "new"


def test_a_correction_that_only_repeats_what_was_told_is_no_news() -> None:
    assert told_then(CORRECTS, VAALIMAA).decision == "joined"


def test_nobody_corrects_after_two_days() -> None:
    assert told_then(CORRECTS, IMATRA, timedelta(days=3)).decision == "new"


@pytest.mark.parametrize(
    ("kind", "less"),
    [
        (EventType.CLOSURE_CONSIDERED, "correction: only considered, says Sanomat"),
        (EventType.RESTRICTION_ANNOUNCED, "correction: restricted, not closed, says Sanomat"),
    ],
)
def test_a_closing_that_its_outlet_takes_back_to_less_is_told(kind: EventType, less: str) -> None:
    corrected = told_then(CORRECTS, replace(VAALIMAA, type=kind))
    assert (corrected.decision, corrected.change) == ("update", less)


def test_an_outlet_that_told_nothing_takes_nothing_back() -> None:
    another = Teller("lehti", "Lehti", corrects=True)
    assert told_then(another, replace(VAALIMAA, type=EventType.CLOSURE_CONSIDERED)).decision == "joined"


@pytest.fixture
def desk() -> Iterator[Newsroom]:
    with newsroom(CLOSINGS) as room:
        yield room


def test_the_mark_in_the_headline_makes_it_an_update_of_the_story(desk: Newsroom) -> None:
    (first,) = desk.tells("2023-11-16 12:00", "Finland closes Vaalimaa border crossing on Friday")
    right = "CORRECTION: Finland closes Vaalimaa border crossing on Saturday, not Friday"
    (second,) = desk.tells("2023-11-16 13:00", right)
    assert second.story == first.story
    assert second.change == "correction: from 18 November 2023, not 17 November 2023"


def test_a_correction_of_something_else_changes_no_story(desk: Newsroom) -> None:
    desk.tells("2023-11-16 12:00", "Finland closes Vaalimaa border crossing on Friday")
    assert desk.tells("2023-11-16 13:00", "Correction of the law: Finland closes Vaalimaa border crossing") == ()


def test_what_a_text_corrects_is_kept_with_its_reading(desk: Newsroom) -> None:
    title = "Finland closes Vaalimaa border crossing on Saturday (corrected)"
    desk.tells("2023-11-16 12:00", title)
    kept = desk.store.reading(f"yle 2023-11-16 12:00 {title}")
    assert kept is not None
    assert kept.corrects
    assert kept.events[0].since == date(2023, 11, 18)

