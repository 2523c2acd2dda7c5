"""Which of several countries have the border at all, and who is across."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.agents import of_two
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.setting import Setting


def bordering(found: Sequence[str], clause: Clause, setting: Setting) -> list[str]:
    """Of several actors those that have the border at all: Estonia has none with Belarus.

    Of two that only border on one another ("the border between Finland and Russia") the one that the text is about.
    """
    if len(found) < 2:
        return list(found)
    across = {m.country for m in clause.sentence.mentions if m.country not in found}
    across |= {m.towards for m in clause.sentence.mentions if m.towards is not None}
    having = [c for c in found if any(setting.borders(c, other) for other in across)]
    acting = [m for m in clause.mentions if m.country in found and m.part in NAMES and not of_two(m, clause)]
    if len(found) == 2 and setting.borders(*found) and len({m.country for m in acting}) == 2:
        return list(found)  # "Finland and Russia restrict": both do
    if not having and len(found) == 2 and setting.borders(*found):
        return [next((c for c in found if c in (setting.home, setting.protagonist)), found[0])]
    return having or list(found)


def neighbour_of(country: str, clause: Clause, setting: Setting, acting: Sequence[str] = ()) -> str | None:
    """The country across: marked as such, told by a word like "itäraja", or the only other one named.

    Who acts as well ("Estonia, Latvia and Lithuania refuse Russians entry") is across only if nobody else is.
    """
    for spared in (frozenset(acting) - {country}, frozenset[str]()):
        for mentions in (clause.mentions, clause.sentence.mentions, setting.mentions):
            found = _across(country, [m for m in mentions if m.country not in spared], setting)
            if found is not None:
                return found
    return None


def _across(country: str, mentions: Sequence[Mention], setting: Setting) -> str | None:
    for mention in mentions:
        if mention.country == country and mention.towards is not None:
            return mention.towards
    for mention in sorted(mentions, key=lambda m: m.part is not Part.NEIGHBOUR):
        side = mention.towards if mention.crossing is None else None  # "Viro sulki itärajan": Finland's word for a side
        across = side if side is not None and setting.borders(country, side) else mention.country
        if across != country and setting.borders(country, across):
            return across
    return None


def names_a_line(mention: Mention, pronoun: int, clause: Clause) -> bool:
    """ "The crossings to Belarus that have been shut": not Belarus is what "that" means."""
    line = any(0 < mention.first - h.last <= 2 for h in clause.sentence.hits if h.concept in ("border", "crossing"))
    own = any(h.concept in ("border", "crossing") and h.first > pronoun for h in clause.hits)
    return mention.part is Part.NEIGHBOUR and line and not own


def of_far_away(here: Sentence, setting: Setting) -> bool:
    """ "Thailand and Cambodia fight, crossings are shut", read in Estonia: a headline on two who are no neighbours."""
    home = setting.home
    named = {m.country for m in here.mentions if not m.adjective}
    between = [h.first for h in here.hits if h.concept == "against"]
    two = len(named) > 1 or any(m.last + 1 in between for m in here.mentions)
    if not (here.is_title and two and home is not None and setting.protagonist == home and home not in named):
        return False
    return not any(setting.borders(home, country) for country in named)
