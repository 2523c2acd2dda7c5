"""How many people came: a number, who is counted, over what time, and at whose border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gatewatch.model import Count, Per, Span, Unit
from gatewatch.reading.actors import border_of
from gatewatch.reading.ages import covers
from gatewatch.reading.clauses import TRIGGERS, Clause
from gatewatch.reading.figures import PERIODS, UNITS, figures
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.numbers import Number, NumberWords
from gatewatch.reading.places import Mention, Part
from gatewatch.reading.scope import in_sentence, overlap
from gatewatch.reading.setting import Setting

REACH = 4
"""How many words may lie between a number and what it counts."""
SHORT = 3
"""A stretch of so few words is a part of the one before it."""
SERIES = 2
"""For how many sentences a unit carries over ("58 asylum seekers …. On Friday there were 71.")."""


@dataclass(frozen=True, slots=True)
class Told:
    """A count and the sentence it stands in: what the next bare number may be a number of."""

    count: Count
    sentence: int


def counts(setting: Setting, words: NumberWords, texts: dict[str, str]) -> list[Count]:
    """All counts of people arriving that a text tells, in order."""
    told: list[Told] = []
    for sentence in setting.sentences:
        if not sentence.row:
            continue
        clause = Clause(sentence, 0, len(sentence.row) - 1)
        for number in figures(sentence, words):
            if _part_of_them(number, clause):
                continue
            unit = _unit(number, clause, told, setting)
            country = _where(number, clause, told, setting) if unit is not None else None
            if unit is not None and country is not None:
                count = _count(number, unit, country, clause, setting, texts[sentence.field], first=not told)
                if _traffic(count, setting):
                    continue
                told.append(Told(count, sentence.number))
    counted = [one.count for one in told]
    return [one for one in counted if not _told_again(one, counted) and not _placed_by_the_text(one, counted)]


def _placed_by_the_text(count: Count, others: Sequence[Count]) -> bool:
    """ "1,195 came over the Channel" in a headline, and where to only in the text: the text knows the country."""
    if count.evidence.field != "title":
        return False
    return any(o.evidence.field == "text" and o.value == count.value and o.country != count.country for o in others)


def _told_again(rough: Count, others: Sequence[Count]) -> bool:
    """ "Over 500" in a headline over "547" in the text is one count."""
    if not rough.approximate or rough.evidence.field != "title" or rough.value_max is not None:
        return False
    same = [c for c in others if (c.country, c.per) == (rough.country, rough.per)]
    same = [c for c in same if c.unit is rough.unit or Unit.PEOPLE in (c.unit, rough.unit)]
    same = [c for c in same if c.evidence.field == "text" and c.value != rough.value]
    return any(abs(c.value - rough.value) <= rough.value * 0.15 for c in same)


def _part_of_them(number: Number, clause: Clause) -> bool:
    """ "Of them 2,500 came as families": a part of those just counted, unless it has a time of its own."""
    near = Clause(clause.sentence, *_part(clause, number))
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
    start, end = _part(clause, number)
    span = Span(clause.sentence.field, row[start].start, row[end].end)
    near = Clause(clause.sentence, start, end)
    per = _per(near, clause)
    return Count(
        country=country,
        value=number.value,
        value_max=number.high,
        unit=unit,
        per=per,
        approximate=number.vague or _approximate(number, clause),
        background=_recalled(near, clause, per, number, setting) and not (first and _just_over(near, number, setting)),
        evidence=span,
        says=text[span.start : span.end],
    )


def _recalled(near: Clause, clause: Clause, per: Per, number: Number, setting: Setting) -> bool:
    """Whether a count is of long ago. What is counted "since August" goes on until today."""
    if per is Per.SINCE:
        return _measured_by(number, near) or near.has("pluperfect")  # "after some 1,300 had arrived in the autumn"
    for part in (near, clause):
        days = [d for d in part.days if d.role != "until"]
        if part is near and not days and _measured_by(number, near):
            return True
        if part is near and near.has(*PERIODS) and not days:
            return near.has("past_time") and not near.has("per_week", "per_month")
        if days:
            own = min(days, key=lambda d: max(number.first - d.last, d.first - number.last))
            return not covers(own, setting.today)
        lately = part.of("per_week", "per_month")  # "last month" is the count's own time
        long_ago = [h for h in part.of("past_time") if not any(overlap(h, p) for p in lately)]
        if long_ago or (part is near and part.has("pluperfect")):
            return True
    return False


def _just_over(near: Clause, number: Number, setting: Setting) -> bool:
    """ "5,388 were turned back last year", told in January; "in October", told in November: the sum is the news."""
    of_a_step = any(h.concept in TRIGGERS for h in setting.headline)
    if near.sentence.number > 1 or of_a_step or near.has("pluperfect") or _measured_by(number, near):
        return False
    today, days = setting.today, [d for d in near.days if d.role != "until"]
    last_year = any(overlap(h, p) for h in near.of("past_time") for p in near.of("per_year"))
    year = last_year or any(d.grain == "year" and d.start.year == today.year - 1 for d in days)
    if year and today.month <= 2:
        return True
    months = [d for d in days if d.grain == "month"]
    return bool(months) and all(timedelta(0) < today - d.start <= timedelta(days=61) for d in months)


def _measured_by(number: Number, near: Clause) -> bool:
    """Whether a number is only what another is measured by ("600, against a few dozen before")."""
    measured = any(0 < number.first - h.last <= 3 for h in near.of("compared"))
    return measured and not near.has("per_day", "per_week")  # "4,824 on Wednesday, against 3,133 a week before"


def _where(number: Number, clause: Clause, told: Sequence[Told], setting: Setting) -> str | None:
    """At whose border. English is written for readers abroad: there "the Finnish border" is Finland's."""
    there = _there(clause, setting)
    if there is not None:
        return there
    actors = [m for m in clause.mentions if m.part in (Part.NAMED, Part.AUTHORITY) and _counts_there(m, clause)]
    if len({m.country for m in actors}) > 1:
        before = [m for m in actors if m.first < number.first]
        return (before[-1] if before else actors[0]).country  # "Latvia turned away 37 and Poland 120"
    entered = next((m for m in clause.mentions if m.part is Part.GOAL and m.crossing is None), None)
    if entered is not None and not _come_from(entered.country, clause):
        return entered.country
    if told and not clause.mentions and clause.sentence.number - told[-1].sentence <= SERIES:
        return told[-1].count.country
    if not clause.mentions and setting.protagonist is not None:
        return setting.protagonist  # "16,000 were caught this year", behind a sentence on what the neighbour does
    owners = border_of(clause, len(clause.sentence.row), setting)
    return _or_the_other_side(owners[0][0], clause, setting) if owners else None


