"""Which of two claims on one border stands, and what the stronger takes from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import EventType, Scope, Span, Step
from gatewatch.reading.claims import Claim, as_background

DECIDED = (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED, EventType.REOPENING_ANNOUNCED)


def settle(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """One claim a type and time, and contradictions between types settled by weight and date."""
    best: dict[tuple[EventType | None, bool], Claim] = {}
    for claim in sorted(told, key=lambda c: -_strength(c)):
        key = (claim.type, claim.background)
        if key in best:
            best[key] = merged(best[key], claim)
            steps.append(told_as(claim, "dropped", "said already"))
        else:
            best[key] = claim
    return [_in_context(claim, list(best.values())) for claim in best.values()]


def _strength(claim: Claim) -> float:
    return claim.weight + (0.5 if claim.crossings else 0) + (0.3 if claim.since else 0)


def merged(kept: Claim, other: Claim) -> Claim:
    """The stronger claim, with dates and crossings that only the other one tells."""
    if kept.background:
        return kept
    crossings, scope = kept.crossings, kept.scope
    if not crossings and scope is not Scope.ALL and other.crossings:
        crossings, scope = other.crossings, other.scope
    elif other.scope is Scope.NAMED and (scope is Scope.NAMED or _last_ones(kept, other)):
        crossings = tuple(dict.fromkeys((*crossings, *other.crossings)))
    if scope is Scope.UNSPECIFIED and other.scope is Scope.ALL:
        scope = Scope.ALL
    return replace(
        kept,
        crossings=crossings,
        scope=scope,
        since=kept.since or other.since,
        until=kept.until or other.until,
    )


def _last_ones(kept: Claim, other: Claim) -> bool:
    """ "Closes the whole border", over "the last crossing, Raja-Jooseppi, closes on Thursday"."""
    return kept.scope is Scope.ALL and kept.type is EventType.CLOSURE_ANNOUNCED and other.since is not None


def _in_context(claim: Claim, all_: Sequence[Claim]) -> Claim:
    """A decided claim is only context where a fresher decision on the same border is the news."""
    if claim.background or claim.type not in DECIDED or claim.since is not None or claim.lately:
        return claim
    if any(_opens_again(claim, other) for other in all_):
        return as_background(claim, "the news is that it opens")
    if claim.until is not None:
        return claim
    for other in all_:
        if other is claim or other.background or other.type not in DECIDED:
            continue
        if _strength(other) > _strength(claim) and not _side_by_side(claim, other):
            return as_background(claim, f"the news is {other.type}")
    return claim


def _opens_again(claim: Claim, other: Claim) -> bool:
    """Whether a closing, without a first day, is what a headline on opening goes back to."""
    opening = other.type in (EventType.REOPENING_ANNOUNCED, EventType.REOPENING_CONSIDERED) and other.sentence <= 1
    return (
        opening and claim.type is EventType.CLOSURE_ANNOUNCED and claim.sentence > other.sentence and claim.sentence > 1
    )


def _side_by_side(one: Claim, other: Claim) -> bool:
    """Two steps of one day: told in one sentence, of different crossings, or what opens and what doesn't."""
    if {one.type, other.type} == {EventType.CLOSURE_EXTENDED, EventType.REOPENING_ANNOUNCED}:
        return True  # "opens two crossings, the others stay closed"
    further = one.crossings and not other.crossings and one.sentence > other.sentence
    if other.type is EventType.CLOSURE_EXTENDED and further:
        return True  # "The border stays closed. From the same day three harbours are closed too"
    apart = one.crossings and other.crossings and not set(one.crossings) & set(other.crossings)
    return bool(apart) or (one.sentence == other.sentence and one.sentence > 0)


def told_as(claim: Claim, verdict: str, why: str) -> Step:
    """What became of a claim, for whoever asks why."""
    what = f"{claim.country} {claim.type or claim.action.value}"
    return Step(verdict, what, why, Span(claim.evidence.field, claim.evidence.start, claim.evidence.end))
