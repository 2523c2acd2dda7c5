"""Confirmation grows from one outlet to several and to an authority; copies don't count, and rules can wait for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gatewatch.model import Confirmation, Event, EventType, Match, Rule, Scope, Severity, Story
from gatewatch.stories import Placement, Teller, place

NOON = datetime(2023, 11, 16, 12, tzinfo=UTC)
LOUD = Rule(id="loud", says="", severity=Severity.CRITICAL, confirmed=Confirmation.OFFICIAL)
PLAIN = Rule(id="plain", says="", severity=Severity.HIGH)
CLOSES = Event(EventType.CLOSURE_ANNOUNCED, "FI", crossings=("Vaalimaa",), scope=Scope.NAMED)

SANOMAT = Teller("sanomat", "Sanomat")
LEHTI = Teller("lehti", "Lehti")
RAJA = Teller("raja", "Finnish Border Guard", official=True, country="FI")
PPA = Teller("ppa", "Police and Border Guard Board", official=True, country="EE")


class Desk:
    """Reports that come in one after the other, an hour apart."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}
        self.now = NOON

    def hears(self, teller: Teller, event: Event = CLOSES, rule: Rule = PLAIN) -> Placement:
        match = Match(rule.id, rule.severity, f"{teller.source}-{self.now}", event=event)
        placed = place(match, rule, tuple(self.stories.values()), self.now, teller)
        self.stories[placed.story.id] = placed.story
        self.now += timedelta(hours=1)
        return placed

    def only_story(self) -> Story:
        (story,) = self.stories.values()
        return story


def test_one_outlet_then_several_then_an_authority() -> None:
    desk = Desk()
    levels = [desk.hears(teller).story.confirmation for teller in (SANOMAT, SANOMAT, LEHTI, RAJA)]
    assert levels == [Confirmation.ONE, Confirmation.ONE, Confirmation.SEVERAL, Confirmation.OFFICIAL]


def test_an_outlet_that_prints_the_text_of_another_confirms_nothing() -> None:
    desk = Desk()
    story = desk.hears(SANOMAT).story
    copied = desk.hears(replace(LEHTI, copies=frozenset({story.id})))
    assert (copied.decision, copied.story.confirmation) == ("joined", Confirmation.ONE)


def test_a_copy_joins_even_where_its_cut_text_reads_like_a_further_decision() -> None:
    desk = Desk()
    story = desk.hears(SANOMAT).story
    desk.now += timedelta(days=2)
    further = replace(CLOSES, crossings=("Vartius",))
    assert desk.hears(replace(LEHTI, copies=frozenset({story.id})), further).decision == "joined"


def test_the_authority_of_another_country_is_one_outlet_among_others() -> None:
    desk = Desk()
    assert desk.hears(PPA).story.confirmation is Confirmation.ONE


def test_people_hear_once_that_an_authority_confirms_what_an_outlet_told() -> None:
    desk = Desk()
    told = [desk.hears(teller) for teller in (SANOMAT, LEHTI, RAJA, RAJA)]
    assert [placed.decision for placed in told] == ["new", "joined", "update", "joined"]
    assert told[2].change == "confirmed by Finnish Border Guard"


def test_a_rule_that_wants_an_authority_waits_for_it() -> None:
    desk = Desk()
    first = desk.hears(SANOMAT, rule=LOUD)
    assert (first.decision, first.reason) == ("waiting", "one outlet; the rule wants an authority")
    assert desk.hears(LEHTI, rule=LOUD).decision == "waiting"
    assert desk.hears(RAJA, rule=LOUD).decision == "new"
    assert desk.hears(SANOMAT, rule=LOUD).decision == "joined"


def test_a_rule_that_waits_keeps_no_other_rule_from_telling() -> None:
    desk = Desk()
    desk.hears(SANOMAT, rule=LOUD)
    assert desk.hears(SANOMAT, rule=PLAIN).decision == "new"
    assert desk.hears(RAJA, rule=LOUD).decision == "update"
    assert desk.hears(RAJA, rule=PLAIN).decision == "joined"


def test_talk_is_told_while_the_decision_itself_waits_to_be_confirmed() -> None:
    desk = Desk()
    desk.hears(SANOMAT, rule=LOUD)
    talk = replace(CLOSES, type=EventType.CLOSURE_CONSIDERED)
    assert desk.hears(LEHTI, talk).decision == "new"


def test_a_rule_can_wait_for_a_second_outlet() -> None:
    desk = Desk()
    careful = replace(PLAIN, confirmed=Confirmation.SEVERAL)
    assert [desk.hears(teller, rule=careful).decision for teller in (SANOMAT, SANOMAT, LEHTI)] == [
        "waiting",
        "waiting",
        "new",
    ]


def test_what_was_not_known_at_first_is_told_as_an_update() -> None:
    desk = Desk()
    desk.hears(SANOMAT, replace(CLOSES, crossings=(), scope=Scope.UNSPECIFIED))
    fuller = desk.hears(LEHTI, replace(CLOSES, since=date(2023, 11, 18)))
    assert (fuller.decision, fuller.change) == ("update", "from 18 November 2023; Vaalimaa")
    assert desk.hears(SANOMAT, replace(CLOSES, since=date(2023, 11, 18))).decision == "joined"


SATURDAY = replace(CLOSES, since=date(2023, 11, 18))
FRIDAY = replace(CLOSES, since=date(2023, 11, 17))


@pytest.mark.parametrize("teller", [replace(SANOMAT, corrects=True), RAJA], ids=["itself", "an authority"])
def test_another_day_from_one_who_should_know_is_a_correction(teller: Teller) -> None:
    desk = Desk()
    desk.hears(SANOMAT, FRIDAY)
    corrected = desk.hears(teller, SATURDAY)
    assert corrected.decision == "update"
    assert corrected.change == "correction: from 18 November 2023, not 17 November 2023"
    assert desk.only_story().since == date(2023, 11, 18)


def test_an_outlet_that_prints_its_text_again_with_another_day_corrects_itself() -> None:
    desk = Desk()
    story = desk.hears(SANOMAT, FRIDAY).story
    assert desk.hears(replace(SANOMAT, again=frozenset({story.id})), SATURDAY).decision == "update"


def test_another_day_from_anybody_else_changes_nothing() -> None:
    desk = Desk()
    desk.hears(SANOMAT, FRIDAY)
    assert desk.hears(LEHTI, SATURDAY).decision == "joined"
    assert desk.only_story().since == date(2023, 11, 17)


RULED_OUT = replace(CLOSES, type=EventType.CLOSURE_RULED_OUT)


def test_a_denial_of_what_one_outlet_told_is_told_once() -> None:
    desk = Desk()
    desk.hears(SANOMAT)
    denied = desk.hears(RAJA, RULED_OUT)
    assert (denied.decision, denied.change) == ("update", "denied: Finnish Border Guard says otherwise")
    assert desk.hears(LEHTI, RULED_OUT).decision == "joined"


def test_nobody_denies_what_the_authority_itself_announced() -> None:
    desk = Desk()
    desk.hears(RAJA)
    assert desk.hears(LEHTI, RULED_OUT).decision == "joined"
