"""What one new item tells people: it is read, laid under the rules, put into its story, and queued.

The second half of the pipeline's way, inside the transaction that the first half holds open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gatewatch.alerts.composing import compose
from gatewatch.alerts.routing import channels_for
from gatewatch.model import Alert, Item, Match, Reading, Severity, Source, Story
from gatewatch.reading import Reader
from gatewatch.rules import RuleSet
from gatewatch.settings import Settings
from gatewatch.sources.likeness import across_sources
from gatewatch.store import Store
from gatewatch.stories import Placement, horizon, place, rearmed

#: How long an article may take from one source to another; after that the same headline is another one.
COPIES_FOR = timedelta(days=3)


class Telling:
    """Decides for each item what people hear of it. Holds no state of its own: all of it lies in `store`."""

    def __init__(self, settings: Settings, store: Store, reader: Reader) -> None:
        self._settings = settings
        self._store = store
        self._reader = reader
        self._rules = RuleSet(settings.rules)
        self._rule = {rule.id: rule for rule in settings.rules}
        self._counting = [rule for rule in settings.rules if rule.count is not None]

    def tell(self, item: Item, source: Source, now: datetime) -> list[Alert]:
        """Reads one new item, lays the rules on it, and queues what people have not been told."""
        reading = self._reader.read(item, source)
        if reading.events or reading.counts:
            self._store.add_reading(item.id, reading)
            self._rearm(reading, now)
        alerts: list[Alert] = []
        for match in sorted(self._rules.matches(item, source, reading), key=loudest_first):
            rule = self._rule[match.rule]
            if rule.status != "active":
                self._store.add_match(
                    match, story=None, decision="draft", reason="the rule is a draft", at=now
                )
                continue
            stories = self._store.stories_since(horizon(now))
            placement = self._copied(match, item, source, stories, now) or place(match, rule, stories, now)
            self._record(match, placement, now)
            if placement.tells:
                alert = compose(match, placement.story, rule, item, source, reading, now)
                self._store.queue_alert(alert, channels_for(alert, self._settings.routes), at=now)
                alerts.append(alert)
        return alerts

    def _copied(
        self, match: Match, item: Item, source: Source, stories: Sequence[Story], now: datetime
    ) -> Placement | None:
        """Joins an article that another source brought already, where words alone matched.

        Events and counts need no such help: their stories know what they tell.
        """
        if match.event is not None or match.count is not None:
            return None
        signs = across_sources(item, source)
        first = self._store.copy_of(signs, since=now - COPIES_FOR)
        self._store.remember_copy(signs, item.id, now)
        if first is None:
            return None
        told = {record.story for record in self._store.matches_of(first) if record.match.rule == match.rule}
        story = next((story for story in stories if story.id in told), None)
        if story is None:
            return None
        return Placement(replace(story, latest=now), "joined", "another source brought this article")

    def _record(self, match: Match, placement: Placement, now: datetime) -> None:
        story = placement.story
        self._store.save_story(story)
        self._store.join_story(story.id, match.item, at=now)
        self._store.add_match(
            match, story=story.id, decision=placement.decision, reason=placement.reason, at=now
        )

    def _rearm(self, reading: Reading, now: datetime) -> None:
        """Arms count rules again whose numbers have fallen."""
        if not reading.counts:
            return
        for rule in self._counting:
            for story in self._store.open_stories(rule.id, horizon(now)):
                armed = rearmed(story, rule.count, reading.counts) if rule.count and not story.armed else None
                if armed is not None:
                    self._store.save_story(armed)


_LOUDNESS = list(Severity)


def loudest_first(match: Match) -> tuple[int, str]:
    """Where several rules match one item for one event, the most severe rule tells it."""
    return _LOUDNESS.index(match.severity), match.rule
