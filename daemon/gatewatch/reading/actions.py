"""What a clause does to a border: close, open, narrow, prolong, keep open."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from gatewatch.reading.clauses import Clause
from gatewatch.reading.hours import between_hours, every_morning, one_night
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import in_sentence, overlap


class Action(StrEnum):
    CLOSE = "close"
    OPEN = "open"
    RESTRICT = "restrict"
    EXTEND = "extend"
    KEEP_OPEN = "keep open"


SHORT = 3
"""A fragment of so few words is a predicate whose subject stands before what is inserted between commas."""
INSERTED = 6
"""How long such an insertion is at most."""
ALSO = 2
"""How many words behind "also" a vehicle still goes with it: "också för tågtrafik"."""
UNKEPT = 4
"""How many words before "keep open" a "not" still denies it."""
CLOSING = ("close", "closed", "closing", "stop")
NOMINAL = frozenset({"closing", "opening", "restriction", "checks"})


def actions(clause: Clause) -> list[tuple[Action, Hit]]:
    """The actions of a clause, each with the word that tells it. Longer states of affairs come first."""
    found: list[tuple[Action, Hit]] = []
    closed, opened = clause.of("closed", "close", "closing"), clause.of("opened", "open", "opening")
    closed = [hit for hit in closed if not (opened and _attributive(hit, clause))]
    opened = [hit for hit in opened if not _around_another(hit, clause)] or opened
    some_days = clause.of("days_a_week")
    if some_days and (opened or closed or clause.has("only")):
        return [(Action.RESTRICT, (*opened, *closed, *some_days)[0])]  # "open only three days a week"
    prolonged = _prolonged(clause, closed)
    if prolonged is not None:
        return [prolonged]
    kept = clause.of("keep")
    lifted = clause.of("lift")
    if lifted and kept and any(lifted[0].last < h.first < kept[0].first for h in clause.of("decision")):
        return [(Action.OPEN, lifted[0])]  # "scrapped its decision to keep the border closed"
    if kept and closed and not _shut_and_stays_so(closed[0], kept[0], clause):
        return [(Action.RESTRICT if _narrowed(clause, closed[0]) else Action.EXTEND, closed[0])]
    left = [
        o for o in clause.of("opened", "open") if any(overlap(k, o) or clause.together(k.first, o.first) for k in kept)
    ]
    if left and between_hours(clause):
        return [(Action.RESTRICT, left[0])]  # "keeps the crossing open only from 7 to 23"
    if left:
        return [(_left_open(left[0], clause), left[0])]
    if lifted and (clause.has("restriction", "checks", "ban_entry", "closing") or _undoes(lifted[0], clause)):
        return [(Action.OPEN, lifted[0])]
    asylum = _asylum_elsewhere(clause)
    if asylum is not None:
        found.append((Action.RESTRICT, asylum))
    close = _best(closed) or (next(iter(clause.of("stop")), None) if clause.has("traffic") else None)
    if close is not None:
        found.append((Action.RESTRICT if _narrowed(clause, close) else Action.CLOSE, close))
    open_ = _best(opened)
    if open_ is not None and every_morning(open_, clause):
        open_ = None
    if open_ is not None:
        found.append((Action.OPEN, open_))
    narrower = _best(clause.of("restrict", "ban_entry", "checks", "restriction"))
    if narrower is not None and not found:
        found.append((Action.RESTRICT, narrower))
    return found


def _left_open(left: Hit, clause: Clause) -> Action:
    """What is said of a border by what is, or isn't, left open."""
    if kept_open_no_more(left, clause):
        return Action.RESTRICT if _narrowed(clause, left) else Action.CLOSE
    return Action.CLOSE if clause.has("all_but") and not _the_only_one(clause) else Action.KEEP_OPEN


def kept_open_no_more(left: Hit, clause: Clause) -> bool:
    """ "Can't be kept open", "does not keep Storskog open": what is not kept open is closed."""
    if left.concept not in ("open", "opened"):
        return False
    near = [h for h in clause.of("not") if clause.together(h.first, left.first)]
    within = left.size <= left.last - left.first  # "hålls inte öppen"
    return any(-1 <= left.first - h.last <= UNKEPT or (within and left.first < h.first < left.last) for h in near)


def _shut_and_stays_so(close: Hit, keep: Hit, clause: Clause) -> bool:
    """ "Were closed at 8 p.m. and would stay so until Sunday": they close, and that is how long."""
    start, _ = clause.fragment(keep.first)
    if close.last < start and any(h.first == start for h in clause.of("clause")) and not clause.has("closed"):
        return True  # "stellen den Betrieb ein; damit bleiben noch zwei"
    shut = any(overlap(close, d) for d in clause.of("done")) and not overlap(close, keep)
    return shut and any(close.last < tie.first <= keep.first for tie in clause.of("and"))


def _the_only_one(clause: Clause) -> bool:
    """ "Storskog is then the only one open": Norway has no other that could have closed."""
    named = [m.crossing for m in clause.mentions if m.crossing is not None]
    return bool(named) and all(crossing.only for crossing in named)


