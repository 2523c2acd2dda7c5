"""What kind of line a text is about, before any of it is read: a state's border, or none."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.clauses import Sentence
from gatewatch.reading.lexicon import Lexicon
from gatewatch.reading.mentions import Part

COMPANY = frozenset({"authority", "traffic", "asylum_seekers", "migrants", "irregular"})
"""A "border" without one of these, and without a country, is a limit: of patience, of a playing field."""


def speaks_of_borders(split: Sequence[Sentence]) -> bool:
    """Imatra and Tornio are towns too: a name alone does not make a text one about a border."""
    concepts = {hit.concept for s in split for hit in s.hits}
    if "checks" in concepts:
        return True
    coming = any(m.part in (Part.ORIGIN, Part.GOAL) for s in split for m in s.mentions)
    if coming and "arrive" in concepts and concepts & {"asylum_seekers", "migrants", "irregular"}:
        return True
    in_company = concepts & COMPANY or any(s.mentions for s in split) or all(s.is_title for s in split)
    if concepts & {"border", "crossing"} and in_company:
        return True
    into = concepts & {"entry", "into_country"} and "sport" not in concepts  # "golfer not let in": one person
    if into and concepts & {"ban_entry", "restriction"} and any(s.mentions for s in split):
        return True  # "Austria lifts its limits on entry": a state's door needs no border named
    crossings = {m.crossing.name for s in split for m in s.mentions if m.crossing is not None}
    if crossings and {"ban_entry", "group"} <= concepts:
        return True  # "Norwegian police turn Russian tourists away at Storskog"
    if _between_two(split) and concepts & {"again", "stop", "open", "close"}:
        return True
    return len(crossings) > 1 or bool(crossings and {"protection", "only"} <= concepts)  # "asylum only at Raja"


def _between_two(split: Sequence[Sentence]) -> bool:
    """ "Lithuania and Belarus … through Medininkai": both countries that a crossing lies between, and its name."""
    if any(h.concept == "not_border" for s in split if s.is_title for h in s.hits):
        return False  # "Road through Saatse Boot closed"
    named = {m.country for s in split for m in s.mentions if m.crossing is None}
    crossings = [m.crossing for s in split for m in s.mentions if m.crossing is not None]
    return any({c.country, c.neighbour} <= named for c in crossings)


def of_an_inner_line(split: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Whether the headline has a word for "border" that is none: that of a province, a county, a town."""
    for sentence in split:
        if not sentence.is_title:
            continue
        borders = any(h.concept in ("border", "crossing") for h in sentence.hits)
        words = [at for at, token in enumerate(sentence.row) if "border" in lexicon.of_word(token.form).concepts]
        beside = [h for h in sentence.hits if h.concept == "not_border"]
        if not borders and any(-5 <= h.first - at <= 1 for at in words for h in beside):
            return True
    return False
