"""How many people came: a number, who is counted, over what time, and at whose border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gatewatch.model import Count, Per, Span, Unit
from gatewatch.reading.actors import border_of
from gatewatch.reading.ages import is_old
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.numbers import Number, NumberWords, decimal_value
from gatewatch.reading.places import Part
from gatewatch.reading.setting import Setting

UNITS = {
    "asylum_seekers": Unit.ASYLUM_SEEKERS,
    "migrants": Unit.MIGRANTS,
    "irregular": Unit.IRREGULAR_CROSSINGS,
    "nationals": Unit.PEOPLE,
    "people": Unit.PEOPLE,
}
PERIODS = {"per_day": Per.DAY, "per_week": Per.WEEK, "per_month": Per.MONTH, "per_year": Per.YEAR}
REACH = 4
"""How many words may lie between a number and what it counts."""


def counts(sentence: Sentence, setting: Setting, words: NumberWords, text: str) -> list[Count]:
    """All counts of people arriving that one sentence tells."""
    if not sentence.row:
        return []
    clause = Clause(sentence, 0, len(sentence.row) - 1)
    if not _about_arrivals(clause, setting):
        return []
    found: list[Count] = []
    for number in _numbers(sentence, words):
        unit = _unit(number, clause, setting)
        if unit is None:
            continue
        country = _where(clause, setting)
        if country is None:
            continue
        found.append(_count(number, unit, country, clause, setting, text))
    return found


def _count(number: Number, unit: Unit, country: str, clause: Clause, setting: Setting, text: str) -> Count:
    row = clause.sentence.row
    start, end = _part(clause, number)
    span = Span(clause.sentence.field, row[start].start, row[end].end)
    near = Clause(clause.sentence, start, end)
    return Count(
        country=country,
        value=number.value,
        value_max=number.high,
        unit=unit,
        per=_per(near, clause),
        approximate=number.vague or _approximate(number, clause),
        background=is_old(near, Hit("count", number.first, number.last), setting.today)[0],
        evidence=span,
        says=text[span.start : span.end],
    )


def _where(clause: Clause, setting: Setting) -> str | None:
    """At whose border. English is written for readers abroad: there "the Finnish border" is Finland's."""
    if setting.language == "en":
        for mention in clause.mentions:
            if mention.part is Part.OWNER and mention.towards is None and mention.country != setting.home:
                return mention.country
    owners = border_of(clause, len(clause.sentence.row), setting)
    return owners[0][0] if owners else None


def _part(clause: Clause, number: Number) -> tuple[int, int]:
    """The stretch between commas that the number stands in."""
    row = clause.sentence.row
    start, end = number.first, number.last
    while start > 0 and row[start].start - row[start - 1].end <= 1:
        start -= 1
    while end < len(row) - 1 and row[end + 1].start - row[end].end <= 1:
        end += 1
    return start, end


def _about_arrivals(clause: Clause, setting: Setting) -> bool:
    if not (clause.has("arrive", "irregular", "asylum_seekers", "migrants", "nationals")):
        return False
    place = clause.has("border", "crossing") or any(m.crossing or m.towards for m in clause.mentions)
    if place or clause.has("arrive", "irregular"):
        return place or setting.carries_border(clause.sentence.number) or bool(clause.mentions)
    return setting.carries_border(clause.sentence.number)


def _numbers(sentence: Sentence, words: NumberWords) -> list[Number]:
    """The numbers of a sentence that could count people: no dates, times, money; ranges joined."""
    taken = {at for day in sentence.days for at in range(day.first, day.last + 1)}
    found: list[Number] = []
    at = 0
    while at < len(sentence.row):
        number = None if at in taken else words.at(sentence.row, at)
        if number is None:
            at += 1
            continue
        at = number.last + 1
        if not any(i in taken for i in range(number.first, number.last + 1)):
            found.append(number)
    return [n for n in _ranges(found, sentence) if not _other_thing(n, sentence)]


