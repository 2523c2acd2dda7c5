"""How many people came: a number, who is counted, over what time, and at whose border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatewatch.model import Count, Per, Span, Unit
from gatewatch.reading.arrivals import Told, by_sea, unit_nearby, unit_of
from gatewatch.reading.clauses import Clause
from gatewatch.reading.destinations import where
from gatewatch.reading.figures import PERIODS, figures, stretch
from gatewatch.reading.numbers import Number, NumberWords
from gatewatch.reading.periods import just_over, per_of, recalled
from gatewatch.reading.scope import in_sentence
from gatewatch.reading.setting import Setting

LONG = {Per.YEAR, Per.SINCE}
"""A sum "last year" and one "in 2025" or "since January" are told in either way."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that could count people, its sentence as one clause, and the count that the rules make of it.

    `before` is the count that was told last, if any.
    """

    number: Number
    clause: Clause
    count: Count | None
    before: tuple[Told, ...]


def figures_of(setting: Setting, words: NumberWords, texts: Mapping[str, str]) -> list[Figure]:
    """All numbers of a text that could count people, in order."""
    told: list[Told] = []
    found: list[Figure] = []
    for sentence in setting.sentences if not _of_a_match(setting) else ():
        if not sentence.row or in_sentence(sentence, "rehearsed"):  # "it was assumed that 400 people come in one day"
            continue
        clause = Clause(sentence, 0, len(sentence.row) - 1)
        for number in figures(sentence, words):
            count = _read(number, clause, told, setting, texts)
            found.append(Figure(number, clause, count, tuple(told[-1:])))
            if count is not None:
                told.append(Told(count, sentence.number))
    return found


def people(found: Sequence[Count]) -> tuple[Count, ...]:
    """The counts of a text, each told once."""
    return _once([one for one in found if not _told_again(one, found) and not _placed_by_the_text(one, found)])


def counted(figure: Figure, setting: Setting, texts: Mapping[str, str]) -> Count | None:
    """The count of a number that the rules passed over: of the nearest people, at the likeliest border."""
    number, clause = figure.number, figure.clause
    country = where(number, clause, figure.before, setting) or setting.protagonist or setting.home
    if country is None:
        return None
    unit = unit_nearby(number, clause)
    return _count(number, unit, country, clause, setting, texts[clause.sentence.field], first=not figure.before)


def _read(
    number: Number, clause: Clause, told: Sequence[Told], setting: Setting, texts: Mapping[str, str]
) -> Count | None:
    """The count that the rules make of a number."""
    unit = None if _part_of_them(number, clause) else unit_of(number, clause, told, setting)
    country = where(number, clause, told, setting) if unit is not None else None
    if unit is None or country is None:
        return None
    count = _count(number, unit, country, clause, setting, texts[clause.sentence.field], first=not told)
    return None if _traffic(count, setting) and not by_sea(clause, setting) else count


def _of_a_match(setting: Setting) -> bool:
    """ "412 watched the match, a hundred of them from across the gulf": spectators, where nobody else is told of."""
    comers = ("asylum_seekers", "migrants", "irregular")
    return setting.is_of_sport and not any(in_sentence(s, *comers) for s in setting.sentences)


def _placed_by_the_text(count: Count, others: Sequence[Count]) -> bool:
    """ "1,195 came over the Channel" in a headline, and where to only in the text: the text knows the country."""
    if count.evidence.field != "title":
        return False
    return any(o.evidence.field == "text" and o.value == count.value and o.country != count.country for o in others)


def _told_again(rough: Count, others: Sequence[Count]) -> bool:
    """ "Over 500" in a headline over "547" in the text is one count."""
    if not rough.approximate or rough.evidence.field != "title" or rough.value_max is not None:
        return False
    same = [c for c in others if c.country == rough.country]
    same = [c for c in same if _of_one_time(c.per, rough.per)]
    same = [c for c in same if c.unit is rough.unit or Unit.PEOPLE in (c.unit, rough.unit)]
    same = [c for c in same if c.evidence.field == "text" and c.value != rough.value]
    return any(abs(c.value - rough.value) <= rough.value * 0.15 for c in same)


def _of_one_time(one: Per, other: Per) -> bool:
    return one is other or Per.UNSPECIFIED in (one, other) or {one, other} <= LONG


def _part_of_them(number: Number, clause: Clause) -> bool:
    """ "Of them 2,500 came as families": a part of those just counted, unless it has a time of its own."""
    near = Clause(clause.sentence, *stretch(clause, number))
    told = any(h.first - number.last >= -4 and number.first - h.last <= 4 for h in near.of("of_them"))
    elsewhere = any(m.crossing is not None for m in near.mentions)  # "at Raja-Jooseppi there were 22 of them"
    return told and not elsewhere and not near.days and not near.has(*PERIODS)


def _traffic(count: Count, setting: Setting) -> bool:
    """Thousands of "people" a day or a year in a text without migrants are travellers."""
    many = count.unit is Unit.PEOPLE and (
        (count.per is Per.YEAR and count.value >= 1000) or (count.per is Per.DAY and count.value >= 300)
    )
    seekers = ("asylum_seekers", "migrants", "irregular", "nationals")
    return many and not any(in_sentence(s, *seekers) for s in setting.sentences)


def _count(
    number: Number, unit: Unit, country: str, clause: Clause, setting: Setting, text: str, *, first: bool
) -> Count:
    row = clause.sentence.row
    start, end = stretch(clause, number)
    span = Span(clause.sentence.field, row[start].start, row[end].end)
    near = Clause(clause.sentence, start, end)
    per = per_of(near, clause)
    return Count(
        country=country,
        value=number.value,
        value_max=number.high,
        unit=unit,
        per=per,
        approximate=number.vague or _approximate(number, clause),
        background=recalled(near, clause, per, number, setting) and not (first and just_over(near, number, setting)),
        evidence=span,
        says=text[span.start : span.end],
    )


def _approximate(number: Number, clause: Clause) -> bool:
    return any(-1 <= number.first - h.last <= 2 for h in clause.of("about")) or any(
        0 < h.first - number.last <= 2 for h in clause.of("about_after")
    )


def _told_better(count: Count, people: Sequence[Count]) -> bool:
    """Whether a headline's number stands in the text as well: exactly, or of a place that the headline lacks."""
    if count.evidence.field != "title":
        return False
    in_text = [other for other in people if other.evidence.field == "text" and other.value >= 20]
    same = any(other.value == count.value and other.country != count.country for other in in_text)
    exact = [o for o in in_text if not o.approximate and o.country == count.country and o.unit is count.unit]
    return same or (count.approximate and any(0 < o.value - count.value <= count.value // 20 for o in exact))


def _once(people: Sequence[Count]) -> tuple[Count, ...]:
    """A number that headline and text both tell is one count; the more telling unit stands."""
    kept: dict[tuple[str, int], Count] = {}
    for count in people:
        if _told_better(count, people):
            continue
        old = kept.get((count.country, count.value))
        if old is None or (old.per is Per.UNSPECIFIED and count.per is not Per.UNSPECIFIED):
            kept[(count.country, count.value)] = count
    return tuple(kept.values())
