"""At whose border the people counted came: who counts them, where they go, who the text is about."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.actors import border_of
from gatewatch.reading.arrivals import REACH, SERIES, Told
from gatewatch.reading.clauses import Clause
from gatewatch.reading.figures import between_commas
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.numbers import Number
from gatewatch.reading.setting import Setting


def where(number: Number, clause: Clause, told: Sequence[Told], setting: Setting) -> str | None:
    """At whose border. English is written for readers abroad: there "the Finnish border" is Finland's."""
    there = _there(clause, setting)
    if there is not None:
        return there
    actors = [m for m in clause.mentions if m.part in NAMES and _counts_there(m, clause)]
    if len({m.country for m in actors}) > 1:
        before = [m for m in actors if m.first < number.first]
        return (before[-1] if before else actors[0]).country  # "Latvia turned away 37 and Poland 120"
    own = _its_own_subject(number, clause)
    if own is not None:
        return own
    entered = next((m for m in clause.mentions if m.part is Part.GOAL and m.crossing is None), None)
    if entered is not None and not _come_from(entered.country, clause):
        return entered.country
    if not actors and setting.protagonist is not None and clause.has("into_country"):
        return setting.protagonist  # "turned away from Hungary's border, they came into the country by the thousand"
    if told and not clause.mentions and clause.sentence.number - told[-1].sentence <= SERIES:
        return told[-1].count.country
    if not clause.mentions and setting.protagonist is not None:
        return setting.protagonist  # "16,000 were caught this year", behind a sentence on what the neighbour does
    owners = border_of(clause, len(clause.sentence.row), setting)
    return _or_the_other_side(owners[0][0], clause, setting) if owners else None


def _its_own_subject(number: Number, clause: Clause) -> str | None:
    """ "Latvian guards turned back 37, the Polish ones 74", "…, Latvia 28": the head of the number's part."""
    start, end = between_commas(clause, number)
    ties = {h.first for h in clause.of("and", "clause")}
    heads = [m for m in clause.mentions if m.first == start or (m.first == start + 1 and start in ties)]
    heads = [m for m in heads if start > 0 and m.crossing is None and m.last < number.first]
    heads = [m for m in heads if m.adjective or (m.part is Part.NAMED and end - start <= REACH)]
    acting = (Part.AUTHORITY, Part.NAMED)
    told = any(m.part in acting and m.crossing is None and m.last < start for m in clause.mentions)
    return heads[0].country if heads and told else None


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
        others = [m.country for m in setting.mentions if setting.borders(m.country, country)]
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
