"""What each clause claims: an action at a border, how sure, whose border, which crossings, from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gatewatch.model import EventType, Scope, Span
from gatewatch.reading.actions import CLOSING, NOMINAL, Action
from gatewatch.reading.actors import border_of
from gatewatch.reading.agents import acts
from gatewatch.reading.ages import is_old, known_to_be_closed, of_another_story, told_by_the_way
from gatewatch.reading.clauses import Clause
from gatewatch.reading.extent import dates, extent
from gatewatch.reading.following import following, named_alike, own_actions, taken_back
from gatewatch.reading.freshness import lately
from gatewatch.reading.kept import kept
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.modality import Modality, Verdict, modality_of
from gatewatch.reading.objects import about_a_border
from gatewatch.reading.scope import done, in_sentence
from gatewatch.reading.setting import Setting
from gatewatch.reading.standing import no_step, recalled
from gatewatch.reading.talk import only_talked_of


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
    done: bool  # its verb is one of the past ("closed", "was shut"), and its day is not ahead
    lately: bool  # beside a word for the last days
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
        return self.trigger in CLOSING

    @property
    def lasts(self) -> bool:
        """Whether it is a decided closing or opening: what else is told beside it mostly holds as long."""
        return self.type in (EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_EXTENDED, EventType.REOPENING_ANNOUNCED)

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


def claims(clause: Clause, setting: Setting, told: Sequence[Claim] = ()) -> list[Claim]:
    """All that one clause claims; empty where it is about something else. `told` came before it."""
    found: list[Claim] = []
    before = told[-1] if told and clause.sentence.number - told[-1].sentence <= 6 else None
    last = before if before and clause.sentence.number - before.sentence <= 1 else None
    steps = own_actions(clause)
    own = [step for step in steps if not named_alike(step[1], clause)]
    for action, trigger in own or following(clause, before, last, told, setting) or steps:
        if about_a_border(clause, trigger, action, setting):
            told_now = _of_one_action(clause, action, trigger, setting, last)
            found += [_of_a_closed_border(claim, clause, trigger, setting) for claim in told_now]
        elif (back := taken_back(clause, trigger, told)) is not None:
            again = _of_one_action(clause, back[0], trigger, setting, back[1])
            found += [claim for claim in again if claim.modality is Modality.CONSIDERED]
    return found


def _of_one_action(clause: Clause, action: Action, trigger: Hit, setting: Setting, last: Claim | None) -> list[Claim]:
    """One claim for each country that an action is told of."""
    modality, why = _verdict(clause, action, trigger, setting)
    past = _past(clause, action, trigger, modality, setting)
    since, until = _dates(clause, action, trigger, modality)
    action, modality = _what_stays(clause, trigger, action, modality)
    found: list[Claim] = []
    for country, neighbour in border_of(clause, trigger.first, setting, last):
        crossings, scope = extent(clause, trigger, country, action)
        old = past or _known_of(country, clause, trigger, modality, setting)
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
                background=bool(old),
                weight=_weight(clause, trigger),
                trigger=trigger.concept,
                some=clause.has("group", "vehicle", "night"),
                by_night=clause.has("night", "clock"),
                asylum=clause.has("protection", "asylum_seekers"),
                asked_for=clause.has("demand", "other_actor") and not clause.has("authority"),
                decided=clause.has("decided"),
                done=done(clause, trigger) and (since is None or since <= setting.today),
                lately=lately(clause),
                acts=acts(country, clause, trigger.first),
                beside=frozenset(m.country for m in clause.mentions) - {country},
                sentence=clause.sentence.number,
                evidence=Span(clause.sentence.field, *clause.span()),
                why=f"{trigger.concept}: {why}{'; ' + old if old else ''}",
            )
        )
    return found


def _verdict(clause: Clause, action: Action, trigger: Hit, setting: Setting) -> Verdict:
    """How sure a clause is of its action, and why; what nobody decides, or no state does, is only named."""
    modality, why = only_talked_of(clause, trigger, modality_of(clause, trigger, action), setting)
    idle = no_step(clause, trigger, action, setting) if modality is Modality.DECIDED else ""
    return (Modality.MENTIONED, idle) if idle else (modality, why)


def _past(clause: Clause, action: Action, trigger: Hit, modality: Modality, setting: Setting) -> str:
    """Why what is told is only context; empty where it is news."""
    past = is_old(clause, trigger, modality, setting.today)
    if not past and modality is Modality.DECIDED:
        past = told_by_the_way(clause, trigger, action, setting) or recalled(clause, trigger, action, setting)
    return past


def _dates(clause: Clause, action: Action, trigger: Hit, modality: Modality) -> tuple[date | None, date | None]:
    """First and last day of a step; what is refused, or stays open, has no first one."""
    since, until = dates(clause, trigger, bare=modality is not Modality.MENTIONED and action is not Action.EXTEND)
    if modality is Modality.DENIED or action is Action.KEEP_OPEN:
        since = None  # "will not open on 14 April", "sees no need today"
    if modality is Modality.CONSIDERED and since is not None and since <= clause.sentence.today:
        since = None  # what is only weighed has not begun: the day on which it was said
    return since, until


def _known_of(country: str, clause: Clause, trigger: Hit, modality: Modality, setting: Setting) -> str:
    """Why what is told of that country is known to whoever reads; empty where it is news."""
    aside = modality is Modality.DECIDED and of_another_story(clause, trigger, country, setting)
    return "of another story" if aside else ""


def _of_a_closed_border(claim: Claim, clause: Clause, trigger: Hit, setting: Setting) -> Claim:
    """What is told of a border that has long been closed: that it is closed is known, and what is decided prolongs."""
    shuts = claim.modality is Modality.DECIDED and claim.action in (Action.CLOSE, Action.EXTEND)
    named = {mention.country for mention in clause.mentions}
    if claim.background or not shuts or not setting.closed_long_ago(claim.country, named):
        return claim
    if claim.action is Action.CLOSE and known_to_be_closed(claim.country, clause, trigger, setting):
        return as_background(claim, "closed for long")
    return claim if claim.crossings else replace(claim, action=Action.EXTEND, trigger="extend")


def _what_stays(clause: Clause, trigger: Hit, action: Action, modality: Modality) -> tuple[Action, Modality]:
    """ "Border checks will not be lifted in March": what is not lifted goes on, and closes nothing."""
    of_checks = clause.has("checks", "restriction", "ban_entry")
    of_checks = of_checks and not in_sentence(clause.sentence, "closing", "closed", "close")
    denied = action is Action.OPEN and modality is Modality.DENIED and trigger.concept == "lift"
    return (Action.RESTRICT, Modality.DECIDED) if denied and of_checks else (action, modality)


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
