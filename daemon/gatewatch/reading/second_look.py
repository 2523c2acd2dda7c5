"""A second look at what the rules of grammar read, by weights that were learned from labelled texts.

The rules know the words that somebody wrote down; the weights have met thousands of texts, and know what usually
stands around a step that is told in words that nobody wrote down. What they think unlikely is dropped, what they
are sure of is added. See docs/learning.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import Event, EventType, Scope, Span, Step
from gatewatch.reading.actions import Action
from gatewatch.reading.candidates import TYPES, Candidate, Told, candidates, weighed
from gatewatch.reading.claims import Claim
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.extent import dates, extent
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.neighbours import neighbour_of
from gatewatch.reading.parting import clauses_of
from gatewatch.reading.traits import Said
from gatewatch.reading.weights import Weights

NEW = (EventType.CLOSURE_ANNOUNCED, EventType.REOPENING_ANNOUNCED, EventType.RESTRICTION_ANNOUNCED)
"""What begins on a day that a sentence names without more: "on Friday"."""

ACTIONS = {
    EventType.REOPENING_ANNOUNCED: Action.OPEN,
    EventType.REOPENING_CONSIDERED: Action.OPEN,
    EventType.CLOSURE_EXTENDED: Action.EXTEND,
    EventType.RESTRICTION_ANNOUNCED: Action.RESTRICT,
}
"""What else than closing an event does to a border."""

WORDS = 3
"""How many of the words that spoke most for it are told to whoever asks why."""


def second_look(told: Told, steps: Sequence[Step], weights: Weights) -> tuple[tuple[Event, ...], tuple[Step, ...]]:
    """The events that stand after it, news first, and the steps with its own."""
    said = told.said()
    found = candidates(told, weighed(told, said, weights))
    sure = {(each.country, each.type): weights.chance(each.values) for each in found}
    events, more = [], list(steps)
    for event in told.events:
        chance = sure.get((event.country, event.type), 1.0)
        if event.background or chance >= weights.keep:
            events.append(event)
        else:
            more.append(_step("dropped", event, f"learned from labelled texts: {chance:.0%} sure"))
    read = {(event.country, event.type) for event in events if not event.background}
    for each in found:
        chance = sure[each.country, each.type]
        if (each.country, each.type) not in read and each.best >= 0 and chance >= weights.add[each.type]:
            event, words = _added(each, told, said[each.best], weights)
            events.append(event)
            why = f"learned from labelled texts: {chance:.0%} sure"
            more.append(_step("added", event, f"{why}, by {', '.join(words)}" if words else why))
    return _news_first(events), tuple(more)


def _news_first(events: Sequence[Event]) -> tuple[Event, ...]:
    """What became news is no background any more."""
    news = {(event.country, event.type) for event in events if not event.background}
    kept = [e for e in events if not e.background or (e.country, e.type) not in news or e.since is not None]
    return tuple(sorted(kept, key=lambda event: event.background))


def _step(verdict: str, event: Event, why: str) -> Step:
    return Step(verdict, f"{event.country} {event.type}", why, event.evidence)


def _added(candidate: Candidate, told: Told, said: Said, weights: Weights) -> tuple[Event, list[str]]:
    """The event of a candidate, with all that the rules can say of it, and the words that spoke for it."""
    sentence = said.sentence
    heard = _heard(said, TYPES.index(candidate.type), weights)
    claim = next((c for c in told.claims if (c.country, c.type) == (candidate.country, candidate.type)), None)
    if claim is not None:
        event = _of_a_claim(claim, candidate.type)
    else:
        at = heard[0] if heard else 0
        clause = next((c for c in clauses_of(sentence, told.texts[sentence.field]) if c.first <= at <= c.last), None)
        event = _of_a_clause(candidate, clause or Clause(sentence, 0, len(sentence.row) - 1), at, told)
    span = event.evidence
    words = [sentence.row[at].form for at in heard[:WORDS]]
    return replace(event, says=told.texts[span.field][span.start : span.end]), words


def _heard(said: Said, kind: int, weights: Weights) -> list[int]:
    """The tokens of a sentence that speak for a kind, those that do most first."""
    loads = {at: weights.share_of(weights.weigh(said.forms(at)), kind) for at in range(len(said.sentence.row))}
    return sorted((at for at, load in loads.items() if load > 0), key=lambda at: -loads[at])


def _of_a_claim(claim: Claim, kind: EventType) -> Event:
    return Event(
        type=kind,
        country=claim.country,
        neighbour=claim.neighbour,
        crossings=claim.crossings,
        scope=claim.scope,
        since=claim.since,
        until=claim.until,
        evidence=claim.evidence,
    )


def _of_a_clause(candidate: Candidate, clause: Clause, at: int, told: Told) -> Event:
    """What the clause around the word that speaks most says besides: which crossings, from when, until when."""
    action = ACTIONS.get(candidate.type, Action.CLOSE)
    trigger = Hit("", at, at)
    crossings, scope = extent(clause, trigger, candidate.country, action)
    since, until = dates(clause, trigger, bare=candidate.type in NEW)
    if candidate.type not in NEW:
        since = None if since is None or since <= told.setting.today else since
    return Event(
        type=candidate.type,
        country=candidate.country,
        neighbour=neighbour_of(candidate.country, clause, told.setting, [candidate.country]),
        crossings=crossings,
        scope=scope if crossings or scope is not Scope.NAMED else Scope.UNSPECIFIED,
        since=since,
        until=until if until is None or since is None or until >= since else None,
        evidence=_span(clause),
    )


def _span(clause: Clause) -> Span:
    sentence: Sentence = clause.sentence
    return Span(sentence.field, *clause.span())