def _there(clause: Clause, setting: Setting) -> str | None:
    """ "Dit kom det over 17.000 russere": the country that the sentence before named last."""
    if not any(h.first <= 1 for h in clause.of("there")):
        return None
    before = [m for s in setting.sentences if s.number == clause.sentence.number - 1 for m in s.mentions]
    return before[-1].country if before else None


def _counts_there(mention: Mention, clause: Clause) -> bool:
    """Whether a name is one who counts: no "Somalis", no "citizens of Somalia", no "Russian"."""
    people = clause.of("nationals", "people")
    theirs = any(h.first - mention.last >= -2 and mention.first - h.last <= 2 for h in people)
    return not mention.adjective and not theirs


def _come_from(country: str, clause: Clause) -> bool:
    """Whether a sentence says that people come from a country: "from Belarus … back into Belarus" is no arrival."""
    return any(m.country == country and m.part is Part.ORIGIN for m in clause.mentions)


def _or_the_other_side(country: str, clause: Clause, setting: Setting) -> str:
    """ "Since Putin called up reserves 17,000 Russians came over the border": they came to whom the text is about."""
    if any(m.country == country and m.crossing for m in clause.mentions):
        return country
    about = setting.protagonist
    between = about is not None and any(m.country == about for m in clause.mentions)
    counted = any(m.country == country and m.part in (Part.AUTHORITY, Part.GOAL) for m in clause.mentions)
    if about is not None and between and not counted and _comes_across(country, about, clause, setting):
        return about  # "on the border of Poland and Belarus": they come to Poland
    if _come_from(country, clause):
        others = [m.country for s in setting.sentences for m in s.mentions if setting.borders(m.country, country)]
        return next((c for c in others if not _come_from(c, clause)), country)
    parts = (Part.OWNER, Part.AUTHORITY)
    theirs = any(m.country == country and (m.crossing or m.part in parts) for m in clause.mentions)
    if theirs or about is None or about == country or not _comes_across(country, about, clause, setting):
        return country
    return country if country == setting.home else about


