"""Who is counted: asylum seekers, migrants, people; named beside the number, or by the text before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatewatch.model import Count, Unit
from gatewatch.reading.clauses import Clause
from gatewatch.reading.figures import PERIODS, UNITS, YEARS, between_commas, stretch
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES, Part
from gatewatch.reading.numbers import Number
from gatewatch.reading.scope import in_sentence
from gatewatch.reading.setting import Setting

REACH = 4
"""How many words may lie between a number and what it counts."""
SHORT_ROW = 20
"""So small a number beside a border may count crossing points, days or months."""
SERIES = 2
"""For how many sentences a unit carries over ("58 asylum seekers …. On Friday there were 71.")."""


@dataclass(frozen=True, slots=True)
class Told:
    """A count and the sentence it stands in: what the next bare number may be a number of."""

    count: Count
    sentence: int


def unit_of(number: Number, clause: Clause, told: Sequence[Told], setting: Setting) -> Unit | None:
    """Who is counted: the noun behind the number, or before it, or the one that the text goes on about."""
    near = Clause(clause.sentence, *stretch(clause, number))
    if not _of_arrivals(near, clause, setting) and not _goes_on(number, clause, told) and not _more(number, near, told):
        return None
    hits = [h for h in clause.hits if h.concept in UNITS]
    ahead = [h for h in hits if 0 <= h.first - number.last <= REACH and h.last > number.last]
    ahead += [h for h in hits if h.first == number.first and h.last == number.last]  # "пятерых" says people by itself
    ahead = [h for h in ahead if clause.sentence.unbroken(number.last, h.first)]
    if ahead:
        noun = _nearest(ahead, number)
        unit = UNITS[noun.concept]
        if unit is not Unit.PEOPLE:
            return unit
        asked = any(0 < number.first - h.last <= 2 * REACH for h in near.of("asylum_seekers"))
        tried = any(h.first < number.first <= h.last + REACH for h in near.of("irregular"))  # "took 400 into custody"
        asked = asked or any(0 < h.first - noun.last <= 3 for h in near.of("asylum_seekers"))
        return Unit.ASYLUM_SEEKERS if asked else Unit.IRREGULAR_CROSSINGS if tried else unit
    if number.value <= 2 and not number.digits:
        return None  # "one of them", "два": too small a word to stand for people by itself
    reach = 2 * REACH if near.has("counted") else REACH  # "the number of arrivals at the border fell to six"
    behind = [h for h in hits if 0 < number.first - h.last <= reach]
    if behind and clause.has("arrive", "counted", "irregular"):
        return UNITS[_nearest(behind, number).concept]
    if _alone(number, near) and clause.has("arrive", "counted", "irregular"):
        earlier = [
            h
            for s in setting.sentences
            if clause.sentence.number - SERIES <= s.number <= clause.sentence.number
            for h in s.hits
            if h.concept in UNITS
        ]
        if earlier:
            return UNITS[earlier[-1].concept]
    if _goes_on(number, clause, told):
        return told[-1].count.unit
    return Unit.PEOPLE if _stopped_there(number, near, clause) else None


def unit_nearby(number: Number, clause: Clause) -> Unit:
    """Who is counted where the rules don't say: the nearest of all that the sentence names, or just people."""
    hits = [h for h in clause.hits if h.concept in UNITS]
    return UNITS[_nearest(hits, number).concept] if hits else Unit.PEOPLE


def _stopped_there(number: Number, near: Clause, clause: Clause) -> bool:
    """ "Germany has stopped 1,700 at its borders", "weist 1700 an den Grenzen zurück": people, if no noun follows."""
    acting = clause.has("authority") or any(m.part in NAMES for m in clause.mentions)
    verbs = [h for h in near.of("arrive") if number.first - h.last <= REACH]
    many = number.digits and number.value > SHORT_ROW and number.value not in YEARS
    return many and acting and bool(verbs) and near.has("border") and not _followed_by_noun(number, clause)


