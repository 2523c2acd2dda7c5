"""From claims to events: what is news, what only context, and which of two claims that disagree stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gatewatch.model import Event, EventType, Scope, Step
from gatewatch.reading.actions import Action
from gatewatch.reading.claims import Claim, as_background
from gatewatch.reading.modality import Modality
from gatewatch.reading.sides import on_one_side
from gatewatch.reading.settling import merged, settle, told_as

LIMITS = ("restrict", "restriction")
TALK = (EventType.CLOSURE_CONSIDERED, EventType.REOPENING_CONSIDERED)


def resolve(claims: Sequence[Claim], texts: dict[str, str]) -> tuple[tuple[Event, ...], tuple[Step, ...]]:
    """The events of a text, and what became of each claim. `texts` are the fields, for the wording."""
    steps: list[Step] = []
    events: list[Event] = []
    claims = on_one_side(claims)
    for country in dict.fromkeys(claim.country for claim in claims):
        theirs = [claim for claim in claims if claim.country == country]
        told = [claim for claim in theirs if claim.type is not None and not _work_as_usual(claim, theirs)]
        steps += [told_as(c, "dropped", c.why if c.modality is Modality.MENTIONED else "only named") for c in theirs if c.type is None]
        for rule in RULES:
            told = rule(told, steps)
        settled = settle(told, steps)
        for claim in settled:
            events.append(_event(claim, texts))
            steps.append(told_as(claim, "weakened" if claim.background else "kept", claim.why))
    return tuple(_one_each(events)), tuple(steps)


def _open_to_some(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """Beside a closing, a crossing that "opens to diplomats" is narrowed, not reopened."""
    closed = any(c.type in (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED) and not c.background for c in told)
    some = [c for c in told if closed and c.type is EventType.REOPENING_ANNOUNCED and c.some and c.crossings]
    return [replace(c, action=Action.RESTRICT) if c in some else c for c in told]


def _begun(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Will be kept closed from Saturday" begins a closing, where nothing says that it was closed before."""
    kept = [c for c in told if _goes_on_from_a_day(c)]
    if any(c.type is EventType.CLOSURE_EXTENDED and c not in kept and not c.background for c in told):
        return list(told)
    return [replace(c, action=Action.CLOSE) if c in kept else c for c in told]


def _goes_on_from_a_day(claim: Claim) -> bool:
    stays = claim.action is Action.EXTEND and claim.trigger != "extend"
    return stays and claim.type is EventType.CLOSURE_EXTENDED and claim.since is not None


def _narrowed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """A headline that closes at night, or to some, over a text that says "closed" of the same crossings."""
    narrow = [c for c in told if c.type is EventType.RESTRICTION_ANNOUNCED and c.closes and not c.background]
    wide = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and not c.background and c.sentence > 0]
    same = [c for c in wide if any(n.sentence < c.sentence and set(c.crossings) <= set(n.crossings) for n in narrow)]
    if not same:
        return list(told)
    if any(c.scope is Scope.ALL for c in same):  # "closed to tourists", over "the army has closed all crossings"
        steps += [told_as(c, "dropped", "closed to all") for c in narrow]
        return [c for c in told if c not in narrow]
    steps += [told_as(c, "dropped", "closed only in part") for c in same]
    return [_lasting(c, same) if c in narrow else c for c in told if c not in same]


