"""Whether a border closes anew, only stays closed, or has long been: what the claims of one country say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import EventType, Step
from gatewatch.reading.actions import Action
from gatewatch.reading.claims import Claim, as_background
from gatewatch.reading.settling import merged, told_as

NEAR = 3
"""How many sentences behind a closing still tell how long it lasts."""


def begun(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Will be kept closed from Saturday" begins a closing, where nothing says that it was closed before."""
    kept = [c for c in told if _goes_on_from_a_day(c)]
    if any(c.type is EventType.CLOSURE_EXTENDED and c not in kept and not c.background for c in told):
        return list(told)
    return [replace(c, action=Action.CLOSE) if c in kept else c for c in told]


def _goes_on_from_a_day(claim: Claim) -> bool:
    stays = claim.action is Action.EXTEND and claim.trigger != "extend"
    return stays and claim.type is EventType.CLOSURE_EXTENDED and claim.since is not None


def prolonged_or_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
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
    prolonged = any(c.trigger == "extend" and not _of_the_new_one(c, closing) for c in prolonging)
    headline = [c for c in closing if c.sentence == 0 and c.type is EventType.CLOSURE_ANNOUNCED]
    just_closed = any(c.done for c in headline) and not any(c.decided for c in prolonging)
    if (just_closed or _closes_now(headline, prolonging, told)) and not prolonged:
        return _as_its_length(told, closing, prolonging, steps)
    states = _states(closing, prolonging, prolonged=prolonged)
    steps += [told_as(c, "dropped", "the state that goes on") for c in states]
    told = [lasting(c, states) if c in prolonging else c for c in told if c not in states]
    first = min(c.sentence for c in prolonging)
    closing = [c for c in closing if c.type is EventType.CLOSURE_ANNOUNCED or c.sentence <= first]
    closing = [c for c in closing if c not in states]
    if not closing:
        return list(told)
    anew = [c for c in closing if c.since is not None or c.crossings or c.type is EventType.RESTRICTION_ANNOUNCED]
    anew += [c for c in closing if c.sentence > 0 or any(p.since is not None for p in prolonging)]
    anew = [c for c in anew if c.since is not None or c.crossings or c.decided or not c.nominal]  # "that it goes on"
    if not prolonged and _further(closing, prolonging):
        return list(told)
    if not prolonged and anew:
        return _as_its_length(told, closing, prolonging, steps)
    known = [c for c in closing if c not in anew]
    steps += [told_as(c, "dropped", "the news is that it goes on") for c in known]
    return [lasting(c, known) if c in prolonging else c for c in told if c not in known]


def _closes_now(headline: Sequence[Claim], prolonging: Sequence[Claim], told: Sequence[Claim]) -> bool:
    """ "Lithuania shuts its border" over "it remains closed indefinitely", where no text tells of an older closing.

    "Finnish border closed indefinitely" is no step of a state named as the one who takes it.
    """
    shuts = any(c.trigger == "close" and c.acts and c.until is None for c in headline)
    lasts = all(c.sentence for c in prolonging)
    return shuts and lasts and not any(c.background and c.action is Action.CLOSE for c in told)


def _as_its_length(
    told: Sequence[Claim], closing: Sequence[Claim], prolonging: Sequence[Claim], steps: list[Step]
) -> list[Claim]:
    """What "stays closed" tells is only how long the new closing lasts."""
    steps += [told_as(c, "dropped", "how long the new closing lasts") for c in prolonging]
    return [lasting(c, prolonging) if c in closing else c for c in told if c not in prolonging]


def _states(closing: Sequence[Claim], prolonging: Sequence[Claim], *, prolonged: bool) -> list[Claim]:
    """The closings that are only the state that goes on."""
    headline = [c for c in closing if c.sentence == 0 and c.type is EventType.CLOSURE_ANNOUNCED]
    first = min(c.sentence for c in prolonging)
    told_first = any(c.sentence == 0 for c in prolonging)
    states = [c for c in closing if c.trigger == "closed" and c.sentence > first and (told_first or c.since is None)]
    if any(c.sentence == 0 and c.since is None for c in prolonging):  # "To remain closed", over "from 15 April closed"
        states += [c for c in closing if c.sentence and c.since and not (c.done or c.crossings) and c not in states]
    if first == 1 and not any(c.sentence == 1 for c in closing):  # "closed until further notice": "will stay closed"
        states += [c for c in headline if c.trigger == "closed" and not (c.since or c.crossings) and c not in states]
    if prolonged and told_first:  # "Keeps it shut for another month", over "no traffic will pass until 30 November"
        states += [c for c in closing if c.sentence and c.until and not (c.since or c.done) and c not in states]
    states = [c for c in states if not (c.since and c.crossings)]  # "from 15 April three harbours are closed too"
    if any(c.decided for c in prolonging):  # "Border closed until further notice" over "decided that it stays closed"
        states += [c for c in closing if c.trigger == "closed" and c.sentence < first and not (c.since or c.crossings)]
    return states


