"""What one new item tells people: it is read, laid under the rules, put into its story, and queued.

The second half of the pipeline's way, inside the transaction that the first half holds open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gatewatch.alerts.composing import LINKS, compose, known_before
from gatewatch.alerts.policy import policy_of
from gatewatch.alerts.queueing import queue
from gatewatch.history import level_for, points_for
from gatewatch.model import Alert, Item, Link, Match, Reading, Rule, Severity, Source, Story, UsualLevel
from gatewatch.reading import Reads
from gatewatch.rules import RuleSet
from gatewatch.settings import Settings
from gatewatch.sources.likeness import across_sources
from gatewatch.store import Store
from gatewatch.stories import Placement, Teller, horizon, is_copy, place, rearmed, runs_of
from gatewatch.stories.series import figures_in

#: How long an article may take from one source to another; after that the same headline is another one.
COPIES_FOR = timedelta(days=3)

#: The items of a story that a new text is compared with: those who copy do so in the first hours.
COMPARED = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """One item with what it says: from whom, and when it was taken in."""

    item: Item
    source: Source
    reading: Reading
    at: datetime


class Telling:
    """Decides for each item what people hear of it. Holds no state of its own: all of it lies in `store`."""

    def __init__(self, settings: Settings, store: Store, reader: Reads) -> None:
        self._settings = settings
        self._policy = policy_of(settings)
        self._store = store
        self._reader = reader
        self._rules = RuleSet(settings.rules)
        self._rule = {rule.id: rule for rule in settings.rules}
        self._counting = [rule for rule in settings.rules if rule.count is not None]

    def tell(self, item: Item, source: Source, now: datetime) -> list[Alert]:
        """Reads one new item, lays the rules on it, and queues what people have not been told."""
        heard = Heard(item, source, self._reader.read(item, source), now)
        reading = heard.reading
        if reading.events or reading.counts:
            self._store.add_reading(item.id, reading)
        figures = figures_in(reading, item, source, now)
        self._store.add_figures(figures)
        usual = level_for(self._store, figures, now.date())
        self._rearm(reading, usual, now)
        matches = sorted(self._rules.matches(item, source, reading, usual), key=loudest_first)
        alerts = (self._tell_match(match, self._rule[match.rule], heard) for match in matches)
        return [alert for alert in alerts if alert is not None]

    def remember(self, items: Sequence[Item], source: Source, now: datetime) -> None:
        """Keeps what a backlog counted and nobody is told of: it is history. An item without a date has no day."""
        for item in items:
            if item.published is not None and item.published <= now:
                self._store.add_figures(figures_in(self._reader.read(item, source), item, source, now))

    def _tell_match(self, match: Match, rule: Rule, heard: Heard) -> Alert | None:
        """Puts one match into its story, and queues an alert where that is something new to people."""
        if rule.status != "active":
            reason = "the rule is a draft"
            self._store.add_match(match, story=None, decision="draft", reason=reason, at=heard.at)
            return None
        stories = self._store.stories_since(horizon(heard.at))
        placement = self._copied(match, heard, stories)
        if placement is None:
            placement = place(match, rule, stories, heard.at, self._teller(match, heard, stories))
        self._record(match, placement, heard.at)
        if not placement.tells:
            return None
        alert = self._composed(match, placement, rule, heard, stories)
        queue(self._store, alert, rule, self._policy, heard.at)
        return alert

    def _teller(self, match: Match, heard: Heard, stories: Sequence[Story]) -> Teller:
        """Who tells it, and which stories hold the same text already: from another outlet, or from this one."""
        source, item = heard.source, heard.item
        name, corrects = source.name or source.id, heard.reading.corrects
        teller = Teller(source.id, name, source.official, source.country, corrects=corrects)
        if match.event is None:
            return teller
        copies: set[str] = set()
        again: set[str] = set()
        runs = runs_of(item.title, item.text)
        for story in stories:
            if story.country != match.event.country or heard.at - story.opened > COPIES_FOR:
                continue
            for told in self._first_items(story):
                if told.id != item.id and is_copy(runs, runs_of(told.title, told.text)):
                    (again if told.source == source.id else copies).add(story.id)
        return replace(teller, copies=frozenset(copies), again=frozenset(again))

    def _first_items(self, story: Story) -> list[Item]:
        found = (self._store.item(id) for id in self._store.items_of_story(story.id)[:COMPARED])
        return [item for item in found if item is not None]

    def _composed(
        self, match: Match, placement: Placement, rule: Rule, heard: Heard, stories: Sequence[Story]
    ) -> Alert:
        story = placement.story
        alert = compose(match, story, rule, heard.item, heard.source, heard.reading, heard.at, placement.change)
        known = known_before(story, stories) if match.event else ()
        links = self._other_reports(story, heard.item) if placement.change else ()
        points = points_for(self._store, match.count, heard.at.date()) if match.count else ()
        return replace(alert, known=known, links=links, points=points)

    def _other_reports(self, story: Story, item: Item) -> tuple[Link, ...]:
        names = {source.id: source.name or source.id for source in self._settings.sources}
        others = [told for told in self._first_items(story) if told.id != item.id and told.url]
        return tuple(Link(names.get(told.source, told.source), told.url) for told in others[:LINKS])

    def _copied(self, match: Match, heard: Heard, stories: Sequence[Story]) -> Placement | None:
        """Joins an article that another source brought already, where words alone matched.

        Events and counts need no such help: their stories know what they tell.
        """
        if match.event is not None or match.count is not None:
            return None
        signs = across_sources(heard.item, heard.source)
        first = self._store.copy_of(signs, since=heard.at - COPIES_FOR)
        self._store.remember_copy(signs, heard.item.id, heard.at)
        if first is None:
            return None
        told = {record.story for record in self._store.matches_of(first) if record.match.rule == match.rule}
        story = next((story for story in stories if story.id in told), None)
        if story is None:
            return None
        return Placement(replace(story, latest=heard.at), "joined", "another source brought this article")

    def _record(self, match: Match, placement: Placement, now: datetime) -> None:
        story = placement.story
        self._store.save_story(story)
        self._store.join_story(story.id, match.item, at=now)
        self._store.add_match(
            match, story=story.id, decision=placement.decision, reason=placement.reason, at=now
        )

    def _rearm(self, reading: Reading, usual: UsualLevel, now: datetime) -> None:
        """Arms count rules again whose numbers have fallen."""
        if not reading.counts:
            return
        for rule in self._counting:
            for story in self._store.open_stories(rule.id, horizon(now)):
                if rule.count is None or story.armed:
                    continue
                armed = rearmed(story, rule.count, reading.counts, usual)
                if armed is not None:
                    self._store.save_story(armed)


_LOUDNESS = list(Severity)


def loudest_first(match: Match) -> tuple[int, str]:
    """Where several rules match one item for one event, the most severe rule tells it."""
    return _LOUDNESS.index(match.severity), match.rule
