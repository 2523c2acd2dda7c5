"""Steps that wait: for an "if", for some day that nobody names, for what has yet to come to pass."""

from __future__ import annotations

from gatewatch.reading.clauses import TRIGGERS, Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import governing, in_sentence


def conditional(clause: Clause) -> bool:
    """An "if" in the sentence or earlier in the headline, or a verb at its head: "Kommer de tillbaka stänger vi"."""
    sentence = clause.sentence
    conditions = [h for h in in_sentence(sentence, "condition") if not _of_next_clause(h, clause)]
    if any(not _of_what_was_said(h, clause) for h in conditions):
        return True
    if "condition" in sentence.carried:
        return True
    return not sentence.asks and any(h.first == 0 for h in in_sentence(sentence, "verb_first"))


def some_day(clause: Clause, trigger: Hit) -> bool:
    """ "The border opens when Russia changes its ways": no day, and nobody has decided it."""
    told = bool(clause.days) or clause.has("done", "again", "decided")
    behind = [h for h in in_sentence(clause.sentence, "when") if trigger.last < h.first]
    apart = [h for h in behind if not clause.sentence.unbroken(trigger.last, h.first)]
    return not told and bool(apart or any(h.first - trigger.last <= 3 for h in behind))


def not_for_now(clause: Clause) -> bool:
    """ "Finland won't open its border just for a truce": an opinion, where no day and no decision is told."""
    told = bool(clause.days) or clause.has("decided", "lasts", "in_force", "until", "again", "extend")
    return not told and not clause.sentence.is_title


def asked_when(clause: Clause, trigger: Hit) -> bool:
    """ "Declined to say when the border opens": a "when" at the head of the verb's own fragment, and no day."""
    start, _ = clause.fragment(trigger.first)
    asked = [h for h in clause.of("when") if h.first == start]
    unsaid = in_sentence(clause.sentence, "not") and in_sentence(clause.sentence, "reported")
    unsaid = unsaid or in_sentence(clause.sentence, "undecided")
    return bool(asked) and (start > 0 or bool(unsaid)) and not clause.days and not clause.has("done", "pluperfect")


def _of_next_clause(condition: Hit, clause: Clause) -> bool:
    """ "Two will open, but will be closed again if it goes on": the "if" is behind another verb."""
    between = range(clause.last + 1, condition.first)
    if any(h.first in between and h.concept in TRIGGERS for h in clause.sentence.hits):
        return True
    joints = {h.first for h in clause.sentence.hits if h.concept == "clause"}  # "lets traffic in, but should it …"
    later = any(h.first > condition.first and h.concept in TRIGGERS for h in clause.sentence.hits)
    return later and condition.first - 1 in between and condition.first - 1 in joints


def _of_what_was_said(condition: Hit, clause: Clause) -> bool:
    """ "If need be, we close," he said, noting that Finland shuts four: the "if" is of the words before "said"."""
    between = [h for h in clause.sentence.hits if condition.last < h.first < clause.first]
    said = [h.first for h in between if h.concept == "reported"]
    return bool(said) and any(h.concept in TRIGGERS and h.last < said[-1] for h in between)


def certain(clause: Clause, trigger: Hit) -> bool:
    """Whether an "if" is none: it is decided, or has its day ("When the crossings close on 24 February")."""
    dated = any(d.role == "from" and d.grain == "day" and d.dated for d in clause.days)
    own = [h for h in governing(clause, trigger, "done") if clause.together(h.first, trigger.first)]
    if dated or own:  # not "opens only when Hamas has returned the bodies"
        return True
    conditions = [h.first for h in in_sentence(clause.sentence, "condition")]
    if any(at < trigger.first for at in conditions):
        return False  # "if they go on, the border will be closed, the government decided"
    return bool(governing(clause, trigger, "decided"))
