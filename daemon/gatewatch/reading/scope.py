"""Which words of a clause govern its predicate: "could" before it does, "could" of the next predicate doesn't."""

from __future__ import annotations

from collections.abc import Iterable

from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.lexicon import Hit

VERBS = frozenset({"close", "open", "stop", "restrict", "extend", "lift"})
"""Predicates that end the reach of a cue; nouns ("the closure") don't."""

BEHIND = 4
"""How many words behind a verb a cue still belongs to it ("schließen könnte", "sulkea tarvittaessa")."""

AHEAD = 12
"""How many words before a verb a cue in another part of the clause still reaches it."""

JOINED = 5
"""Two predicates so close with "and" or "or" between them share their cues ("close or restrict")."""


def governing(clause: Clause, trigger: Hit, *concepts: str, behind: int = BEHIND) -> list[Hit]:
    """The cues of these concepts that govern a trigger: before it, or up to `behind` words behind it."""
    found = []
    for cue in clause.of(*concepts):
        if overlap(cue, trigger):
            if trigger.first == trigger.last or not _inside(cue, trigger):
                found.append(cue)
        elif cue.last < trigger.first:
            near = trigger.first - cue.last <= AHEAD or clause.together(cue.first, trigger.first)
            apart = _outside(clause, cue, trigger) or _before_a_colon(clause, cue, trigger)
            if near and not apart and not _parted(clause, cue.last, trigger):
                found.append(cue)
        elif cue.first - trigger.last <= behind and not parted(clause, trigger.last, cue.first):
            found.append(cue)
    return found


def nearest(hits: Iterable[Hit], to: Hit) -> int | None:
    """How many tokens away from a hit the nearest of some others is; None where there is none."""
    gaps = [max(to.first - h.last, h.first - to.last, 0) for h in hits]
    return min(gaps) if gaps else None


def overlap(one: Hit, other: Hit) -> bool:
    return one.first <= other.last and other.first <= one.last


def done(clause: Clause, trigger: Hit) -> bool:
    """Whether a trigger is a verb of the past: "closed", "was shut"."""
    return any(overlap(hit, trigger) for hit in clause.of("done"))


def _inside(cue: Hit, trigger: Hit) -> bool:
    """A part of a longer trigger says nothing of it ("can only be handed in at …")."""
    within = trigger.first <= cue.first and cue.last <= trigger.last
    if trigger.size <= trigger.last - trigger.first:
        return False  # a term with a gap: what stands in the gap does say something of it
    return within and cue.last - cue.first < trigger.last - trigger.first


def own_word(cue: Hit, trigger: Hit) -> bool:
    """Whether a cue is one of the trigger's own words: "not be let in" says it itself, a "not" in a gap does not."""
    gap = trigger.size <= trigger.last - trigger.first
    return overlap(cue, trigger) and not (gap and trigger.first < cue.first and cue.last < trigger.last)


def in_sentence(sentence: Sentence, *concepts: str) -> list[Hit]:
    return [hit for hit in sentence.hits if hit.concept in concepts]


def _outside(clause: Clause, cue: Hit, trigger: Hit) -> bool:
    """Whether a cue stands before the "which" whose clause the trigger is in."""
    start, _ = clause.fragment(trigger.first)
    return any(start <= h.first < trigger.first and cue.last < h.first for h in clause.of("relative"))


def _before_a_colon(clause: Clause, cue: Hit, trigger: Hit) -> bool:
    """ "Trucks may roll again: Lithuania lifts its closure": what stands before a colon weighs nothing behind it."""
    own = cue.concept != "demand"  # "Petition: let one crossing be opened"
    return own and clause.sentence.colon_between(cue.last, trigger.first)


def _parted(clause: Clause, start: int, trigger: Hit) -> bool:
    """Whether another verb stands between a cue and its trigger, not joined to the trigger by "and"."""
    reached = trigger.first
    ties = [hit.first for hit in clause.of("and")]
    for verb in reversed(_verbs(clause, start, trigger.first)):
        if reached - verb.last == 1:
            reached = verb.first  # one predicate in two words: "rajata pois käytöstä"
            continue
        close = reached - verb.last <= JOINED
        if not (close and any(verb.last < tie < reached for tie in ties)):
            return True
        reached = verb.first
    return False


def parted(clause: Clause, start: int, end: int) -> bool:
    """Whether another predicate stands between two tokens."""
    return bool(_verbs(clause, start, end))


def _verbs(clause: Clause, start: int, end: int) -> list[Hit]:
    return [hit for hit in clause.hits if hit.concept in VERBS and start < hit.first and hit.last < end]
