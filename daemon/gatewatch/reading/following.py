"""What a clause adds to the step told before it: another country does the same, refuses it, or could prolong it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from gatewatch.reading.actions import CLOSING, NOMINAL, Action, actions
from gatewatch.reading.actors import Told
from gatewatch.reading.clauses import VERDICTS, Clause
from gatewatch.reading.conditions import conditional
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.modality import Modality
from gatewatch.reading.scope import in_sentence, nearest, overlap
from gatewatch.reading.setting import Setting


class Step(Told, Protocol):
    """What was claimed before, with what is done and how sure it is."""

    @property
    def action(self) -> Action: ...

    @property
    def modality(self) -> Modality: ...

    @property
    def background(self) -> bool: ...


Stepped = TypeVar("Stepped", bound=Step)

FOLLOWED = (Action.CLOSE, Action.RESTRICT, Action.OPEN)
"""What another country may do likewise."""

NEAR = 8
"""How many words may lie between "prolong" and what is prolonged."""


def own_actions(clause: Clause) -> list[tuple[Action, Hit]]:
    """The actions of a clause; not the verb that refuses "such a step" ("avvisar något sådant", "schließt … aus")."""
    found = actions(clause)
    if not clause.has("such", "likewise"):
        return found
    refusing = clause.of("rule_out", "not_rule_out")
    return [(action, trigger) for action, trigger in found if not any(overlap(h, trigger) for h in refusing)]


def following(
    clause: Clause, before: Step | None, last: Step | None, told: Sequence[Step], setting: Setting
) -> list[tuple[Action, Hit]]:
    """The action of a clause that has none of its own. `last` was told in this sentence or right before it."""
    followed = _followed(before, told)
    return (
        _likewise(clause, followed, setting)
        or _such(clause, followed)
        or _back_again(clause, last)
        or _longer(clause, last)
        or _refused(clause, last)
        or _ready_after_all(clause, last)
    )


def named_alike(trigger: Hit, clause: Clause) -> bool:
    """ "Latvia brings in the same restriction", "Finland weighs the same ban": what the noun is, was told before."""
    alike = clause.of("likewise")
    if trigger.concept in NOMINAL:
        return any(overlap(hit, trigger) for hit in alike)
    return any(hit.first < trigger.first and hit.last == trigger.last for hit in alike)


def _followed(before: Step | None, told: Sequence[Step]) -> Step | None:
    """ "It opens only when the danger is over. Lithuania won't follow suit": in what the headline closes."""
    headline = next((c for c in told if c.sentence == 0 and c.action is Action.CLOSE), None)
    waits = before is not None and before.action is Action.OPEN and before.modality is not Modality.DECIDED
    return headline if waits and headline is not None else before


def _likewise(clause: Clause, last: Step | None, setting: Setting) -> list[tuple[Action, Hit]]:
    """ "Latvia weighs a similar step", "Poland follows suit": the action of the claim before.

    "Estonia would follow the Finnish example", over a text on a closing, needs no claim before it.
    """
    alike = clause.of("likewise")
    if not alike or not _of_another_country(clause, last):
        return []
    if any(clause.together(h.first, alike[0].first) and h.last < alike[0].first for h in clause.of("condition")):
        return []  # "closes the last two, provided that Warsaw does likewise"
    if last is None:
        step = _step_of_the_text(setting) if clause.has(*VERDICTS) else None
        return [(step, alike[0])] if step is not None else []
    return [(last.action, alike[0])] if last.action in FOLLOWED else []


def _such(clause: Clause, last: Step | None) -> list[tuple[Action, Hit]]:
    """ "Latvia sees no need for it", "Estonia has no such plans", behind what somebody else closes or weighs."""
    such = [h for h in clause.of("such") if any(clause.together(v.first, h.first) for v in clause.of(*VERDICTS))]
    if last is None or not such or not _of_another_country(clause, last):
        return []
    return [(last.action, Hit("likewise", such[0].first, such[0].last))] if last.action in FOLLOWED else []


def _back_again(clause: Clause, last: Step | None) -> list[tuple[Action, Hit]]:
    """ "One bad night would be enough to bring the restrictions back": what has just been opened may be shut again."""
    back = clause.of("back_again")
    opened = last is not None and last.action is Action.OPEN
    return [(Action.CLOSE, Hit("likewise", back[0].first, back[0].last))] if back and opened else []


def taken_back(clause: Clause, trigger: Hit, told: Sequence[Stepped]) -> tuple[Action, Stepped] | None:
    """ "Two crossings open on Thursday. If new groups come we shut at once": the step that may be taken back.

    What is shut, or opened, needs no name there: "the doors", "everything", "we".
    """
    closes = trigger.concept in CLOSING
    if not (closes or trigger.concept == "open") or clause.sentence.is_title:
        return None
    waits, again = conditional(clause), clause.has("again")
    if closes:
        threatened = waits or again
    else:
        threatened = waits and again and not clause.has("done", "pluperfect")
    if not threatened:
        return None
    opposite = Action.OPEN if closes else Action.CLOSE
    stepped = [c for c in told if c.action is opposite and c.modality in (Modality.DECIDED, Modality.CONSIDERED)]
    step = next((c for c in reversed(stepped) if not c.background), None)
    return (Action.CLOSE if closes else Action.OPEN, step) if step is not None else None


def _of_another_country(clause: Clause, last: Step | None) -> bool:
    return any(last is None or m.country != last.country for m in clause.mentions)


def _step_of_the_text(setting: Setting) -> Action | None:
    """What the text tells of a border: that it closes, else that it is narrowed ("The Netherlands may follow")."""
    told = {h.concept for s in setting.sentences for h in s.hits} if setting.speaks_of_borders else set()
    if told & {"close", "closed", "closing"}:
        return Action.CLOSE
    if told & {"checks", "restrict", "ban_entry"}:
        return Action.RESTRICT
    # "Ready to do as Finland has done if migrants come to Narva": what Finland did is known, and a closing.
    at_a_crossing = any(m.crossing is not None for m in setting.mentions)
    return Action.CLOSE if at_a_crossing else None


def _refused(clause: Clause, last: Step | None) -> list[tuple[Action, Hit]]:
    """ "The prime minister rejects the proposal": what the sentence before weighed is ruled out."""
    refusing = clause.of("rule_out") or (clause.of("no_need") if clause.has("it", "such") else [])
    head = next(iter(refusing), None)
    weighed = last is not None and last.modality is Modality.CONSIDERED and last.action is Action.CLOSE
    if head is None or not weighed or not clause.has("decision", "it", "such", "demand", "possible"):
        return []
    ready = any(h.last < head.first for h in in_sentence(clause.sentence, "possible"))
    if ready and clause.has("today"):
        return []  # "a draft is ready, but there is no reason to adopt it today"
    return [(Action.CLOSE, Hit("likewise", head.first, head.last))]


def _ready_after_all(clause: Clause, last: Step | None) -> list[tuple[Action, Hit]]:
    """ "No need to close. Should more come, we are ready to act": the refusal is followed by a threat."""
    ready = next(iter(clause.of("can_be_done") or clause.of("possible")), None)
    refused = last is not None and last.action is Action.CLOSE and last.modality is Modality.DENIED
    sentence = clause.sentence
    if_ = clause.has("can_be_done") or bool(in_sentence(sentence, "condition"))
    if_ = if_ or any(h.first <= 1 for h in in_sentence(sentence, "verb_first"))
    but = any(h.first == clause.first for h in clause.of("clause")) and clause.has("such", "it")
    if_ = if_ or (but and last is not None and last.sentence == sentence.number)  # "…, but is prepared to do so"
    if ready is None or not refused or not if_ or sentence.is_title or clause.has("not", "open", "opening"):
        return []
    return [(Action.CLOSE, Hit("likewise", ready.first, ready.last))]


def _longer(clause: Clause, last: Step | None) -> list[tuple[Action, Hit]]:
    """ "The term may be prolonged": what the sentence before closed or narrowed could last longer."""
    head = next(iter(clause.of("extend")), None)
    if last is None or head is None or not clause.has("possible", "undecided", "not_rule_out"):
        return []
    gap = nearest(clause.of("decision", "restriction", "closing", "checks", "lasts", "not_rule_out"), head)
    if gap is None or gap > NEAR:
        return []  # "should they go on trying": nothing of the border lasts longer
    action = Action.RESTRICT if last.action is Action.RESTRICT else Action.EXTEND
    of_a_closing = last.action is not Action.OPEN or clause.has("not_rule_out")
    return [(action, Hit("likewise", head.first, head.last))] if of_a_closing else []
