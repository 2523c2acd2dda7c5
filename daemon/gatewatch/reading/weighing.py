"""The words that make a step one that is only weighed: "could", "demands", a decision in preparation."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.clauses import Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import governing, in_sentence, own_word


def weighed_by(clause: Clause, trigger: Hit, behind: int) -> list[Hit]:
    """What weighs or demands the step of a trigger, up to `behind` words behind it."""
    weighing = governing(clause, trigger, "possible", "demand", behind=behind) + _of_a_plan(clause, trigger)
    return [h for h in weighing if not _demanded_of_travellers(h, clause, trigger)]


def weighed_not(clause: Clause, weighing: Sequence[Hit]) -> bool:
    """ "Has not considered closing", "kan ikke stenge helt": what is not weighed is refused."""
    negations = clause.of("not")
    return all(any(_denies(n, w) and clause.sentence.unbroken(n.first, w.first) for n in negations) for w in weighing)


def _denies(negation: Hit, weighing: Hit) -> bool:
    return 0 < weighing.first - negation.last <= 2 or 0 < negation.first - weighing.last <= 1


def _of_a_plan(clause: Clause, trigger: Hit) -> list[Hit]:
    """ "Prepares a decision that will limit entry": what the "that" tells comes only once it is taken."""
    sentence = clause.sentence
    heads = [h.first for h in in_sentence(sentence, "relative") if clause.first - 1 <= h.first < trigger.first]
    plans = [h for h in in_sentence(sentence, "decision") if h.last + 1 in heads]
    return [p for p in in_sentence(sentence, "possible") if any(0 <= d.first - p.first <= 3 for d in plans)]


def _demanded_of_travellers(cue: Hit, clause: Clause, trigger: Hit) -> bool:
    """ "Latvia demands a negative test at the border": who demands is the state, and what it demands is the step."""
    of_people = trigger.concept in ("restrict", "ban_entry") and cue.concept == "demand" and own_word(cue, trigger)
    return of_people and not clause.has("other_actor", "outsider")
