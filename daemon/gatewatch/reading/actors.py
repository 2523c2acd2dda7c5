"""Whose border it is: the country whose authority acts, not the one that is named most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gatewatch.model import Country
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.places import Mention, Part


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clause is read against: the item's day, its source's home, the sentences before it."""

    today: date
    home: str | None
    sentences: Sequence[Sentence]
    countries: Mapping[str, Country]
    speaks_of_borders: bool = True
    language: str = "und"

    def carries_border(self, number: int) -> bool:
        """Whether the sentence before, or the title, speaks of a border."""
        for sentence in self.sentences:
            if sentence.number in (number - 1, 0) and sentence.number < number:
                if any(h.concept in ("border", "crossing") for h in sentence.hits):
                    return True
                if any(m.crossing is not None for m in sentence.mentions):
                    return True
        return False

    def borders(self, one: str, other: str) -> bool:
        """Whether two countries share a land border that the gazetteer knows."""
        country = self.countries.get(one)
        return country is not None and other in country.land_neighbours


def border_of(clause: Clause, trigger: int, setting: Setting) -> list[tuple[str, str | None]]:
    """The countries that the clause claims something for, each with the neighbour across."""
    crossings = _crossing_owners(clause, setting)
    if crossings:
        return crossings
    for mentions in (clause.mentions, clause.sentence.mentions):
        found = _actors(mentions, trigger, setting)
        if found:
            return [(country, _neighbour(country, clause, setting)) for country in found]
    side = _by_its_side(clause.mentions, clause, setting) or _by_its_side(clause.sentence.mentions, clause, setting)
    if side is not None:
        return [(side, _neighbour(side, clause, setting))]
    speaker = _speaker(clause.sentence)
    if speaker is not None:
        return [(speaker, _neighbour(speaker, clause, setting))]
    if setting.home is not None and any(h.concept == "authority" for h in clause.sentence.hits):
        return [(setting.home, _neighbour(setting.home, clause, setting))]
    earlier = _of_earlier_sentences(clause, setting)
    if earlier is not None:
        return [(earlier, _neighbour(earlier, clause, setting))]
    found = _actors(clause.sentence.mentions, len(clause.sentence.row), setting)
    if found:
        return [(country, _neighbour(country, clause, setting)) for country in found]
    if setting.home is not None:
        return [(setting.home, _neighbour(setting.home, clause, setting))]
    return []


def _speaker(sentence: Sentence) -> str | None:
    """Who says it, where the name stands behind ("…, Lithuania warned")."""
    said = [h.first for h in sentence.hits if h.concept == "reported"]
    for mention in sentence.mentions:
        acts = mention.part in (Part.NAMED, Part.AUTHORITY) and mention.crossing is None
        if acts and any(abs(at - mention.last) <= 1 or abs(mention.first - at) <= 1 for at in said):
            return mention.country
    return None


def _of_earlier_sentences(clause: Clause, setting: Setting) -> str | None:
    """The actor of the sentence before, or of the title; without one, the owner of a crossing named there."""
    for number in (clause.sentence.number - 1, 0):
        if not 0 <= number < clause.sentence.number:
            continue
        for sentence in setting.sentences:
            if sentence.number == number:
                found = _actors(sentence.mentions, len(sentence.row), setting)
                found = found or [m.country for m in sentence.mentions if m.crossing is not None]
                if found:
                    return found[0]
    return None


def _crossing_owners(clause: Clause, setting: Setting) -> list[tuple[str, str | None]]:
    """Crossings name their country, but for pairs such as Narva and Ivangorod: there the actor tells."""
    named = [m for m in clause.mentions if m.crossing is not None]
    owners = dict.fromkeys(m.country for m in named)
    if len(owners) > 1:
        actors = [m.country for m in clause.mentions if m.crossing is None and m.part is not Part.NEIGHBOUR]
        acting = [country for country in owners if country in actors]
        owners = dict.fromkeys(acting or [setting.home if setting.home in owners else next(iter(owners))])
    return [(country, next((m.towards for m in named if m.country == country), None)) for country in owners]


def _actors(mentions: Iterable[Mention], trigger: int, setting: Setting) -> list[str]:
    """The countries that act: an authority, else the subject before the verb, else the border's owner."""
    named = [m for m in mentions if m.part not in (Part.NEIGHBOUR, Part.ORIGIN)]
    named = [m for m in named if not _foreign_side(m, named, setting)]
    owners = [m for m in named if m.part is Part.OWNER and m.towards is None]
    if owners:
        return _together(owners)
    for part in (Part.AUTHORITY, Part.NAMED):
        before = [m for m in named if m.part is part and m.first <= trigger]
        if before:
            return _together(before)
    return []


def _by_its_side(mentions: Iterable[Mention], clause: Clause, setting: Setting) -> str | None:
    """Whose "eastern border" it is: the home's, unless the text speaks of another country and not of home."""
    side = next((m for m in mentions if m.towards is not None and m.crossing is None), None)
    if side is None:
        return None
    before = [m for s in setting.sentences if s.number <= clause.sentence.number for m in s.mentions]
    actors = [m.country for m in before if m.towards is None and m.part in (Part.NAMED, Part.AUTHORITY)]
    others = [c for c in actors if c in setting.countries and side.towards in setting.countries[c].towards]
    return others[0] if others and side.country not in actors else side.country


def _together(chosen: Sequence[Mention]) -> list[str]:
    """The first country, and those that stand beside it in a row ("Latvia, Lithuania and Poland")."""
    group = [chosen[0]]
    for mention in chosen[1:]:
        if mention.first - group[-1].last <= 2:
            group.append(mention)
    return list(dict.fromkeys(m.country for m in group))


def _foreign_side(mention: Mention, named: Sequence[Mention], setting: Setting) -> bool:
    """ "Venäjän raja" in a Finnish paper is Finland's border with Russia."""
    if mention.part is not Part.OWNER or mention.towards is not None:
        return False
    others = [m.country for m in named if m is not mention and m.country != mention.country]
    if any(setting.borders(mention.country, other) for other in others):
        return mention.country not in (setting.home,)
    home = setting.countries.get(setting.home or "")
    return home is not None and mention.country in home.towards


def _neighbour(country: str, clause: Clause, setting: Setting) -> str | None:
    """The country across: marked as such, told by a word like "itäraja", or the only other one named."""
    for mentions in (clause.mentions, clause.sentence.mentions):
        for mention in mentions:
            if mention.country == country and mention.towards is not None:
                return mention.towards
        for mention in mentions:
            if mention.country != country and setting.borders(country, mention.country):
                return mention.country
    for sentence in setting.sentences:
        for mention in sentence.mentions:
            if mention.country == country and mention.towards is not None:
                return mention.towards
            if mention.country != country and setting.borders(country, mention.country):
                return mention.country
    return None
