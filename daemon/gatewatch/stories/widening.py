"""What a report adds to the story that it joins: crossings, more of the border, the day that it begins. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from gatewatch.model import Event, Scope, Story

CORRECTIONS = timedelta(hours=12)
"""Until then outlets that give another day have it better or worse, but tell of the same decision."""

WIDTH = {Scope.UNSPECIFIED: 0, Scope.NAMED: 1, Scope.ALL_BUT: 2, Scope.ALL: 3}


def widened(story: Story, event: Event, now: datetime) -> Story:
    """The story with what the event tells beyond it."""
    crossings, scope = story.crossings, story.scope
    # Who says "the whole border" of it leaves out the exception: the day that one is closed, too, is news.
    if WIDTH[event.scope] > WIDTH[scope] and scope is not Scope.ALL_BUT:
        crossings, scope = event.crossings, event.scope
    elif scope is Scope.NAMED and event.scope is Scope.NAMED:
        crossings = tuple(dict.fromkeys((*crossings, *event.crossings)))
    return replace(
        story,
        latest=now,
        crossings=crossings,
        scope=scope,
        neighbour=story.neighbour or event.neighbour,
        since=_better_day(story, event, now),
        until=story.until or event.until,
    )


def _better_day(story: Story, event: Event, now: datetime) -> date | None:
    """The day that it begins. The day of the decision is often taken for it: who names a later one knows more."""
    if not (story.since and event.since):
        return story.since or event.since
    decided = story.opened.date()
    if story.since <= decided < event.since and now - story.opened <= CORRECTIONS:
        return event.since
    return story.since
