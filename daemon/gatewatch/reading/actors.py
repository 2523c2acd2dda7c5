"""Whose border it is: the country whose authority acts, not the one that is named most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from gatewatch.reading.agents import (
    by_whom,
    deciders,
    just_behind,
    of_a_condition,
    of_two,
    people_from,
    row_of,
    together,
)
from gatewatch.reading.clauses import Clause
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.neighbours import bordering, names_a_line, neighbour_of
from gatewatch.reading.owners import owner_or_agent
from gatewatch.reading.setting import Setting
from gatewatch.reading.surroundings import by_context, by_home, by_row, by_side, by_speaker


class Told(Protocol):
    """What was claimed before: for which country, in which sentence."""

    @property
    def country(self) -> str: ...

    @property
    def sentence(self) -> int: ...


def border_of(clause: Clause, trigger: int, setting: Setting, last: Told | None = None) -> list[tuple[str, str | None]]:
    """The countries that the clause claims something for, each with the neighbour across.

    `last` is what was claimed just before: "it" and "the border" go on with its country.
    """
    finders = (_by_decision, _by_crossing, _by_clause, by_row, by_side)
    found = _first(finders, clause, trigger, setting)
    here = last is not None and last.sentence == clause.sentence.number
    if not found and last is not None and here:
        found = [last.country]  # "Ecuador leaves one open, the ministry closed all others"
    found = found or _first((_by_sentence, by_speaker, by_home), clause, trigger, setting)
    found = found or ([last.country] if last is not None else by_context(clause, setting))
    if found == [setting.home] and not any(m.country == setting.home for m in setting.mentions):
        found = _between_others(clause, setting) or found
    found = _next_to_the_neighbour(found, clause, setting)
    found = bordering(found, clause, setting)
    return [(country, neighbour_of(country, clause, setting, found)) for country in found]


def _next_to_the_neighbour(found: Sequence[str], clause: Clause, setting: Setting) -> list[str]:
    """Whose border with the named neighbour it can be: Finland has none with Belarus, the Lithuania of the text has."""
    across = [m.country for m in clause.mentions if m.part in (Part.NEIGHBOUR, Part.GOAL) and m.crossing is None]
    about = setting.protagonist
    apart = across and not any(setting.borders(one, other) or one == other for one in found for other in across)
    if apart and about is not None and any(setting.borders(about, other) for other in across):
        return [about]
    return list(found)


Finder = Callable[[Clause, int, Setting], list[str]]


def _first(finders: Sequence[Finder], clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return next((found for find in finders if (found := find(clause, trigger, setting))), [])


def _by_decision(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """ "Zakharova commented on Finland's decision to close": the decision's owner, whoever speaks of it."""
    return [m.country for m in deciders(clause, trigger)][-1:]


