"""From claims to events: what is news, what only context, and which of two claims that disagree stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gatewatch.model import Event, EventType, Scope, Step
from gatewatch.reading.actions import Action
from gatewatch.reading.claims import Claim
from gatewatch.reading.modality import Modality
from gatewatch.reading.prolonging import (
    begun,
    closed_for_days,
    in_force,
    just_closed,
    lasting,
    long_closed,
    prolonged_or_closed,
)
from gatewatch.reading.settling import settle, told_as
from gatewatch.reading.sides import on_one_side

LIMITS = ("restrict", "restriction")
TALK = (EventType.CLOSURE_CONSIDERED, EventType.REOPENING_CONSIDERED)


def resolve(claims: Sequence[Claim], texts: dict[str, str]) -> tuple[tuple[Event, ...], tuple[Step, ...]]:
    """The events of a text, and what became of each claim. `texts` are the fields, for the wording."""
    steps: list[Step] = []
    events: list[Event] = []
    claims = on_one_side(claims)
    for country in dict.fromkeys(claim.country for claim in claims):
        theirs = [claim for claim in claims if claim.country == country]
        told = [claim for claim in theirs if claim.type is not None and not _work_as_usual(claim, claims)]
        steps += [_passed_over(claim) for claim in theirs if claim.type is None]
        for rule in RULES:
            told = rule(told, steps)
        settled = settle(told, steps)
        for claim in settled:
            events.append(event_of(claim, texts))
            steps.append(told_as(claim, "weakened" if claim.background else "kept", claim.why))
    return tuple(_one_each(events)), tuple(steps)


def _passed_over(claim: Claim) -> Step:
    return told_as(claim, "dropped", claim.why if claim.modality is Modality.MENTIONED else "only named")


def _open_to_some(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """Beside a closing, a crossing that "opens to diplomats" is narrowed, not reopened."""
    closed = any(c.type in (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED) and not c.background for c in told)
    some = [c for c in told if closed and c.type is EventType.REOPENING_ANNOUNCED and c.some and c.crossings]
    return [replace(c, action=Action.RESTRICT) if c in some else c for c in told]


def _narrowed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """A headline that closes at night, or to some, over a text that says "closed" of the same crossings."""
    narrow = [c for c in told if c.type is EventType.RESTRICTION_ANNOUNCED and c.closes and not c.background]
    wide = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and not c.background and c.sentence > 0]
    same = [c for c in wide if any(n.sentence < c.sentence and set(c.crossings) <= set(n.crossings) for n in narrow)]
    if not same:
        return list(told)
    partly = all(not (n.some or n.since or n.until) for n in narrow)  # "partially closes", over "closes 21 crossings"
    if any(c.scope is Scope.ALL or (partly and c.since) for c in same):
        # "closed to tourists", over "the army has closed all crossings"
        steps += [told_as(c, "dropped", "closed to all") for c in narrow]
        return [c for c in told if c not in narrow]
    steps += [told_as(c, "dropped", "closed only in part") for c in same]
    return [lasting(c, same) if c in narrow else c for c in told if c not in same]


def _work_as_usual(claim: Claim, claims: Sequence[Claim]) -> bool:
    """ "All crossing points work as usual" refuses nothing where nobody speaks of closing them.

    But "Lithuania and Latvia keep theirs open", over the news that Poland closes, does.
    """
    if claim.action is not Action.KEEP_OPEN or claim.modality is not Modality.DECIDED or claim.sentence == 0:
        return False
    theirs = all(c.action is Action.KEEP_OPEN for c in claims if c.country == claim.country)
    headline = any(c.sentence <= 1 and c.type is EventType.CLOSURE_ANNOUNCED and not c.background for c in claims)
    return theirs and not (headline and claim.acts and not claim.crossings)


def _in_plain_words(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """A headline that says more than its text: where the text only weighs or denies, the headline weighs too."""
    body = [c for c in told if c.sentence > 0 and not c.background]
    if any(c.modality is Modality.DECIDED or c.since for c in body) or not any(c.action is Action.CLOSE for c in body):
        return list(told)
    loud = [c for c in told if c.sentence == 0 and c.type is EventType.CLOSURE_ANNOUNCED]
    loud = [c for c in loud if not (c.decided or c.since or c.crossings)]
    steps += [told_as(c, "weakened", "the text under the headline only weighs it") for c in loud]
    return [replace(c, modality=Modality.CONSIDERED) if c in loud else c for c in told]


def _still_open(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """Beside a closing or a restriction, what "stays open" is what it spares, not a refusal to close."""
    steps_taken = (EventType.CLOSURE_ANNOUNCED, EventType.RESTRICTION_ANNOUNCED)
    closes = any(c.type in steps_taken and not c.background for c in told)
    spared = [c for c in told if closes and c.action is Action.KEEP_OPEN and c.modality is Modality.DECIDED]
    steps += [told_as(c, "dropped", "what the closing spares") for c in spared]
    return [_but(c, spared) for c in told if c not in spared]


def _but(claim: Claim, spared: Sequence[Claim]) -> Claim:
    """ "Closes seven of eight crossings, only Bajakovo stays open": the one that is spared, told in one sentence."""
    bare = claim.type is EventType.CLOSURE_ANNOUNCED and not claim.crossings and claim.scope is not Scope.ALL
    beside = next((c for c in spared if c.crossings and c.sentence == claim.sentence), None)
    if not bare or beside is None or claim.background:
        return claim
    return replace(claim, crossings=beside.crossings, scope=Scope.ALL_BUT)


def _let_through(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Lithuania closes its border. Only diplomats are let in": whom a closing spares is no step of its own.

    But "Last neighbour closes its border. Norway announced limits for cars" closes nothing.
    """
    loud = [c for c in told if c.sentence == 0 and c.type is EventType.CLOSURE_ANNOUNCED]
    loud = [c for c in loud if not (c.decided or c.since or c.crossings)]
    limits = [c for c in told if c.type is EventType.RESTRICTION_ANNOUNCED and c.decided and c.some]
    if loud and any(c.trigger in LIMITS for c in limits) and len(loud) + len(limits) == len(told):
        steps += [told_as(c, "dropped", "closed only in part") for c in loud]
        return limits
    closed = (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED)
    first = min(((c.sentence, c.evidence.start) for c in told if c.type in closed and not c.background), default=None)
    if first is None:
        return list(told)
    bare = [c for c in told if not (c.asylum or c.crossings or c.since or c.until or c.by_night)]
    bare = [c for c in bare if c.trigger != "checks"]  # "at the same time checks are brought back within Schengen"
    bare = [c for c in bare if c.type is EventType.RESTRICTION_ANNOUNCED and (c.sentence, c.evidence.start) > first]
    steps += [told_as(c, "dropped", "whom the closing spares") for c in bare]
    return [c for c in told if c not in bare]


