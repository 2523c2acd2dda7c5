"""Stories of counts and of words: they have no event to be told by, only their rule. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gatewatch.model import Count, CountClause, Match, Rule, Story, UsualLevel, nothing_is_usual
from gatewatch.stories.confirming import Placement


def place_count(match: Match, count: Count, rule: Rule, stories: Sequence[Story], now: datetime) -> Placement:
    """A count alerts once, and again only after the numbers fell below `rearm_below`."""
    for story in reversed(stories):
        if story.rule == rule.id and story.kind == "count" and not story.armed:
            if rule.repeat is not None and now - story.opened >= rule.repeat:
                break
            highest = max(story.value or 0, count.value)
            return Placement(replace(story, latest=now, value=highest), "joined", "over the threshold already")
    story = Story(
        id=story_id(match.item, "count", rule.id),
        rule=rule.id,
        kind="count",
        country=count.country,
        opened=now,
        latest=now,
        value=count.value,
        armed=False,
        first_item=match.item,
    )
    return Placement(story, "new", "over the threshold")


def place_words(match: Match, rule: Rule, stories: Sequence[Story], now: datetime) -> Placement:
    """Words alone tell of no event: each item is its own story, unless the rule asks for a pause."""
    for story in reversed(stories):
        if rule.repeat is not None and story.rule == rule.id and now - story.opened < rule.repeat:
            return Placement(replace(story, latest=now), "joined", "within the rule's repeat")
    story = Story(
        id=story_id(match.item, "words", rule.id),
        rule=rule.id,
        kind="words",
        country=None,
        opened=now,
        latest=now,
        first_item=match.item,
    )
    return Placement(story, "new", "its words match")


def rearmed(
    story: Story, clause: CountClause, counts: Sequence[Count], usual: UsualLevel = nothing_is_usual
) -> Story | None:
    """The story armed again, where a count of its kind fell below the clause's `rearm_below`.

    Without one that is `over`, or what the clause's `times` come to by now.
    """
    for count in counts:
        alike = count.country == story.country and not count.background
        alike = alike and (not clause.per or count.per in clause.per)
        alike = alike and (not clause.unit or count.unit in clause.unit)
        if alike and (count.value_max or count.value) < _low(clause, count, usual):
            return replace(story, armed=True)
    return None


def _low(clause: CountClause, count: Count, usual: UsualLevel) -> float:
    if clause.rearm_below is not None:
        return clause.rearm_below
    if clause.times is None:
        return clause.over
    return max(clause.over, clause.times * (usual(count.country, count.unit, count.per).median or 0))


def story_id(*parts: str) -> str:
    """The same for the same parts, on every machine."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