def _by_crossing(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Crossings name their country, but for pairs such as Narva and Ivangorod, and where the far side acts."""
    named = _closed_crossings(clause, trigger)
    owners = list(dict.fromkeys(m.country for m in named))
    if not owners:
        return []
    far = {m.crossing.neighbour for m in named if m.crossing is not None}
    row = by_whom(clause, trigger) or row_of(clause.mentions, trigger, clause) or _right_behind(clause, trigger)
    acting = [c for c in row if c in owners or (c in far and _acts_from_there(c, trigger, clause))]
    if acting:
        return acting
    if len(owners) == 1:
        return _from_here(named, clause, setting) or owners
    return [next((c for c in (setting.protagonist, setting.home) if c in owners), owners[0])]


def _from_here(named: Sequence[Mention], clause: Clause, setting: Setting) -> list[str]:
    """ "Nobody can cross into Ivangorod on foot", told in Estonia: of a place to which one comes, this side acts."""
    goals = {h.last for h in clause.of("goal")}
    forms = {at for h in clause.of("goal_form") for at in (h.first, h.last)}  # "Ivangorodi enam ei pääse"
    into = all(m.first - 1 in goals or m.last in forms for m in named)
    theirs = {m.crossing.neighbour for m in named if m.crossing is not None}
    return [setting.home] if into and setting.home is not None and theirs == {setting.home} else []


def _closed_crossings(clause: Clause, trigger: int) -> list[Mention]:
    """The crossings of a clause, unless its verb has an actor beside it and they stand in another fragment."""
    named = [m for m in clause.mentions if m.crossing is not None]
    start, end = clause.fragment(trigger)
    apart = not any(start <= m.first <= end for m in named)
    beside = [m for m in clause.mentions if start <= m.first <= end and m.part in (*NAMES, Part.OWNER)]
    if apart and any(not of_two(m, clause) for m in beside):
        return []
    if named and any(_another_acts(m, named, trigger, clause) for m in beside):
        return []
    return named


def _another_acts(mention: Mention, named: Sequence[Mention], trigger: int, clause: Clause) -> bool:
    """ "While Finland shuts crossing after crossing all is calm at Storskog": the name right before its verb acts,
    where neither it nor its neighbour owns what is named behind."""
    theirs = {m.country for m in named} | {m.crossing.neighbour for m in named if m.crossing is not None}
    plain = mention.part is Part.NAMED and not mention.adjective and mention.towards is None
    right_before = mention.last == trigger - 1 and trigger < min(m.first for m in named)
    return plain and right_before and mention.country not in theirs


def _acts_from_there(country: str, trigger: int, clause: Clause) -> bool:
    """Whether the country across is who acts at a crossing: named with the verb, and not as "with" or "from" it."""
    theirs = [m for m in clause.mentions if m.country == country]
    if any(m.part in (Part.NEIGHBOUR, Part.ORIGIN) or of_two(m, clause) for m in theirs):
        return False
    return any(m.part is Part.AUTHORITY or clause.together(m.first, trigger) or m.first == clause.first for m in theirs)


def _by_clause(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return (
        by_whom(clause, trigger)
        or _who_or_which(clause, trigger)
        or _among(clause.mentions, clause, trigger, setting)
        or just_behind(clause, trigger)
        or _let_in(clause, trigger)
    )


def _by_sentence(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    return _among(clause.sentence.mentions, clause, trigger, setting) or _in_next_part(clause, trigger)


def _among(mentions: Sequence[Mention], clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """The owner of the border that is named, unless it is called after the one across; else who acts."""
    owners = [m for m in mentions if m.part is Part.OWNER and m.towards is None and m.crossing is None]
    if owners:
        owner = min(owners, key=lambda m: abs(m.first - trigger))
        if any(m.towards is not None and m.crossing is None and m.first - owner.last == 1 for m in mentions):
            return [owner.country]  # "Latvia's eastern border", told in Estonia
        both = [m.country for m in owners if 0 <= owner.first - m.last <= 1]
        if len(both) == 2 and setting.borders(*both):
            return [next((c for c in (setting.protagonist, setting.home) if c in both), both[0])]
        return owner_or_agent(owner, mentions, clause, trigger, setting)
    return row_of([m for m in mentions if not of_a_condition(m, clause, trigger)], trigger, clause)


def _who_or_which(clause: Clause, trigger: int) -> list[str]:
    """The subject of a relative clause: the name right before "which", unless another stands behind it."""
    pronouns = [h for h in clause.sentence.hits if h.concept == "relative" and h.first < trigger]
    if not pronouns:
        return []
    pronoun = pronouns[-1]
    between = [m for m in clause.sentence.mentions if pronoun.last < m.first <= trigger and m.part in NAMES]
    before = [m for m in clause.sentence.mentions if 0 < pronoun.first - m.last <= 2]
    if between or not before or before[-1].crossing is not None or before[-1].towards is not None:
        return []  # "the eastern border, which has been shut"
    if names_a_line(before[-1], pronoun.last, clause) or people_from(before[-1], clause):
        return []  # "Russian citizens whose purpose is tourism will be refused entry to Norway"
    return [before[-1].country]


def _right_behind(clause: Clause, trigger: int) -> list[str]:
    """ "On Saturday closed Venezuela the crossing at Pacaraima": with the verb in front, as in Norwegian or German."""
    return [m.country for m in clause.mentions if m.part in NAMES and 0 < m.first - trigger <= 2 and m.crossing is None]


def _in_next_part(clause: Clause, trigger: int) -> list[str]:
    """ "Closing the border, Finland punished itself": the subject that begins the next part of the sentence."""
    _, end = clause.fragment(trigger)
    if trigger > 2:
        return []
    return [m.country for m in clause.sentence.mentions if m.part in NAMES and m.first == end + 1][:1]


def _let_in(clause: Clause, trigger: int) -> list[str]:
    """ "Russian tourists may no longer travel to Norway": the country that lets nobody in."""
    if any(h.first == trigger for h in clause.of("open")):
        return []  # "thousands can get to Finland again" does not say who lets them
    goals = [m for m in clause.mentions if m.part is Part.GOAL and m.crossing is None and not m.adjective]
    return together(goals[0], clause.mentions) if goals and clause.has("ban_entry", "group", "entry") else []


def _between_others(clause: Clause, setting: Setting) -> list[str]:
    """ "The crossings between Thailand and Cambodia", "over the border from Poland to Belarus": not the home's."""
    names = [m for m in clause.mentions if m.crossing is None and not m.adjective and m.country != setting.home]
    lines = clause.of("border", "crossing")
    for one, other in pairwise(names):
        line = any(0 < one.first - h.last <= 2 for h in lines) and other.first - one.last <= 2
        way = one.part is Part.ORIGIN or of_two(other, clause)
        if line and way and setting.borders(one.country, other.country):
            return [one.country]
    return []