def _around_another(hit: Hit, clause: Clause) -> bool:
    """Whether a term with a gap has the opposite within it: "traffic stops on Monday and resumes on Friday"."""
    return any(hit.first < h.first and h.last < hit.last for h in clause.of("close", "stop"))


def _undoes(lift: Hit, clause: Clause) -> bool:
    """ "Lifts the decision"; not "a rule, approved at the proposal of the ministry, is to ease the work"."""
    if any(0 < h.first - lift.last <= 2 for h in clause.of("traffic")):
        return False  # "the decision ends the traffic at Imatra"
    return any(abs(h.first - lift.last) <= 4 and clause.together(h.first, lift.first) for h in clause.of("decision"))


def _attributive(hit: Hit, clause: Clause) -> bool:
    """Whether a "closed" only describes the crossing behind it ("closed crossings will be opened")."""
    return any(h.first - hit.last == 1 for h in clause.of("border", "crossing"))


def _asylum_elsewhere(clause: Clause) -> Hit | None:
    """Asylum can be sought only at some points, is moved to others, or is not taken any more."""
    if not clause.has("protection"):
        return None
    place = clause.has("border", "crossing") or any(m.crossing for m in clause.mentions)
    opening = clause.of("open")  # "the two opened only last night, and asylum seekers came at once"
    counted = {h.first for h in clause.of("asylum_seekers")}  # "only four asylum seekers at Storskog"
    only = [h for h in clause.of("only") if place and counted.isdisjoint(range(h.last + 1, h.last + 3))]
    narrowing = [h for h in only if not any(clause.together(h.first, o.first) for o in opening)]
    return next(iter((*narrowing, *clause.of("directed", "stop", "suspended"))), None)


def _prolonged(clause: Clause, closed: Sequence[Hit]) -> tuple[Action, Hit] | None:
    head = next(iter(clause.of("extend")), None)
    if head is None:
        return None
    if clause.has("restriction", "checks", "restrict", "ban_entry", "night"):
        return Action.RESTRICT, head
    # "The term for which it is shut is extended"
    term = any(h.first <= 1 for h in in_sentence(clause.sentence, "lasts"))
    of_a_closing = (clause.has("decision", "it") or term) and in_sentence(clause.sentence, *CLOSING)
    return (Action.EXTEND, head) if closed or of_a_closing else None  # "the present decision ran out and is prolonged"


def _narrowed(clause: Clause, close: Hit) -> bool:
    """Closed at night, between two hours, to a group, to cars: less than a closing.

    The cue stands in the fragment of the verb, or in the next one where it is a time or a vehicle. "Closed, and only
    citizens are let in" is a closing with its exceptions.
    """
    start, end = clause.fragment(close.first)
    if end - start < SHORT:  # "the traffic of cars through Ivangorod (a border crossing) is stopped"
        start = next((f[0] for f in clause.fragments if 0 < start - f[1] <= INSERTED), start)
    following = next((f[1] for f in clause.fragments if f[0] == end + 1 and not _a_clause_of_its_own(f, clause)), end)
    cues = [cue for cue in clause.of("night", "vehicle", "partly") if not one_night(cue, clause)]
    cues = [cue for cue in cues if not (_with_all_others(cue, clause) or _counted_in(cue, clause))]
    near = [*clause.of("group"), *cues]
    return (
        any(start <= cue.first <= end for cue in near)
        or any(end < cue.first <= following for cue in cues)
        or _to_those_who(close, clause)
        or between_hours(clause)
    )


def _counted_in(cue: Hit, clause: Clause) -> bool:
    """ "Poland shuts all crossings, also to trains": what is shut besides narrows nothing."""
    return any(0 < cue.first - h.last <= ALSO for h in clause.of("also"))


def _with_all_others(cue: Hit, clause: Clause) -> bool:
    """ "Cars and travellers", "vehicles and people on foot": who is told together with the rest is no group."""
    rest = clause.of("traffic", "people")
    ties = [h.first for h in clause.of("and")]
    return cue.concept == "vehicle" and any(
        (cue.last < tie < h.first and h.first - cue.last <= 3) or (h.last < tie < cue.first and cue.first - h.last <= 3)
        for tie in ties
        for h in rest
    )


def _a_clause_of_its_own(fragment: tuple[int, int], clause: Clause) -> bool:
    """ "…, when demonstrators burned cars": what follows "when", "because" or "who" narrows nothing."""
    return any(h.first == fragment[0] for h in clause.of("when", "condition", "relative"))


def _to_those_who(close: Hit, clause: Clause) -> bool:
    """ "Closed to all who don't live there", "lets nobody through who has no papers"."""
    heads = [h for h in clause.of("all", "people") if h.first > close.last and clause.together(h.first, close.first)]
    heads.append(close)
    _, end = clause.fragment(close.first)  # "lets nobody up to the barrier, who has no visa"
    refusing = any(overlap(h, close) for h in clause.of("not", "ban_entry"))
    if refusing and any(who.first == end + 1 for who in clause.of("relative")):
        return True
    return any(who.first - head.last == 1 for who in clause.of("relative") for head in heads)


def _best(hits: Sequence[Hit]) -> Hit | None:
    """A verb says more than a noun."""
    verbs = [hit for hit in hits if hit.concept not in NOMINAL]
    return next(iter(verbs or hits), None)
