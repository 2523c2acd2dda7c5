"""Whose border it is where the clause does not say: by the side, the speaker, the sentences around, the home."""

from __future__ import annotations

from gatewatch.reading.agents import row_of
from gatewatch.reading.clauses import Clause, Sentence
from gatewatch.reading.mentions import NAMES, Part
from gatewatch.reading.neighbours import of_far_away
from gatewatch.reading.setting import Setting


def by_side(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Whose "eastern border" it is: the home's, unless the text speaks of another country and not of home."""
    for mentions in (clause.mentions, clause.sentence.mentions):
        side = next((m for m in mentions if m.towards is not None and m.crossing is None), None)
        if side is None:
            continue
        last = max(1, clause.sentence.number)  # over a headline that names nobody the first sentence does
        before = [m for s in setting.sentences if s.number <= last for m in s.mentions]
        theirs = (*NAMES, Part.OWNER)
        actors = [m.country for m in before if (m.towards is None or m.crossing is not None) and m.part in theirs]
        others = [c for c in actors if c in setting.countries and side.towards in setting.countries[c].towards]
        other = max(others, key=lambda c: setting.acting[c], default=side.country)
        home = setting.acting.get(side.country, 0.0) if side.country in actors else 0.0
        return [other if setting.acting.get(other, 0.0) > 2 * home else side.country]
    return []


def by_speaker(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """Who says it, where the name stands behind ("…, Lithuania warned")."""
    said = [h.first for h in clause.sentence.hits if h.concept == "reported"]
    for mention in clause.sentence.mentions:
        acts = mention.part in NAMES and mention.crossing is None
        if acts and any(abs(at - mention.last) <= 1 or abs(mention.first - at) <= 1 for at in said):
            return [mention.country]
    return []


def by_row(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """ "Both countries have closed": the row of countries that the sentence before names."""
    if not clause.has("they_all"):
        return []
    before = [s for s in setting.sentences if s.number < clause.sentence.number]
    rows = (row_of([m for m in s.mentions if not m.adjective], len(s.row)) for s in reversed(before))
    return next((row for row in rows if len(row) > 1), [])


def by_context(clause: Clause, setting: Setting) -> list[str]:
    """The sentence before, the title, whoever the text is about, any name behind the verb."""
    earlier = _of_earlier_sentences(clause.sentence, setting)
    if earlier is not None:
        return [earlier]
    if setting.protagonist is not None:
        return [] if of_far_away(clause.sentence, setting) else [setting.protagonist]
    return row_of(clause.sentence.mentions, len(clause.sentence.row))


def by_home(clause: Clause, trigger: int, setting: Setting) -> list[str]:
    """ "The Government decided", "we close": that of the country which the text is about."""
    if setting.protagonist is not None and any(h.concept in ("authority", "we") for h in clause.sentence.hits):
        return [setting.protagonist]
    return []


def _of_earlier_sentences(here: Sentence, setting: Setting) -> str | None:
    """The actor of the sentence before, or of the title; without one, the owner of a crossing named there."""
    for number in (here.number - 1, 0):
        if not 0 <= number < here.number:
            continue
        for sentence in setting.sentences:
            if sentence.number == number:
                owners = [m.country for m in sentence.mentions if m.part is Part.OWNER and m.towards is None]
                owners = [c for c in owners if not any(setting.borders(a, c) for a in (setting.protagonist or "",))]
                found = owners or row_of([m for m in sentence.mentions if not m.adjective], len(sentence.row))
                found = found or [m.country for m in sentence.mentions if m.crossing is not None or m.towards]
                if found:
                    return found[0]
    return None