def _prolonged_or_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Closes on Saturday and stays closed until February" closes; "prolongs the closing" doesn't close again.

    A headline that "closes" without a day or a crossing, over a text where the border only stays closed, is an
    extension in few words.
    """
    fresh = [c for c in told if not c.background]
    closing = [c for c in fresh if c.type in (EventType.CLOSURE_ANNOUNCED, EventType.RESTRICTION_ANNOUNCED)]
    closing = [c for c in closing if c.closes]
    prolonging = [c for c in fresh if c.action is Action.EXTEND and c.type is EventType.CLOSURE_EXTENDED]
    if not prolonging and not any(c.since or c.crossings for c in closing):  # "shut until April … won't open on Sunday"
        prolonging = [c for c in fresh if c.action is Action.OPEN and c.type is EventType.CLOSURE_EXTENDED]
    if not closing or not prolonging:
        return list(told)
    prolonged = any(c.trigger == "extend" for c in prolonging)
    headline = [c for c in closing if c.sentence == 0 and c.type is EventType.CLOSURE_ANNOUNCED]
    just_closed = any(c.done for c in headline) and not any(c.decided for c in prolonging)
    if just_closed and not prolonged:
        steps += [told_as(c, "dropped", "how long the new closing lasts") for c in prolonging]
        kept = [c for c in told if c not in prolonging]
        return [_lasting(c, prolonging) if c in closing else c for c in kept]
    first = min(c.sentence for c in prolonging)
    told_first = any(c.sentence == 0 for c in prolonging)
    states = [c for c in closing if c.trigger == "closed" and c.sentence > first and (told_first or c.since is None)]
    if any(c.sentence == 0 and c.since is None for c in prolonging):  # "To remain closed", over "from 15 April closed"
        states += [c for c in closing if c.sentence and c.since and not (c.done or c.crossings) and c not in states]
    states = [c for c in states if not (c.since and c.crossings)]  # "from 15 April three harbours are closed too"
    if any(c.decided for c in prolonging):  # "Border closed until further notice" over "decided that it stays closed"
        states += [c for c in closing if c.trigger == "closed" and c.sentence < first and not (c.since or c.crossings)]
    steps += [told_as(c, "dropped", "the state that goes on") for c in states]
    told = [_lasting(c, states) if c in prolonging else c for c in told if c not in states]
    closing = [c for c in closing if c.type is EventType.CLOSURE_ANNOUNCED or c.sentence <= first]
    closing = [c for c in closing if c not in states]
    if not closing:
        return list(told)
    anew = [c for c in closing if c.since is not None or c.crossings or c.type is EventType.RESTRICTION_ANNOUNCED]
    anew += [c for c in closing if c.sentence > 0 or any(p.since is not None for p in prolonging)]
    anew = [c for c in anew if c.since is not None or c.crossings or not c.nominal]  # "that the closure goes on"
    if not prolonged and anew:
        steps += [told_as(c, "dropped", "how long the new closing lasts") for c in prolonging]
        kept = [c for c in told if c not in prolonging]
        return [_lasting(c, prolonging) if c in closing else c for c in kept]
    known = [c for c in closing if c not in anew]
    steps += [told_as(c, "dropped", "the news is that it goes on") for c in known]
    return [_lasting(c, known) if c in prolonging else c for c in told if c not in known]


def _just_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Poland keeps its border shut" over "closed all crossings on Friday": the closing of these days is the news."""
    closing = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and c.since and not c.background]
    states = [c for c in told if c.type is EventType.CLOSURE_EXTENDED and c.sentence == 0 and not c.background]
    states = [c for c in states if closing and not (c.decided or c.until or c.crossings)]
    states = [c for c in states if all(other.done and other.sentence for other in closing)]
    steps += [told_as(c, "dropped", "the closing of these days") for c in states]
    return [c for c in told if c not in states]


def _in_force(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The closing is in force until 14 January" tells how long the one just announced lasts."""
    kind = EventType.CLOSURE_ANNOUNCED
    news = [c for c in told if c.type is kind and not c.background and c.until is None]
    first = min((c.sentence for c in news), default=None)
    states = [c for c in told if c.type is kind and c.background and c.until and not c.since and not c.crossings]
    states = [c for c in states if first is not None and first <= c.sentence]
    steps += [told_as(c, "dropped", "how long the new closing lasts") for c in states]
    return [_lasting(c, states) if c in news else c for c in told if c not in states]


def _long_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The border is closed by decision of … Limits began in November 2023": a state with an old beginning."""
    old = [c for c in told if c.background and c.action in (Action.CLOSE, Action.RESTRICT)]
    states = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and c.sentence > 0 and not c.background]
    states = [c for c in states if not (c.since or c.until or c.crossings) and (c.done or c.trigger == "closed")]
    states = [c for c in states if any(0 <= o.sentence - c.sentence <= 1 for o in old)]
    return [as_background(c, "it began long ago") if c in states else c for c in told]


def _lasting(claim: Claim, prolonging: Sequence[Claim]) -> Claim:
    """A closing with the days and crossings that "stays closed" tells of it."""
    for other in prolonging:
        claim = merged(claim, other)
    return claim


def _work_as_usual(claim: Claim, theirs: Sequence[Claim]) -> bool:
    """ "All crossing points work as usual" refuses nothing where nobody speaks of closing them."""
    refuses = claim.action is Action.KEEP_OPEN and claim.modality is Modality.DECIDED and claim.sentence > 0
    return refuses and all(c.action is Action.KEEP_OPEN for c in theirs)


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
    return [c for c in told if c not in spared]


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
    first = min((c.sentence for c in told if c.type in closed and not c.background), default=None)
    if first is None:
        return list(told)
    bare = [c for c in told if not (c.asylum or c.crossings or c.since or c.until or c.by_night)]
    bare = [c for c in bare if c.type is EventType.RESTRICTION_ANNOUNCED and c.sentence > first]
    steps += [told_as(c, "dropped", "whom the closing spares") for c in bare]
    return [c for c in told if c not in bare]


def _without_talk(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The closure could …" beside the news of a decision is talk of that decision."""
    decided = [c for c in told if c.modality is Modality.DECIDED and not c.background]
    kept: list[Claim] = []
    for claim in told:
        same = [c for c in decided if c.weight >= claim.weight and _of_the_same(claim, c)]
        if claim.nominal and claim.type in TALK and same:
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
    return not (talk.scope is Scope.ALL and decision.scope is Scope.NAMED)


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
    undated = [c for c in told if c.by_asylum and c.since is None and c.until is None]
    return [replace(c, since=step.since, until=step.until) if c in undated else c for c in told]


RULES = (
    _in_plain_words,
    _long_closed,
    _open_to_some,
    _begun,
    _just_closed,
    _in_force,
    _prolonged_or_closed,
    _narrowed,
    _still_open,
    _let_through,
    _without_talk,
    _asked_and_refused,
    _from_the_same_day,
)
"""What the claims of one country say of one another, in the order in which it is asked."""


def _event(claim: Claim, texts: dict[str, str]) -> Event:
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
