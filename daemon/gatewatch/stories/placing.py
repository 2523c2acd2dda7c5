"""Where a match belongs: a new story, one that is open, or none. Pure: the clock comes in as `now`.

A story is one decision at one border. Many outlets tell it, in many words, for days; each joins. A further
decision (other crossings, a later date, a wider scope, another stage) is a story of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gatewatch.model import (
    Event,
    EventType,
    Match,
    Rule,
    Scope,
    Story,
)
from gatewatch.stories.by_rule import place_count, place_words, story_id
from gatewatch.stories.confirming import NOBODY, Placement, Teller, confirmed
from gatewatch.stories.correcting import correction, denial, less_than_told
from gatewatch.stories.widening import CORRECTIONS, WIDTH, widened

ECHO = timedelta(days=10)
"""How long people go on talking of one decision; what only names the closing joins it until then."""

NAMES = timedelta(hours=36)
"""By then everybody has named the crossings that a decision is about: a new name is a new decision."""

QUIET = timedelta(days=30)
"""After so long without word of it, a count rule is armed again by itself."""

FAMILIES = {
    EventType.CLOSURE_ANNOUNCED: "closure",
    EventType.CLOSURE_EXTENDED: "closure",
    EventType.CLOSURE_CONSIDERED: "considered",
    EventType.CLOSURE_RULED_OUT: "ruled out",
    EventType.REOPENING_ANNOUNCED: "reopening",
    EventType.REOPENING_CONSIDERED: "reopening considered",
    EventType.RESTRICTION_ANNOUNCED: "restriction",
}
"""Event types that tell of one decision: outlets call a prolonged closure a closure, and the other way round."""

LOUDER = {
    "considered": ("closure",),
    "ruled out": ("closure",),
    "reopening considered": ("reopening",),
    "restriction": ("closure",),
}
"""A decision taken hides, while people talk of it, the talk of taking it. Stages only move forward loudly."""


def place(match: Match, rule: Rule, stories: Sequence[Story], now: datetime, teller: Teller = NOBODY) -> Placement:
    """Puts a match into its story. `stories` are those still open, of any rule, latest last."""
    if match.event is not None:
        placed = _place_event(match, match.event, rule, stories, now, teller)
    elif match.count is not None and rule.count is not None:
        placed = place_count(match, match.count, rule, stories, now)
    else:
        placed = place_words(match, rule, stories, now)
    before = next((story for story in stories if story.id == placed.story.id), None)
    return confirmed(placed, before, rule, teller)


def horizon(now: datetime) -> datetime:
    """The moment before which no story can be joined any more."""
    return now - QUIET


def _place_event(
    match: Match, event: Event, rule: Rule, stories: Sequence[Story], now: datetime, teller: Teller
) -> Placement:
    family = FAMILIES[event.type]
    near = [s for s in stories if s.country == event.country and s.kind in _EVENT_KINDS and now - s.latest <= ECHO]
    near.sort(key=lambda story: (story.opened, story.id), reverse=True)
    alike = [story for story in near if FAMILIES[EventType(story.kind)] == family]
    why = [_further(event, story, now) or _undone(event, story, near) for story in alike]
    for story in alike:
        if corrected := correction(event, story, now, teller):
            return corrected
        if story.id in teller.copies:
            return Placement(replace(story, latest=now), "joined", "a copy of what another outlet told")
    for story, further in zip(alike, why, strict=True):
        newest = story is alike[0]
        if further is None and (newest or _names_it(event, story)):
            return Placement(widened(story, event, now), "joined", "the same decision")
    louder = [s for s in near if FAMILIES[EventType(s.kind)] in LOUDER.get(family, ()) and s.told]
    for story in louder:
        if _part_of(event, story, now) or not (alike or _beyond(event, story)):
            known = Placement(replace(story, latest=now), "joined", f"{story.kind} was told already")
            return denial(event, story, now, teller) or less_than_told(event, story, now, teller) or known
    reason = (why[0] or "a further decision") if alike else "nothing like it is open"
    return Placement(_opened(match, event, rule, now), "new", reason)


def _names_it(event: Event, story: Story) -> bool:
    """Whether an echo names the very crossings or the day of a decision that is no longer the newest."""
    if event.scope is Scope.NAMED and event.crossings and set(event.crossings) <= set(story.crossings):
        return True
    return event.since is not None and event.since == story.since


OPPOSITE = {"closure": "reopening", "reopening": "closure"}


def _undone(event: Event, story: Story, near: Sequence[Story]) -> str | None:
    """Why it is told once more: its crossings were opened since (Vartius, closed again on 20 November 2023)."""
    if event.scope is not Scope.NAMED:
        return None
    for other in near:
        family = FAMILIES[EventType(other.kind)]
        if OPPOSITE.get(family) == FAMILIES[event.type] and other.opened > story.opened:
            again = [name for name in event.crossings if name in other.crossings and name in story.crossings]
            if again:
                return f"once more, after its {family}: {', '.join(again)}"
    return None


_EVENT_KINDS = frozenset(kind.value for kind in EventType)


def _further(event: Event, story: Story, now: datetime) -> str | None:
    """Why an event is more than its story tells, or None where it is the same."""
    if now - story.opened > CORRECTIONS:
        if event.since and story.since and event.since > story.since and event.since > story.opened.date():
            return f"from another day, {event.since:%d.%m.}"
        if event.until and story.until and event.until > story.until:
            return f"until a later day, {event.until:%d.%m.}"
    if event.since and not story.since and event.since > now.date() and now - story.opened > NAMES:
        return f"its day is set, {event.since:%d.%m.}"
    was, is_ = WIDTH[story.scope], WIDTH[event.scope]
    if is_ >= 2 and is_ > was and now - story.opened > timedelta(hours=20):
        return "more of the border"
    if event.scope is Scope.NAMED and not story.crossings and was < 2 and now - story.opened > NAMES:
        return f"crossings not named before: {', '.join(event.crossings)}"
    if event.scope is Scope.NAMED and story.scope is Scope.ALL_BUT:
        spared = [name for name in event.crossings if name in story.crossings]
        if spared:
            return f"left open before: {', '.join(spared)}"
    if event.scope is Scope.NAMED and story.scope is Scope.NAMED and story.crossings:
        more = [name for name in event.crossings if name not in story.crossings]
        if more:
            return f"further crossings: {', '.join(more)}"
    return None


def _beyond(event: Event, story: Story) -> bool:
    """Whether talk names crossings or days that the decision does not."""
    if event.crossings and story.scope is Scope.NAMED:
        return any(name not in story.crossings for name in event.crossings)
    return False


def _part_of(event: Event, story: Story, now: datetime) -> bool:
    """Whether a restriction is the other half of a closing: asylum is sought only where the border stays open."""
    if event.type is not EventType.RESTRICTION_ANNOUNCED:
        return False
    if event.since and story.since:
        return event.since == story.since
    return now - story.opened <= CORRECTIONS


def _opened(match: Match, event: Event, rule: Rule, now: datetime) -> Story:
    return Story(
        id=story_id(match.item, event.type.value, event.country),
        rule=rule.id,
        kind=event.type.value,
        country=event.country,
        opened=now,
        latest=now,
        crossings=event.crossings,
        scope=event.scope,
        neighbour=event.neighbour,
        since=event.since,
        until=event.until,
        first_item=match.item,
    )
