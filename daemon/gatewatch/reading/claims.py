"""What each clause claims: an action at a border, how sure, whose border, which crossings, from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from gatewatch.model import EventType, Scope, Span
from gatewatch.reading.actors import Setting, border_of
from gatewatch.reading.clauses import Clause, nearest
from gatewatch.reading.dates import Day
from gatewatch.reading.lexicon import Hit

OLD = timedelta(days=8)


class Action(Enum):
    CLOSE = "close"
    OPEN = "open"
    RESTRICT = "restrict"
    EXTEND = "extend"
    KEEP_OPEN = "keep open"


class Modality(Enum):
    DECIDED = "decided"
    CONSIDERED = "considered"
    DENIED = "denied"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
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
    nominal: bool
    sentence: int
    evidence: Span
    why: str

    @property
    def type(self) -> EventType | None:
        return TYPES.get((self.action, self.modality))


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

NOMINAL = frozenset({"closing", "opening", "restriction", "checks"})
PROPER = ("border", "crossing", "entry", "checks", "ban_entry")
NARROWED = ("crossing", "traffic", "entry", "checks", "ban_entry", "group", "vehicle", "night")
OBJECTS = ("border", "crossing", "entry", "checks")


def claims(clause: Clause, setting: Setting) -> list[Claim]:
    """All that one clause claims; empty where it is about something else."""
    found: list[Claim] = []
    for action, trigger in actions(clause):
        if not _about_a_border(clause, trigger, action, setting):
            continue
        modality, why = modality_of(clause, trigger, action)
        background, past = is_old(clause, trigger, setting.today)
        for country, neighbour in border_of(clause, trigger.first, setting):
            crossings, scope = _extent(clause, country, action)
            since, until = _dates(clause, trigger, modality)
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
                    background=background,
                    weight=_weight(clause, trigger, modality),
                    nominal=trigger.concept in NOMINAL,
                    sentence=clause.sentence.number,
                    evidence=Span(clause.sentence.field, *clause.span()),
                    why=f"{trigger.concept}: {why}{'; ' + past if past else ''}",
                )
            )
    return found


def actions(clause: Clause) -> list[tuple[Action, Hit]]:
    """The actions of a clause, each with the word that tells it. Longer states of affairs come first."""
    found: list[tuple[Action, Hit]] = []
    kept = clause.of("keep")
    closed, opened = clause.of("closed", "close", "closing"), clause.of("opened", "open", "opening")
    if clause.has("extend"):
        head = clause.of("extend")[0]
        if clause.has("restriction", "checks", "restrict", "ban_entry", "night"):
            return [(Action.RESTRICT, head)]
        if closed:
            return [(Action.EXTEND, head)]
    if kept and closed:
        return [(Action.EXTEND, closed[0])]
    if kept and clause.of("opened", "open"):
        return [(Action.KEEP_OPEN, clause.of("opened", "open")[0])]
    stopped = clause.of("stop") if clause.has("traffic") else []
    close = _best(closed) or next(iter(stopped), None)
    if close is not None:
        narrowed = clause.has("night", "group", "vehicle", "partly")
        found.append((Action.RESTRICT if narrowed else Action.CLOSE, close))
    open_ = _best(opened)
    if open_ is not None:
        found.append((Action.OPEN, open_))
    lifted = clause.of("lift")
    if lifted and clause.has("restriction", "checks", "ban_entry", "closing"):
        return [(Action.OPEN, lifted[0])]
    narrower = _best(clause.of("restrict", "ban_entry", "checks", "restriction"))
    if narrower is not None and not found:
        found.append((Action.RESTRICT, narrower))
    return found


def _best(hits: Sequence[Hit]) -> Hit | None:
    """A verb says more than a noun."""
    verbs = [hit for hit in hits if hit.concept not in NOMINAL]
    return next(iter(verbs or hits), None)


def _about_a_border(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> bool:
    """Whether a border is what is closed: not a road, a school, a shop that lies nearer to the verb."""
    if trigger.concept in ("checks", "ban_entry"):
        return True
    if action is Action.RESTRICT and trigger.concept in ("restrict", "restriction", "extend"):
        return clause.has(*NARROWED) and any(h.concept in PROPER for h in clause.sentence.hits)
    if trigger.concept == "stop" and not clause.has("border", "crossing"):
        return any(m.crossing is not None for m in clause.mentions)
    border = [h for h in clause.hits if h.concept in OBJECTS]
    crossings = [Hit("crossing", m.first, m.last) for m in clause.mentions if m.crossing or m.towards]
    if clause.has("not_border"):
        border = [hit for hit in border if not _located(hit, clause)]
        crossings = [hit for hit in crossings if not _located(hit, clause)]
    if not border and not setting.speaks_of_borders:
        return False
    near = nearest((*border, *crossings), trigger.first)
    other = nearest(clause.of("not_border"), trigger.first)
    if near is not None:
        return other is None or near < other
    return other is None and _carried(clause, setting)


def _located(hit: Hit, clause: Clause) -> bool:
    """Whether a border only tells where something is: the road to it, a school near it, "ved Storskog"."""
    return any(
        -3 <= near.last - hit.first <= 0 or near.first <= hit.first <= near.last for near in clause.of("located")
    )


def _carried(clause: Clause, setting: Setting) -> bool:
    """No border in the clause: it may lie in the rest of the sentence, or in the one before ("it", "they")."""
    sentence = clause.sentence
    if any(h.concept == "not_border" for h in sentence.hits):
        return False
    if any(h.concept in OBJECTS for h in sentence.hits) or any(m.crossing for m in sentence.mentions):
        return True
    return setting.carries_border(sentence.number)


def modality_of(clause: Clause, trigger: Hit, action: Action) -> tuple[Modality, str]:
    """How sure the clause is of its action, and the cue that says so."""
    sentence = clause.sentence
    if clause.has("not_rule_out"):
        return Modality.CONSIDERED, "not ruled out"
    if _denied(clause, trigger):
        return Modality.DENIED, "denied"
    if clause.has("undecided"):
        return Modality.CONSIDERED, "not decided yet"
    if trigger.concept in NOMINAL:
        return _modality_of_noun(clause, trigger)
    if clause.has("possible", "demand"):
        return Modality.CONSIDERED, "possible, prepared or demanded"
    if any(h.concept == "condition" for h in sentence.hits) and not clause.has("done", "decided"):
        return Modality.CONSIDERED, "under a condition"
    if clause.has("would"):
        told = any(h.concept == "reported" for h in sentence.hits)
        return (Modality.DECIDED, "said to come") if told else (Modality.CONSIDERED, "would")
    if any(h.concept == "hearsay" for h in sentence.hits):
        return Modality.CONSIDERED, "reported by others"
    if clause.has("decided"):
        return Modality.DECIDED, "decided"
    if clause.asks(trigger.first):
        return (Modality.CONSIDERED if sentence.is_title else Modality.MENTIONED), "asked"
    if trigger.concept == "opened" and action is Action.OPEN and not (sentence.is_title or clause.has("again")):
        return Modality.MENTIONED, "a state, not a step"
    if any(h.concept == "infinitive" and h.first <= trigger.first <= h.last for h in clause.hits):
        if sentence.is_title and not clause.has("other_actor"):
            return Modality.DECIDED, "headline"
        return Modality.MENTIONED, "no one decides it"
    return Modality.DECIDED, "told as a fact"


def _modality_of_noun(clause: Clause, trigger: Hit) -> tuple[Modality, str]:
    """ "The closure", "sulkeminen": only a word for deciding or weighing close by makes it more than a name."""
    decided = nearest(clause.of("decided", "introduce", "in_force"), trigger.first)
    possible = nearest(clause.of("possible", "demand"), trigger.first)
    if possible is not None and possible <= 5 and (decided is None or possible <= decided):
        return Modality.CONSIDERED, "possible, prepared or demanded"
    if decided is not None and decided <= 5:
        return Modality.DECIDED, "decided"
    return Modality.MENTIONED, "named, not told as news"


def _denied(clause: Clause, trigger: Hit) -> bool:
    if clause.has("no_need", "rule_out"):
        return True
    return any(-1 <= trigger.first - h.last <= 4 or -3 <= trigger.last - h.first <= 0 for h in clause.of("not"))


def is_old(clause: Clause, trigger: Hit, today: date) -> tuple[bool, str]:
    """Whether the clause only recalls: an old date, a pluperfect, "since" and "after"."""
    own = [d for d in clause.days if d.role != "until"]
    if any(_covers(d, today) and d.grain != "year" for d in own):
        return False, ""
    if any(_covers(d, today) for d in own):
        own = []
    if own:
        return True, "an old date"
    for concept, why in (("past_time", "a word for long ago"), ("pluperfect", "pluperfect")):
        if clause.has(concept):
            return True, why
    after = nearest((h for h in clause.of("after") if h.first <= trigger.first), trigger.first)
    if after is not None and after <= 4:
        return True, "told as what came before"
    around = [d for d in clause.sentence.days if d.role != "until"]
    if around and not any(_covers(d, today) for d in around):
        return True, "an old date in its sentence"
    return False, ""


def _covers(day: Day, today: date) -> bool:
    """Whether a day, month or year named is of the week before the item, or ahead of it."""
    end = day.start
    if day.grain == "month":
        end = (day.start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    elif day.grain == "year":
        end = day.start.replace(month=12, day=31)
    return end >= today - OLD


def _extent(clause: Clause, country: str, action: Action) -> tuple[tuple[str, ...], Scope]:
    """Crossings of that country named in the clause, and how much of the border is meant."""
    named = [m for m in clause.mentions if m.crossing is not None and m.country == country]
    but = clause.of("all_but")
    if but and action is not Action.OPEN:
        spared = [m for m in named if m.first >= but[0].first] or named
        return _names(spared), Scope.ALL_BUT
    if named:
        return _names(named), Scope.NAMED
    return (), Scope.ALL if clause.has("all") else Scope.UNSPECIFIED


def _names(mentions: Sequence[object]) -> tuple[str, ...]:
    names = dict.fromkeys(m.crossing.name for m in mentions)  # type: ignore[attr-defined]
    return tuple(names)


def _dates(clause: Clause, trigger: Hit, modality: Modality) -> tuple[date | None, date | None]:
    """First and last day of what the clause claims, where it names them."""
    days = [d for d in clause.days if d.grain == "day"]
    if modality is not Modality.DECIDED:
        return None, None
    since = next((d.start for d in days if d.role == "from"), None)
    until = next((d.start for d in days if d.role == "until"), None)
    if since is None and not clause.has("decided"):
        since = next((_ahead(d, clause) for d in days if d.role == "on"), None)
    if until is not None and since is not None and until < since:
        until = None
    return since, until


def _ahead(day: Day, clause: Clause) -> date:
    """"Closes on Thursday" is the next one, "closed on Thursday" the last."""
    past = clause.has("done", "pluperfect") or not day.weekday
    return day.start if past or day.start >= clause.sentence.today else day.start + timedelta(days=7)


def _weight(clause: Clause, trigger: Hit, modality: Modality) -> float:
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