def _comes_across(country: str, about: str, clause: Clause, setting: Setting) -> bool:
    """Whether people come from a country over a border called after it: to Finland from Russia, not from Norway."""
    if not setting.borders(about, country):
        return False
    named = [m for m in clause.mentions if m.country == country]
    across = (Part.NEIGHBOUR, Part.ORIGIN)
    if named and all(m.part in across or (m.adjective and m.part is Part.OWNER) for m in named):
        return True  # "held on the Serbian border", in a text on Hungary's police
    return about in setting.countries and country in setting.countries[about].towards


def _part(clause: Clause, number: Number) -> tuple[int, int]:
    """The stretch between commas that the number stands in."""
    row = clause.sentence.row
    start, end = number.first, number.last
    while start > 0 and row[start].start - row[start - 1].end <= 1:
        start -= 1
    while end < len(row) - 1 and row[end + 1].start - row[end].end <= 1:
        end += 1
    if end - start < SHORT and start:
        start -= 1  # "in the first half of November — 415 already": the stretch before the dash tells its time
        while start > 0 and row[start].start - row[start - 1].end <= 1:
            start -= 1
    return start, end


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
        shipped = near.has(*UNITS) and _by_sea(clause, setting)
        return caught or shipped or setting.speaks_of_borders  # "border guards stopped 120 illegal crossers"
    who = clause.has("asylum_seekers", "migrants")
    return who and (place or setting.carries_border(clause.sentence.number))


def _by_sea(clause: Clause, setting: Setting) -> bool:
    """ "36,816 people reached Britain in small boats": a coast is a border too, where the text is about migrants."""
    near = [s for s in setting.sentences if abs(s.number - clause.sentence.number) <= 1]
    return any(in_sentence(s, "by_sea") for s in near)


def _unit(number: Number, clause: Clause, told: Sequence[Told], setting: Setting) -> Unit | None:
    """Who is counted: the noun behind the number, or before it, or the one that the text goes on about."""
    near = Clause(clause.sentence, *_part(clause, number))
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
        tried = any(0 < number.first - h.last <= REACH for h in near.of("irregular"))
        asked = asked or any(0 < h.first - noun.last <= 3 for h in near.of("asylum_seekers"))
        return Unit.ASYLUM_SEEKERS if asked else Unit.IRREGULAR_CROSSINGS if tried else unit
    if number.value <= 2 and not number.digits:
        return None  # "one of them", "два": too small a word to stand for people by itself
    behind = [h for h in hits if 0 < number.first - h.last <= REACH]
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
    return told[-1].count.unit if _goes_on(number, clause, told) else None


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
    near = Clause(clause.sentence, *_part(clause, number))
    people = any(0 < h.first - number.last <= 1 for h in near.of("people"))
    return _alone(number, near) and (people or not _followed_by_noun(number, clause))


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
    """A bare number beside a time ("71 last week", "55 on Saturday")."""
    near = [d for d in clause.days if -4 <= d.first - number.last <= 4]
    times = [h for h in clause.hits if h.concept in PERIODS and -6 <= h.first - number.last <= 4]
    came = [h for h in clause.of("arrive") if 0 < h.first - number.last <= 3]
    return bool(near or times or came or clause.has("since"))


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
