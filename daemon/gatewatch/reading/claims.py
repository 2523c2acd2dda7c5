"""What each clause claims: an action at a border, how sure, whose border, which crossings, from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gatewatch.model import EventType, Scope, Span
from gatewatch.reading.actions import NOMINAL, Action, actions
from gatewatch.reading.actors import border_of
from gatewatch.reading.agents import acts
from gatewatch.reading.ages import is_old, of_another_story, told_by_the_way
from gatewatch.reading.clauses import Clause
from gatewatch.reading.extent import dates, extent
from gatewatch.reading.kept import kept
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.modality import Modality, modality_of
from gatewatch.reading.objects import about_a_border
from gatewatch.reading.scope import done, in_sentence, nearest
from gatewatch.reading.setting import Setting
from gatewatch.reading.standing import closed_by_outsiders, no_step, recalled, rehearsed


@dataclass(frozen=True)
class Claim:
    """One clause's word on one country's border. `weight` orders claims that disagree; `why` is for people."""

    action: Action
    modality: Modality
    country: str
    neighbour: str | None
    crossings: tuple[str, ...]
    scope: Scope
    since: date | None
    until: date | None
    background: bool
    weight: float
    trigger: str
    some: bool  # to a group, for cars, at night
    by_night: bool  # at night, or between two hours
    asylum: bool  # says where, or whether, asylum can be sought
    asked_for: bool  # by somebody who can't decide
    decided: bool  # a word says that it is decided: "announced", "ordered"
    done: bool  # its verb is one of the past: "closed", "was shut"
    acts: bool  # its country is named with the verb, as the one who acts
    beside: frozenset[str]  # the other countries that the clause names
    sentence: int
    evidence: Span
    why: str

    @kept
    def type(self) -> EventType | None:
        if self.action is Action.RESTRICT and self.modality is Modality.DENIED and self.closes:
            return EventType.CLOSURE_RULED_OUT
        return TYPES.get((self.action, self.modality))

    @property
    def closes(self) -> bool:
        """Whether it is told with a word for closing, be it only at night or to some."""
        return self.trigger in ("close", "closed", "closing", "stop")

    @property
    def lasts(self) -> bool:
        """Whether it is a decided closing or opening: what else is told beside it mostly holds as long."""
        steps = (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED, EventType.REOPENING_ANNOUNCED)
        return self.type in steps

    @property
    def by_asylum(self) -> bool:
        """Whether it narrows where asylum can be sought."""
        asylum = ("only", "directed", "suspended", "ban_entry")
        return self.type is EventType.RESTRICTION_ANNOUNCED and self.trigger in asylum

    @property
    def nominal(self) -> bool:
        return self.trigger in NOMINAL


TYPES = {
    (Action.CLOSE, Modality.DECIDED): EventType.CLOSURE_ANNOUNCED,
    (Action.CLOSE, Modality.CONSIDERED): EventType.CLOSURE_CONSIDERED,
    (Action.CLOSE, Modality.DENIED): EventType.CLOSURE_RULED_OUT,
    (Action.OPEN, Modality.DECIDED): EventType.REOPENING_ANNOUNCED,
    (Action.OPEN, Modality.CONSIDERED): EventType.REOPENING_CONSIDERED,
    (Action.OPEN, Modality.DENIED): EventType.CLOSURE_EXTENDED,
    (Action.RESTRICT, Modality.DECIDED): EventType.RESTRICTION_ANNOUNCED,
    (Action.RESTRICT, Modality.CONSIDERED): EventType.CLOSURE_CONSIDERED,
    (Action.EXTEND, Modality.DECIDED): EventType.CLOSURE_EXTENDED,
    (Action.EXTEND, Modality.CONSIDERED): EventType.CLOSURE_CONSIDERED,
    (Action.KEEP_OPEN, Modality.DECIDED): EventType.CLOSURE_RULED_OUT,
    (Action.KEEP_OPEN, Modality.DENIED): EventType.CLOSURE_RULED_OUT,
}


NEAR = 8
"""How many words may lie between "prolong" and what is prolonged."""


def claims(clause: Clause, setting: Setting, told: Sequence[Claim] = ()) -> list[Claim]:
    """All that one clause claims; empty where it is about something else. `told` came before it."""
    found: list[Claim] = []
    before = told[-1] if told and clause.sentence.number - told[-1].sentence <= 6 else None
    last = before if before and clause.sentence.number - before.sentence <= 1 else None
    for action, trigger in actions(clause) or _likewise(clause, _followed(before, told)) or _more_of_it(clause, last):
        if not about_a_border(clause, trigger, action, setting):
            continue
        found += _of_one_action(clause, action, trigger, setting, last)
    return found


def _of_one_action(clause: Clause, action: Action, trigger: Hit, setting: Setting, last: Claim | None) -> list[Claim]:
    """One claim for each country that an action is told of."""
    modality, why = modality_of(clause, trigger, action)
    told_by_others = not clause.has("authority", "decided") and not (
        clause.mentions and (clause.days or clause.has("reported"))
    )
    if setting.is_opinion and modality in (Modality.CONSIDERED, Modality.DECIDED) and told_by_others:
        modality, why = Modality.MENTIONED, "an opinion"
    if setting.is_survey and modality is Modality.CONSIDERED:
        modality, why = Modality.MENTIONED, "asked in a survey"
    if setting.is_still_open and _only_in_headline(clause, trigger, modality):
        modality, why = Modality.CONSIDERED, "yet to be decided, says the text"
    if modality in (Modality.CONSIDERED, Modality.DECIDED) and rehearsed(clause, trigger):
        modality, why = Modality.MENTIONED, "only rehearsed"
    if modality is Modality.CONSIDERED and not clause.has("demand") and closed_by_outsiders(clause, trigger):
        modality, why = Modality.MENTIONED, "done by those who are no state"
    if modality is Modality.DECIDED:
        idle = no_step(clause, trigger, action, setting)
        modality, why = (Modality.MENTIONED, idle) if idle else (modality, why)
    background, past = is_old(clause, trigger, modality, setting.today)
    if not background and modality is Modality.DECIDED:
        background, past = told_by_the_way(clause, trigger, action, setting)
        past = past or recalled(clause, trigger, action, setting)
        background = bool(past)
    since, until = dates(clause, trigger, bare=modality is not Modality.MENTIONED and action is not Action.EXTEND)
    if modality is Modality.DENIED or action is Action.KEEP_OPEN:
        since = None  # "will not open on 14 April", "sees no need today"
    if modality is Modality.CONSIDERED and since is not None and since <= setting.today:
        since = None  # what is only weighed has not begun: the day on which it was said
    found: list[Claim] = []
    for country, neighbour in border_of(clause, trigger.first, setting, last):
        aside = modality is Modality.DECIDED and of_another_story(clause, trigger, country, setting)
        crossings, scope = extent(clause, trigger, country, action)
        if trigger.concept == "likewise" and not crossings and last is not None and last.country == country:
            crossings, scope = last.crossings, last.scope  # "no need to close Storskog. If need be, we can do it"
        found.append(
            Claim(
                action=action,
                modality=modality,
                country=country,
                neighbour=neighbour,
                crossings=crossings,
                scope=scope,
                since=since,
                until=until,
                background=background or aside,
                weight=_weight(clause, trigger),
                trigger=trigger.concept,
                some=clause.has("group", "vehicle", "night"),
                by_night=clause.has("night", "clock"),
                asylum=clause.has("protection", "asylum_seekers"),
                asked_for=clause.has("demand", "other_actor") and not clause.has("authority"),
                decided=clause.has("decided"),
                done=done(clause, trigger),
                acts=acts(country, clause, trigger.first),
                beside=frozenset(m.country for m in clause.mentions) - {country},
                sentence=clause.sentence.number,
                evidence=Span(clause.sentence.field, *clause.span()),
                why=f"{trigger.concept}: {why}{'; ' + past if past else ''}",
            )
        )
    return found


def _only_in_headline(clause: Clause, trigger: Hit, modality: Modality) -> bool:
    """Whether a headline says that a border closes or opens, and neither when, nor who decided it, nor that it did."""
    bare = not (clause.days or done(clause, trigger) or clause.has("decided", "authority"))
    bare = bare and trigger.concept in ("close", "closed", "open", "opened")
    return clause.sentence.is_title and modality is Modality.DECIDED and bare


def _followed(before: Claim | None, told: Sequence[Claim]) -> Claim | None:
    """ "It opens only when the danger is over. Lithuania won't follow suit": in what the headline closes."""
    headline = next((c for c in told if c.sentence == 0 and c.action is Action.CLOSE), None)
    waits = before is not None and before.action is Action.OPEN and before.modality is not Modality.DECIDED
    return headline if waits and headline is not None else before


def _likewise(clause: Clause, last: Claim | None) -> list[tuple[Action, Hit]]:
    """ "Latvia weighs a similar step", "Poland follows suit": the action of the claim before."""
    alike = clause.of("likewise")
    if last is None or not alike or not any(m.country != last.country for m in clause.mentions):
        return []
    return [(last.action, alike[0])] if last.action in (Action.CLOSE, Action.RESTRICT, Action.OPEN) else []


def _more_of_it(clause: Clause, last: Claim | None) -> list[tuple[Action, Hit]]:
    return _longer(clause, last) or _refused(clause, last) or _ready_after_all(clause, last)


def _refused(clause: Clause, last: Claim | None) -> list[tuple[Action, Hit]]:
    """ "The prime minister rejects the proposal": what the sentence before weighed is ruled out."""
    refusing = clause.of("rule_out") or (clause.of("no_need") if clause.has("it") else [])
    head = next(iter(refusing), None)
    weighed = last is not None and last.modality is Modality.CONSIDERED and last.action is Action.CLOSE
    if head is None or not weighed or not clause.has("decision", "it", "demand", "possible"):
        return []
    return [(Action.CLOSE, Hit("likewise", head.first, head.last))]


def _ready_after_all(clause: Clause, last: Claim | None) -> list[tuple[Action, Hit]]:
    """ "No need to close. Should more come, we are ready to act": the refusal is followed by a threat."""
    ready = next(iter(clause.of("possible")), None)
    refused = last is not None and last.action is Action.CLOSE and last.modality is Modality.DENIED
    sentence = clause.sentence
    if_ = in_sentence(sentence, "condition") or any(h.first <= 1 for h in in_sentence(sentence, "verb_first"))
    if ready is None or not refused or not if_ or sentence.is_title or clause.has("not", "open", "opening"):
        return []
    return [(Action.CLOSE, Hit("likewise", ready.first, ready.last))]


def _longer(clause: Clause, last: Claim | None) -> list[tuple[Action, Hit]]:
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


def _weight(clause: Clause, trigger: Hit) -> float:
    """How much a claim counts: headline, then the first sentences; decided words, then bare ones."""
    weight = 3.0 if clause.sentence.is_title else max(0.5, 2.0 - 0.25 * clause.sentence.number)
    if clause.has("decided", "authority"):
        weight += 1.0
    if trigger.concept in NOMINAL:
        weight -= 0.5
    return weight


def as_background(claim: Claim, why: str) -> Claim:
    """The same claim, told to be only context."""
    return replace(claim, background=True, why=f"{claim.why}; {why}")
