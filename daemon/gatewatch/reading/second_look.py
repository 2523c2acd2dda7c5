"""A second look at what the rules of grammar read, by weights that were learned from labelled texts.

The rules know the words that somebody wrote down; the weights have met thousands of texts, and know what usually
stands around a step that is told in words that nobody wrote down. What they think unlikely is dropped, what they
are sure of is added. See docs/learning.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import Event, EventType, Span, Step
from gatewatch.reading.candidates import TYPES, Candidate, Told, candidates, weighed
from gatewatch.reading.claims import TYPES as CLAIM_TYPES
from gatewatch.reading.claims import Claim
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.details import completed
from gatewatch.reading.extent import dates, extent
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.neighbours import neighbour_of
from gatewatch.reading.resolve import event_of
from gatewatch.reading.setting import Setting
from gatewatch.reading.traits import Said
from gatewatch.reading.weights import Weights

NEW = (EventType.CLOSURE_ANNOUNCED, EventType.REOPENING_ANNOUNCED, EventType.RESTRICTION_ANNOUNCED)
"""What begins on a day that a sentence names without more: "on Friday"."""

CLAIMED = {kind: claimed for claimed, kind in reversed(CLAIM_TYPES.items())}
"""What is claimed where a type of event is told: the action, and how sure it is."""

LABEL = 4
"""A headline of fewer words is left to the rules: "Narva: closed", a line of a table, is no sentence to be learned."""

BARE = 0.25
"""Under a headline that stands alone the weights have little to go by: there the rules stay from this chance on."""

WORDS = 3
"""How many of the words that spoke most for it are told to whoever asks why."""


def second_look(told: Told, steps: Sequence[Step], weights: Weights) -> tuple[tuple[Event, ...], tuple[Step, ...]]:
    """The events that stand after it, news first, and the steps with its own."""
    said = told.said()
    found = candidates(told, weighed(told, said, weights))
    sure = {(each.country, each.type): weights.chance(each.values) for each in found}
    bare = all(sentence.is_title for sentence in told.sentences)
    events, more = [], list(steps)
    for event in told.events:
        chance = sure.get((event.country, event.type), 1.0)
        limit = BARE if bare else weights.keep[event.type]
        if event.background or chance >= limit or _a_label(event, told.sentences):
            events.append(event)
        else:
            dropped = _step("dropped", event, f"learned from labelled texts: only {chance:.0%} sure")
            more = [*(s for s in more if (s.verdict, s.what) != ("kept", dropped.what)), dropped]
    read = {(event.country, event.type) for event in told.events}  # what is only recalled is no news either
    for each in found if _of_a_border(told.setting) else ():
        chance = sure[each.country, each.type]
        if (each.country, each.type) not in read and each.best >= 0 and chance >= weights.add[each.type]:
            event, words = _added(each, told, said[each.best], weights)
            events.append(event)
            by = f", by {', '.join(words)}" if words else ""
            more.append(_step("added", event, f"learned from labelled texts: {chance:.0%} sure{by}"))
    return tuple(sorted(events, key=lambda event: event.background)), tuple(more)


def _a_label(event: Event, sentences: Sequence[Sentence]) -> bool:
    """Whether an event rests on a headline of two or three words."""
    headline = [sentence for sentence in sentences if sentence.is_title]
    return event.evidence.field == "title" and sum(len(sentence.row) for sentence in headline) < LABEL


def _of_a_border(setting: Setting) -> bool:
    """Whether the text is one in which a step may be told in words that nobody wrote down.

    "Love Island Finland begins tonight" has a country and a beginning, and nothing else of a restriction.
    """
    return setting.speaks_of_borders and not setting.is_of_an_inner_line


def _step(verdict: str, event: Event, why: str) -> Step:
    return Step(verdict, f"{event.country} {event.type}", why, event.evidence)


def _added(candidate: Candidate, told: Told, said: Said, weights: Weights) -> tuple[Event, list[str]]:
    """The event of a candidate, with all that the rules can say of it, and the words that spoke for it."""
    heard = _heard(said, TYPES.index(candidate.type), weights)
    claim = next((c for c in told.claims if (c.country, c.type) == (candidate.country, candidate.type)), None)
    if claim is None:
        claim = _claimed(candidate, _clause_at(heard[0] if heard else 0, candidate.best, told), told)
        claim = completed([*told.claims, claim], told.setting)[-1]
    event = event_of(replace(claim, background=False), told.texts)
    return event, [said.sentence.row[at].form for at in heard[:WORDS]]


def _heard(said: Said, kind: int, weights: Weights) -> list[int]:
    """The tokens of a sentence that speak for a kind, those that do most first."""
    table = weights.events
    words = ((at, said.word(at)) for at in range(len(said.sentence.row)))
    shares = {at: table.share_of(table.weigh_words(word, said.language), kind) for at, word in words}
    return sorted((at for at, share in shares.items() if share > 0), key=lambda at: -shares[at])


def _clause_at(at: int, best: int, told: Told) -> tuple[Clause, Hit]:
    """The clause of the best sentence around the word that speaks most, and that word as what it rests on."""
    around = (clause for clause in told.parted[best] if clause.first <= at <= clause.last)
    sentence = told.sentences[best]
    return next(around, Clause(sentence, 0, len(sentence.row) - 1)), Hit("", at, at)


def _claimed(candidate: Candidate, where: tuple[Clause, Hit], told: Told) -> Claim:
    """What the clause says besides: which crossings, the neighbour, from when, until when."""
    clause, word = where
    action, modality = CLAIMED[candidate.type]
    crossings, scope = extent(clause, word, candidate.country, action)
    since, until = dates(clause, word, bare=candidate.type in NEW)
    if candidate.type not in NEW:
        since = None if since is None or since <= told.setting.today else since
    return Claim(
        action=action,
        modality=modality,
        country=candidate.country,
        neighbour=neighbour_of(candidate.country, clause, told.setting, [candidate.country]),
        crossings=crossings,
        scope=scope,
        since=since,
        until=until,
        background=False,
        weight=0.0,
        trigger=word.concept,
        some=False,
        by_night=False,
        asylum=False,
        asked_for=False,
        decided=False,
        done=False,
        lately=False,
        acts=False,
        beside=frozenset(m.country for m in clause.mentions) - {candidate.country},
        sentence=clause.sentence.number,
        evidence=Span(clause.sentence.field, *clause.span()),
        why="learned",
    )
