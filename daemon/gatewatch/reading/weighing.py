"""The words that make a step one that is only weighed: "could", "demands", a decision in preparation."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.clauses import Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES
from gatewatch.reading.scope import VERBS, done, governing, in_sentence, overlap, own_word

HEADS = ("possible", "demand", "undecided", "intends", "decided", "no_need", "rule_out")
"""What says of an infinitive how sure it is."""

MODAL = ("possible", "undecided", "demand")
"""What weighs a verb that shows no sign of its own: "could halt trains and close the border"."""


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


def head_of_both(clause: Clause, trigger: Hit) -> Hit | None:
    """The word that weighs, decides or refuses the verb before an "and", where what follows has no subject of its own.

    "Litauen erwägt, den Flughafen zu schließen und die Grenze zu sperren", "could halt trains and close the border".
    """
    tied = any(h.first == clause.first for h in clause.of("and"))
    if not tied or done(clause, trigger) or _has_its_subject(clause, trigger):
        return None
    before = [h for h in clause.sentence.hits if h.last < clause.first]
    infinitive = any(overlap(h, trigger) for h in clause.of("infinitive"))
    verbs = [h for h in before if h.concept in VERBS or (infinitive and h.concept == "infinitive")]
    kinds = HEADS if infinitive else MODAL
    heads = [h for h in before if h.concept in kinds and any(h.first < v.first for v in verbs)]
    told = [h.first for h in before if h.concept in ("reported", "relative", "done")]
    if not heads or any(heads[-1].last < at for at in told):
        return None
    return heads[-1]


def _has_its_subject(clause: Clause, trigger: Hit) -> bool:
    acting = [m.first for m in clause.mentions if m.part in NAMES and m.crossing is None]
    acting += [h.first for h in clause.of("authority", "it")]
    return any(at < trigger.first for at in acting)