def _of_the_new_one(claim: Claim, closing: Sequence[Claim]) -> bool:
    """ "Closed the crossing on Friday. The closure goes on at least until Tuesday": how long the new one lasts."""
    fresh = any(c.done and c.since is not None and 0 < claim.sentence - c.sentence <= NEAR for c in closing)
    return fresh and claim.until is not None and not (claim.decided or claim.acts)


def _further(closing: Sequence[Claim], prolonging: Sequence[Claim]) -> bool:
    """ "The border stays closed. From 15 April three harbours close, too": told first of all of it, then of some."""
    whole = [p.sentence for p in prolonging if p.sentence <= 1 and not (p.since or p.crossings)]
    some = [c for c in closing if c.crossings and c.since and not c.done and whole and c.sentence > whole[0]]
    return bool(closing) and len(some) == len(closing)


def just_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Poland keeps its border shut" over "closed all crossings on Friday": the closing of these days is the news."""
    closing = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and c.since and not c.background]
    states = [c for c in told if c.type is EventType.CLOSURE_EXTENDED and c.sentence == 0 and not c.background]
    states = [c for c in states if closing and not (c.decided or c.until or c.crossings)]
    states = [c for c in states if all(other.done and other.sentence for other in closing)]
    steps += [told_as(c, "dropped", "the closing of these days") for c in states]
    return [c for c in told if c not in states]


def closed_for_days(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "Traffic stops on 29 April and resumes on 3 May": the end of a closing yet to come is no reopening."""
    closing = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and not (c.done or c.background)]
    ends = [c for c in told if c.type is EventType.REOPENING_ANNOUNCED and not (c.done or c.background)]
    ends = [e for e in ends if any(_ends(e, c) for c in closing)]
    steps += [told_as(c, "dropped", "the end of the closing") for c in ends]
    until = next((e.since for e in ends), None)
    told = [replace(c, until=c.until or until) if c in closing and until else c for c in told]
    return [c for c in told if c not in ends]


def _ends(opening: Claim, closing: Claim) -> bool:
    """Whether a day of opening is told in the closing's own sentence, and behind its first day."""
    together = opening.sentence == closing.sentence and closing.evidence.start <= opening.evidence.start
    return together and closing.since is not None and opening.since is not None and closing.since < opening.since


def in_force(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The closing is in force until 14 January" tells how long the one just announced lasts."""
    kind = EventType.CLOSURE_ANNOUNCED
    news = [c for c in told if c.type is kind and not c.background and c.until is None]
    first = min((c.sentence for c in news), default=None)
    states = [c for c in told if c.type is kind and c.background and c.until and not c.since and not c.crossings]
    states += [c for c in told if _limit_in_force(c)]
    states = [c for c in states if first is not None and first <= c.sentence]
    return _as_its_length(told, news, states, steps)


def _limit_in_force(claim: Claim) -> bool:
    """ "The restriction is in force until 13 December": a closing told with a milder word."""
    bare = claim.until is not None and claim.since is None and not (claim.some or claim.by_night or claim.asylum)
    return bare and claim.trigger == "restriction" and claim.type is EventType.RESTRICTION_ANNOUNCED


def long_closed(told: Sequence[Claim], steps: list[Step]) -> list[Claim]:
    """ "The border is closed by decision of … Limits began in November 2023": a state with an old beginning."""
    old = [c for c in told if c.background and c.action in (Action.CLOSE, Action.RESTRICT)]
    states = [c for c in told if c.type is EventType.CLOSURE_ANNOUNCED and c.sentence > 0 and not c.background]
    states = [c for c in states if not (c.since or c.until or c.crossings or c.lately)]
    states = [c for c in states if c.done or c.trigger == "closed"]
    states = [c for c in states if any(0 <= o.sentence - c.sentence <= 1 or _over(o, c) for o in old)]
    return [as_background(c, "it began long ago") if c in states else c for c in told]


def _over(old: Claim, state: Claim) -> bool:
    """ "How the border was closed in 1944", over "the stations were closed": the headline is of long ago."""
    return old.sentence == 0 and state.sentence == 1


def lasting(claim: Claim, prolonging: Sequence[Claim]) -> Claim:
    """A closing with the days and crossings that "stays closed" tells of it."""
    for other in prolonging:
        claim = merged(claim, other)
    return claim
