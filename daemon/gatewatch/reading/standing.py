"""What is told and decides nothing: closed by those who are no state, explained, broken down, shut for an hour."""

from __future__ import annotations

from gatewatch.reading.actions import Action
from gatewatch.reading.clauses import Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES
from gatewatch.reading.scope import done, governing, in_sentence
from gatewatch.reading.setting import Setting

BEHIND = 2
"""How many words behind a verb its subject still stands ("stängde Polen", "sulges Leedu"), or "by farmers"."""

EXPLAINED = 10
"""How many words behind a "why" what it asks for may stand."""


def no_step(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> str:
    """Why what is told as decided is no step of a state; empty where it is one."""
    by_nobody_else = setting.is_of_outsiders and not (clause.has("decided") or _actors(clause))
    if closed_by_outsiders(clause, trigger) or by_nobody_else:
        return "done by those who are no state"
    if _of_the_union(clause):
        return "a step of the Union, at no country's border"
    if governing(clause, trigger, "rehearsed"):
        return "only rehearsed"
    if action in (Action.CLOSE, Action.RESTRICT) and _not_done(clause, trigger):
        return "it was not done"
    if action is Action.CLOSE and _only_for_hours(clause, trigger):
        return "for some hours only"
    if action is Action.CLOSE and _out_of_order(clause, setting):
        return "stopped by works or a fault"
    if explained(clause, trigger):
        return "known: the text explains it"
    if _presupposed(clause, trigger):
        return "a state that somebody speaks of"
    return ""


def recalled(clause: Clause, trigger: Hit, action: Action, setting: Setting) -> str:
    """Why a closing or a limit is context: a text that explains or looks back tells it without its day. Else empty."""
    fresh = any(d.grain == "day" for d in clause.days) or clause.has("today", "decided", "again", "yesterday")
    under_way = clause.sentence.is_title and not done(clause, trigger)
    idle = action in (Action.CLOSE, Action.RESTRICT) and setting.is_explainer and not (fresh or under_way)
    return "in a text that explains" if idle else ""


def _presupposed(clause: Clause, trigger: Hit) -> bool:
    """ "Neighbours glad that the border is shut": a state behind a headline's "that", and nobody says it as news."""
    start, _ = clause.fragment(trigger.first)
    if not clause.sentence.is_title or start == 0 or trigger.concept != "closed" or clause.days:
        return False
    ties = {h.first for h in clause.of("and")}
    that = any(h.first == start for h in clause.of("clause")) and start not in ties
    return that and not clause.has("reported", "decided", "authority", "again")


def closed_by_outsiders(clause: Clause, trigger: Hit) -> bool:
    """ "Farmers have closed the crossing", "blocked by protesters": nobody with a border of their own acts.

    "As farmers protest, Poland closes the crossing": whoever can close it stands nearer to the verb.
    """
    if trigger.concept not in ("close", "closed", "stop", "open"):
        return False
    outsiders = clause.of("outsider")
    if any(h.size > 1 and 0 < h.first - trigger.last <= BEHIND for h in outsiders):
        return True
    before = [h for h in outsiders if h.last < trigger.first]
    if not before:
        return False
    reach = range(before[-1].last + 1, trigger.last + BEHIND + 1)
    return not any(at in reach for at in _actors(clause))


def _of_the_union(clause: Clause) -> bool:
    """ "The EU bans Russian cars", where no country is named that acts, nor a border of its own: nobody's border."""
    own = any(m.crossing is not None or m.towards is not None for m in clause.mentions)
    return clause.has("union") and not own and not _actors(clause)


def _not_done(clause: Clause, trigger: Hit) -> bool:
    """ "The guards have not closed the crossings, whatever some papers write"."""
    before = [h for h in clause.of("not") if 0 < trigger.first - h.last <= 3]
    return done(clause, trigger) and any(clause.together(h.first, trigger.first) for h in before)


def _actors(clause: Clause) -> list[int]:
    """Where those stand who can close a border: authorities, and states named as such.

    A state alone between two commas is a place: "protesters in Tijuana, Mexico, closed the crossing".
    """
    named = [m for m in clause.mentions if m.part in NAMES and m.crossing is None]
    named = [m for m in named if clause.fragment(m.first) != (m.first, m.last) and not m.adjective]
    return [h.first for h in clause.of("authority")] + [m.first for m in named]


def _only_for_hours(clause: Clause, trigger: Hit) -> bool:
    return any(clause.together(h.first, trigger.first) for h in clause.of("briefly"))


def _out_of_order(clause: Clause, setting: Setting) -> bool:
    """Whether repairs or a fault stop the crossing: told in this sentence, in the headline or right beside it.

    What is rebuilt from a day on is closed for months, by an order like any other.
    """
    if any(d.role == "from" and d.grain == "day" for d in clause.days):
        return False
    here = clause.sentence.number
    near = [s for s in setting.sentences if s.is_title or abs(s.number - here) <= 1]
    return any(h.concept == "works" for s in near for h in s.hits)


def rehearsed(clause: Clause, trigger: Hit) -> bool:
    """ "Police practise for a day on which the border has to be closed": an exercise, and nobody weighs it."""
    return any(h.last < trigger.first for h in clause.sentence.hits if h.concept == "rehearsed")


def in_passing(clause: Clause) -> bool:
    """ "The crossings remain closed", late in a text and without a day: nobody has decided it anew."""
    told = clause.sentence.number >= 2 and not clause.days
    # "Two open on Thursday, the minister announced, the others stay closed"
    beside = clause.has("all_but") and all(in_sentence(clause.sentence, concept) for concept in ("open", "decided"))
    return told and not beside and not clause.has("lasts", "in_force", "extend", "authority")


def aside(clause: Clause, trigger: Hit) -> bool:
    """ "Trains held up as Poland keeps its border shut": a headline's news is what stands before the "as"."""
    start, _ = clause.fragment(trigger.first)
    ties = {h.first for h in clause.of("and")}
    return start > 0 and start not in ties and any(h.first == start for h in clause.of("clause"))


def explained(clause: Clause, trigger: Hit) -> bool:
    """ "Why Finland closed its border": what a headline explains has happened, and is known.

    "Why the border is closing" may be the first word of it.
    """
    if not (clause.sentence.is_title and done(clause, trigger)):
        return False
    start, _ = clause.fragment(trigger.first)
    asked = [h for h in clause.of("explains") if start <= h.first and h.last < trigger.first]
    return any(trigger.first - h.last <= EXPLAINED for h in asked)
