"""What a report that found its story adds to it, and who is told: first news, better confirmed, corrected. Pure.

An outlet counts once, and one that prints another's text does not count: ten copies of one mistake are one source.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from gatewatch.model import Confirmation, Rule, Scope, Story

LEVELS = tuple(Confirmation)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who brings a match. `official` speaks for the authorities of `country` (None: for any).

    `copies` are the ids of the stories whose text it repeats, `again` those that it told itself in nearly these
    words; `corrects` is set where the text calls itself a correction.
    """

    source: str = ""
    name: str = ""
    official: bool = False
    country: str | None = None
    copies: frozenset[str] = field(default_factory=frozenset)
    again: frozenset[str] = field(default_factory=frozenset)
    corrects: bool = False

    def speaks_for(self, country: str | None) -> bool:
        return self.official and self.country in (None, country)


NOBODY = Teller()


@dataclass(frozen=True, slots=True)
class Placement:
    """The story as it stands after the match, what was decided and why.

    `decision`: new (nobody was told of it), update (`change` says what is told anew), joined, or waiting for a better
    confirmation.
    """

    story: Story
    decision: str
    reason: str
    change: str = ""

    @property
    def tells(self) -> bool:
        """Whether this is something that people have not been told."""
        return self.decision in ("new", "update")


def confirmed(placed: Placement, before: Story | None, rule: Rule, teller: Teller) -> Placement:
    """The placement with its teller counted, and with what people hear of it decided.

    `before` is the story as it was, None where it is new. A story that was told to nobody is new to everybody, however
    many reports have joined it since.
    """
    story = _counted(placed.story, teller)
    enough = LEVELS.index(story.confirmation) >= LEVELS.index(rule.confirmed)
    if not enough:
        waiting = tuple(dict.fromkeys((*story.waiting, rule.id)))
        reason = f"{_TOLD_BY[story.confirmation]}; the rule wants {_TOLD_BY[rule.confirmed]}"
        return replace(placed, story=replace(story, waiting=waiting), decision="waiting", reason=reason)
    told = replace(
        story,
        told=tuple(dict.fromkeys((*story.told, rule.id))),
        waiting=tuple(id for id in story.waiting if id != rule.id),
    )
    if not story.told:
        reason = placed.reason if before is None else f"now told by {_TOLD_BY[story.confirmation]}"
        return replace(placed, story=told, decision="new", reason=reason)
    change = placed.change or _change(before or story, story, rule, teller)
    if change:
        return Placement(told, "update", change, change)
    return replace(placed, story=story, decision="joined")


_TOLD_BY = {
    Confirmation.ONE: "one outlet",
    Confirmation.SEVERAL: "several outlets",
    Confirmation.OFFICIAL: "an authority",
}


def _counted(story: Story, teller: Teller) -> Story:
    if not teller.source:
        return story
    outlets, official = story.outlets, story.official
    if story.id not in teller.copies or teller.source in story.outlets or not outlets:
        outlets = tuple(dict.fromkeys((*outlets, teller.source)))
    if teller.speaks_for(story.country):
        official = tuple(dict.fromkeys((*official, teller.source)))
    return replace(story, outlets=outlets, official=official)


def _change(before: Story, after: Story, rule: Rule, teller: Teller) -> str:
    """What people who were told of a story should hear beside; empty where there is nothing."""
    changes = []
    if after.official and not before.official:
        changes.append(f"confirmed by {teller.name or teller.source}")
    elif rule.id in after.waiting:
        changes.append(f"now told by {_TOLD_BY[after.confirmation]}")
    today = after.latest.date()
    if after.since and after.since != before.since and after.since >= today:
        changes.append(f"from {day_in_words(after.since)}")
    if after.until and not before.until and after.until >= today:
        changes.append(f"until {day_in_words(after.until)}")
    if after.crossings and after.crossings != before.crossings:
        changes.append(crossings_in_words(after))
    return "; ".join(changes)


def crossings_in_words(story: Story) -> str:
    """ "Vaalimaa, Imatra"; "all but Raja-Jooseppi"."""
    names = ", ".join(story.crossings)
    return f"all but {names}" if story.scope is Scope.ALL_BUT else names


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