def _ranges(found: Sequence[Number], sentence: Sentence) -> list[Number]:
    joined: list[Number] = []
    ties = {h.first for h in sentence.hits if h.concept == "range"}
    for number in found:
        last = joined[-1] if joined else None
        if last is not None and last.value < number.value and last.digits == number.digits:
            gap = number.first - last.last
            dashed = gap == 1 and sentence.row[number.first].start - sentence.row[last.last].end <= 3
            tied = gap == 2 and last.last + 1 in ties
            if (dashed or tied) and last.high is None:
                joined[-1] = replace(last, high=number.high or number.value, last=number.last)
                continue
        joined.append(number)
    return joined


def _other_thing(number: Number, sentence: Sentence) -> bool:
    """Money, kilometres, soldiers, cars, percent, years, times of day, crossing points."""
    row = sentence.row
    for hit in sentence.hits:
        if hit.concept == "not_people" and 0 <= hit.first - number.last <= 3:
            between = [h for h in sentence.hits if number.last < h.first < hit.first and h.concept in UNITS]
            if not between:
                return True
        if hit.concept == "before_not_people" and 0 < number.first - hit.last <= 1:
            return True
    after = row[number.last + 1].form if number.last + 1 < len(row) else ""
    before = row[number.first - 1].form if number.first else ""
    if after in ("%", "€", "$", "£") or before in ("€", "$", "£"):
        return True
    return decimal_value(row[number.first].form) is not None and number.first == number.last


def _unit(number: Number, clause: Clause, setting: Setting) -> Unit | None:
    """Who is counted: the noun behind the number, or before it, or the one that the text goes on about."""
    hits = [h for h in clause.hits if h.concept in UNITS]
    ahead = [h for h in hits if 0 < h.first - number.last <= REACH]
    if ahead:
        return UNITS[_nearest(ahead, number).concept]
    behind = [h for h in hits if 0 < number.first - h.last <= REACH]
    if behind and (clause.has("arrive", "counted")):
        return UNITS[_nearest(behind, number).concept]
    if clause.has("arrive", "counted") and _alone(number, clause):
        earlier = [
            h
            for s in setting.sentences
            if clause.sentence.number - 2 <= s.number <= clause.sentence.number
            for h in s.hits
            if h.concept in UNITS
        ]
        if earlier:
            return UNITS[earlier[-1].concept]
    return None


def _nearest(hits: Sequence[Hit], number: Number) -> Hit:
    """The nearest noun; of several at one place the most telling ("asylum seekers" before "people")."""
    order = list(UNITS)
    gap = min(abs(h.first - number.last) for h in hits)
    close = [h for h in hits if abs(h.first - number.last) <= gap + 1]
    return min(close, key=lambda h: order.index(h.concept))


def _alone(number: Number, clause: Clause) -> bool:
    """A bare number beside a time ("71 last week", "55 on Saturday")."""
    near = [d for d in clause.days if -3 <= d.first - number.last <= 4]
    times = [h for h in clause.hits if h.concept in PERIODS and -3 <= h.first - number.last <= 4]
    came = [h for h in clause.of("arrive") if 0 < h.first - number.last <= 3]
    return bool(near or times or came)


def _approximate(number: Number, clause: Clause) -> bool:
    return any(-1 <= number.first - h.last <= 2 for h in clause.of("about")) or any(
        0 < h.first - number.last <= 2 for h in clause.of("about_after")
    )


def _per(near: Clause, clause: Clause) -> Per:
    """Over what time: words of the same stretch first, then of the whole sentence."""
    for where in (near, clause):
        if where.has("since"):
            return Per.SINCE
        for concept, per in PERIODS.items():
            if where.has(concept):
                return per
        grains = {day.grain for day in where.days}
        for grain, per in (("day", Per.DAY), ("month", Per.MONTH), ("year", Per.YEAR)):
            if grain in grains:
                return per
    return Per.UNSPECIFIED