def _without_talk(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The closure could …" beside the news of a decision is talk of that decision.

    So is a headline that plans ("Tusk will das Asylrecht aussetzen") over a text that announces it.
    """
    decided = [c for c in told if c.modality is Modality.DECIDED and not c.background]
    kept: list[Claim] = []
    for claim in told:
        same = [c for c in decided if _of_the_same(claim, c) and (c.weight >= claim.weight or claim.sentence == 0)]
        planned = claim.sentence == 0 and claim.action is Action.RESTRICT
        planned = planned and any(c.decided and 0 < c.sentence <= 2 and c.closes == claim.closes for c in same)
        if (claim.nominal or planned) and claim.type in TALK and same:
            steps.append(told_as(claim, "dropped", "talk of what is decided"))
        else:
            kept.append(claim)
    return kept


def _of_the_same(talk: Claim, decision: Claim) -> bool:
    """Whether talk can be of that decision: not where it is of more of the border, or of other crossings."""
    if talk.action is not decision.action:
        return False
    if talk.crossings and decision.crossings and not set(talk.crossings) & set(decision.crossings):
        return False
    part = decision.scope is Scope.NAMED or (decision.done and decision.scope is Scope.UNSPECIFIED)
    # "closed the station on Tuesday … weighs closing the whole border"
    wider = decision.scope is not Scope.ALL and decision.sentence > 0
    return not (talk.scope is Scope.ALL and (part or wider))


def _asked_and_refused(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """What somebody asks for and the authority rejects is only ruled out."""
    ruled_out = [c for c in told if c.type is EventType.CLOSURE_RULED_OUT and not c.background and not c.asked_for]
    asked = [c for c in told if c.type is EventType.CLOSURE_CONSIDERED and c.asked_for]
    asked = [c for c in asked if any(0 <= r.sentence - c.sentence <= 1 for r in ruled_out)]
    steps += [told_as(c, "dropped", "asked for and refused") for c in asked]
    return [c for c in told if c not in asked]


def _from_the_same_day(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """Asylum only at some points, told beside a closing or opening without a day of its own, holds as long."""
    step = next((c for c in told if c.lasts and not c.background and (c.since or c.until)), None)
    if step is None:
        return list(told)
    undated = [c for c in told if c.by_asylum and c.since is None]
    return [replace(c, since=step.since, until=c.until or step.until) if c in undated else c for c in told]


RULES = (
    _in_plain_words,
    long_closed,
    _open_to_some,
    begun,
    just_closed,
    closed_for_days,
    in_force,
    prolonged_or_closed,
    _narrowed,
    _still_open,
    _let_through,
    _without_talk,
    _asked_and_refused,
    _from_the_same_day,
)
"""What the claims of one country say of one another, in the order in which it is asked."""


def event_of(claim: Claim, texts: Mapping[str, str]) -> Event:
    """A claim as it is told. Raises ValueError for one that only mentions a step."""
    span = claim.evidence
    kind = claim.type
    if kind is None:
        raise ValueError("a claim that is only a mention is no event")
    return Event(
        type=kind,
        country=claim.country,
        neighbour=claim.neighbour,
        crossings=claim.crossings,
        scope=claim.scope,
        since=claim.since,
        until=claim.until,
        background=claim.background,
        evidence=span,
        says=texts[span.field][span.start : span.end],
    )


def _one_each(events: Iterable[Event]) -> list[Event]:
    """News first; one event for each country, type and time."""
    kept: dict[tuple[str, EventType, bool], Event] = {}
    for event in events:
        kept.setdefault((event.country, event.type, event.background), event)
    return sorted(kept.values(), key=lambda event: event.background)
