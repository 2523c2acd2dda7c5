"""What no item tells: a closure comes to its end, and nothing says that it goes on.

News is silent then; the clock speaks. Asked again and again, an ending is told once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gatewatch.alerts.policy import policy_of
from gatewatch.alerts.queueing import queue
from gatewatch.model import Alert, AlertKind, Item, Match, Rule, Source, Story
from gatewatch.rules.folding import fold
from gatewatch.settings import Settings
from gatewatch.store import Store
from gatewatch.stories import Ending, timeline, upcoming_ends
from gatewatch.stories.confirming import day_in_words

#: The `event` of such alerts; no text can say it.
CLOSURE_ENDING = "closure_ending"

#: Closures that were last heard of before that are no news, whatever their end.
HEARD_OF = timedelta(days=400)


class Endings:
    """Tells, for rules with `ends`, of closures whose end is near. All that it remembers lies in `store`."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._policy = policy_of(settings)
        self._rules = [rule for rule in settings.rules if rule.ends is not None]

    @property
    def asked(self) -> bool:
        """Whether any rule wants to hear of endings."""
        return bool(self._rules)

    def tell(self, now: datetime) -> list[Alert]:
        """Queues an alert for each rule and ending that was not told yet. Belongs inside a transaction."""
        if not self.asked:
            return []
        stories = self._store.border_stories(now - HEARD_OF)
        found = timeline(stories, self._settings.gazetteer)
        by_id = {story.id: story for story in stories}
        local = now.astimezone(ZoneInfo(self._settings.timezone))
        alerts = (
            self._tell_one(rule, ending, by_id[ending.story], now)
            for rule in self._rules
            for ending in upcoming_ends(found, local, rule.ends or timedelta(0))
            if concerns(rule, ending)
        )
        return [alert for alert in alerts if alert is not None]

    def _tell_one(self, rule: Rule, ending: Ending, story: Story, now: datetime) -> Alert | None:
        """Keeps a row for a draft, too: what would have been told."""
        reason = f"the closure ends with {ending.until.isoformat()}"
        alert = self._composed(rule, ending, story, now)
        known = [record for record in self._store.matches_of(story.first_item) if record.match.rule == rule.id]
        if self._store.alert(alert.id) is not None or any(record.reason == reason for record in known):
            return None
        draft = rule.status != "active"
        match = Match(rule.id, rule.severity, story.first_item)
        decision = "draft" if draft else "new"
        self._store.add_match(match, story=None if draft else story.id, decision=decision, reason=reason, at=now)
        if draft:
            return None
        queue(self._store, alert, rule, self._policy, now)
        return alert

    def _composed(self, rule: Rule, ending: Ending, story: Story, now: datetime) -> Alert:
        item = self._store.item(story.first_item)
        source = next((each for each in self._settings.sources if item and each.id == item.source), None)
        return ending_alert(rule, ending, story, now, item, source)


def concerns(rule: Rule, ending: Ending) -> bool:
    """Whether a rule asks for that border, or for one of the crossings whose closure ends."""
    here = not rule.country or ending.country in rule.country
    named = {fold(crossing) for crossing in rule.crossing}
    return here and (not named or not named.isdisjoint(map(fold, ending.crossings)))


def ending_alert(
    rule: Rule, ending: Ending, story: Story, now: datetime, item: Item | None, source: Source | None
) -> Alert:
    """It rests on the news that told the end. Its id depends on rule, border and end: told again, it is the same."""
    named = "\0".join((CLOSURE_ENDING, rule.id, ending.country, ending.neighbour or "", ending.until.isoformat()))
    return Alert(
        id=hashlib.sha256(named.encode()).hexdigest()[:12],
        story=story.id,
        kind=AlertKind.NEW,
        rule=rule.id,
        says=rule.says,
        severity=rule.severity,
        at=now,
        title=f"{_what(ending)}: closed until {day_in_words(ending.until)}, and nothing says that it is extended",
        quote=item.title if item else "",
        url=item.url if item else "",
        source=(source.name or source.id) if source else ", ".join(ending.sources),
        country=ending.country,
        event=CLOSURE_ENDING,
        language=(item.language or "") if item else "",
        published=item.published if item else None,
        official=bool(story.official),
        facts=_facts(ending),
        items=(story.first_item,) if story.first_item else (),
        confirmation=story.confirmation,
    )


def _what(ending: Ending) -> str:
    if ending.whole or not ending.crossings:
        return f"The border of {ending.country}" + (f" with {ending.neighbour}" if ending.neighbour else "")
    return _listed(ending.crossings)


def _facts(ending: Ending) -> tuple[str, ...]:
    crossings = f"crossings: {_listed(ending.crossings)}"
    lines = [f"closed until {day_in_words(ending.until)}", "nothing says that it is extended"]
    return (*([crossings] if ending.crossings else []), *lines)


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
