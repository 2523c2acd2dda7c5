"""What sets a story right that was told wrong: another day, other crossings, a step less, a denial. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gatewatch.model import Confirmation, Event, EventType, Scope, Story
from gatewatch.stories.confirming import Placement, Teller, day_in_words
from gatewatch.stories.widening import widened

CORRECTED_WITHIN = timedelta(days=2)
"""By then who told it wrong has said so, or never will."""

LESS = {
    EventType.CLOSURE_CONSIDERED: "only considered",
    EventType.REOPENING_CONSIDERED: "only considered",
    EventType.RESTRICTION_ANNOUNCED: "restricted, not closed",
}
"""What is left of a decision that was none."""


def correction(event: Event, story: Story, now: datetime, teller: Teller) -> Placement | None:
    """Another day or other crossings for the same decision, from one who should know.

    That is an authority (of the day), or an outlet that says itself that it had it wrong. Any other outlet that tells
    it otherwise has it wrong, or was read wrong: it joins and changes nothing.
    """
    if now - story.opened > CORRECTED_WITHIN:
        return None
    changes = []
    right = widened(story, event, now)
    if _better_day_known(event, story, now, teller) and event.since and story.since:
        changes.append(f"from {day_in_words(event.since)}, not {day_in_words(story.since)}")
        right = replace(right, since=event.since)
    wrong = [name for name in story.crossings if name not in event.crossings]
    named = event.scope is Scope.NAMED and story.scope is Scope.NAMED and bool(event.crossings)
    if teller.corrects and named and wrong and set(event.crossings) - set(story.crossings):
        changes.append(f"{', '.join(event.crossings)}, not {', '.join(wrong)}")
        right = replace(right, crossings=event.crossings)
    if not changes:
        return None
    change = f"correction: {'; '.join(changes)}"
    return Placement(right, "joined", change, change)


def _better_day_known(event: Event, story: Story, now: datetime, teller: Teller) -> bool:
    if not (event.since and story.since) or event.since == story.since:
        return False
    decides = event.since <= now.date() < story.since  # its own text names today as the day of the decision
    trusted = teller.speaks_for(story.country) and not story.official and not decides
    return trusted or teller.corrects or story.id in teller.again


def denial(event: Event, story: Story, now: datetime, teller: Teller) -> Placement | None:
    """A closure that one outlet reported and that is said, soon after, not to come; told once.

    Where an authority or several outlets told it, what somebody rules out is talk of something else.
    """
    if event.type is not EventType.CLOSURE_RULED_OUT or story.denied or now - story.opened > CORRECTED_WITHIN:
        return None
    if story.official or (story.confirmation is not Confirmation.ONE and not teller.speaks_for(story.country)):
        return None
    if teller.source in story.outlets and not teller.corrects:
        return None
    who = teller.name or teller.source or "another report"
    return Placement(replace(story, latest=now, denied=True), "joined", "denied", f"denied: {who} says otherwise")


def less_than_told(event: Event, story: Story, now: datetime, teller: Teller) -> Placement | None:
    """What an outlet told as decided and takes back to something less ("CORRECTION: … may close"); told once."""
    less = LESS.get(event.type)
    if less is None or not teller.corrects or teller.source not in story.outlets or story.denied:
        return None
    if story.official or now - story.opened > CORRECTED_WITHIN:
        return None
    change = f"correction: {less}, says {teller.name or teller.source}"
    return Placement(replace(story, latest=now, denied=True), "joined", change, change)