def _of_arrivals(near: Clause, clause: Clause, setting: Setting) -> bool:
    """Whether the words around a number tell of people who come to a border, or try to."""
    if near.has("elsewhere") or (clause.has("elsewhere") and not near.has("arrive", "irregular")):
        return False
    place = clause.has("border", "crossing") or any(m.crossing or m.towards for m in clause.mentions)
    coming = clause.has("arrive", "irregular")
    if coming and place:
        return True
    if coming:
        who = near.has("irregular", "asylum_seekers", "migrants")
        caught = who and (clause.has("authority") or any(m.part is Part.AUTHORITY for m in clause.mentions))
        shipped = near.has(*UNITS) and by_sea(clause, setting)
        return caught or shipped or setting.speaks_of_borders  # "border guards stopped 120 illegal crossers"
    who = clause.has("asylum_seekers", "migrants")
    return who and (place or setting.carries_border(clause.sentence.number))


def by_sea(clause: Clause, setting: Setting) -> bool:
    """ "36,816 people reached Britain in small boats": a coast is a border too, where the text is about migrants."""
    near = [s for s in setting.sentences if abs(s.number - clause.sentence.number) <= 1]
    return any(in_sentence(s, "by_sea") for s in near)


def _more(number: Number, near: Clause, told: Sequence[Told]) -> bool:
    """Further people of those just counted ("seven Syrians and four Somalis tried the same")."""
    if not told or near.sentence.number - told[-1].sentence > 1 or near.has("elsewhere"):
        return False
    who = near.of("asylum_seekers", "migrants", "irregular", "nationals")
    return any(0 < h.first - number.last <= 2 for h in who)


def _goes_on(number: Number, clause: Clause, told: Sequence[Told]) -> bool:
    """A bare number beside a time goes on with the series before it ("… and 55 on Saturday")."""
    if not told or clause.sentence.number - told[-1].sentence > 1 or clause.has("elsewhere"):
        return False
    near, own = (Clause(clause.sentence, *part(clause, number)) for part in (stretch, between_commas))
    if _at_another_place(number, own, same=told[-1].sentence == clause.sentence.number):
        return True
    people = any(0 < h.first - number.last <= 1 for h in near.of("people"))
    return _alone(number, near) and (people or not _followed_by_noun(number, clause))


def _at_another_place(number: Number, near: Clause, *, same: bool) -> bool:
    """ "60 came through Nuijamaa, at Vaalimaa 15": a crossing and a number, and nothing behind it.

    In one sentence a country will do as well: "Lithuania turned back 20, Latvia 31".
    """
    places = [m for m in near.mentions if m.crossing is not None or (same and m.last < number.first)]
    there = any(m.first - number.last <= 2 for m in places)
    last = max([number.last, *(m.last for m in places)])
    return there and near.last == last and near.last - near.first <= REACH


def _followed_by_noun(number: Number, clause: Clause) -> bool:
    """Whether the next word could be what is counted: neither a time nor a small word."""
    at = number.last + 1
    row = clause.sentence.row
    if at >= len(row) or row[at].start - row[number.last].end > 1:
        return False
    if any(d.first <= at <= d.last for d in clause.days):
        return False
    small = ("clause", "arrive", "with", "from", "until", "located", "origin", "range", "and", *PERIODS)
    return not any(h.first == at and h.concept in small for h in clause.hits) and len(row[at].form) > 3


def _nearest(hits: Sequence[Hit], number: Number) -> Hit:
    """The nearest noun; of several at one place the most telling ("asylum seekers" before "people")."""
    order = list(UNITS)
    gap = min(abs(h.first - number.last) for h in hits)
    close = [h for h in hits if abs(h.first - number.last) <= gap + 1]
    return min(close, key=lambda h: order.index(h.concept))


def _alone(number: Number, clause: Clause) -> bool:
    """A bare number beside a time, a coming or a sum ("71 last week", "32 came", "the total exceeds 34,000")."""
    near = [d for d in clause.days if -4 <= d.first - number.last <= 4]
    times = [h for h in clause.hits if h.concept in PERIODS and -6 <= h.first - number.last <= 4]
    came = [h for h in clause.of("arrive") if 0 < h.first - number.last <= 3]
    return bool(near or times or came or clause.has("since")) or _summed(number, clause)


def _summed(number: Number, clause: Clause) -> bool:
    """ "The total exceeds 34,000", "the figure at Niirala is 109"; not "when it was 81", "more than in 2022"."""
    if clause.has("past_time", "last_time", "compared", "when") or (number.digits and number.value in YEARS):
        return False
    return any(0 < number.first - h.last <= REACH for h in clause.of("counted"))
