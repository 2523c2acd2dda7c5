"""Words that only belong to a name: the "may" of "1 May" allows nothing, the "raja" of Raja-Jooseppi is no border.

Nor are the "roads" of "small roads into Norway" any other roads: the phrase is one for a crossing.
"""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.day import Day
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import Mention


def without_names(hits: Sequence[Hit], days: Sequence[Day], mentions: Sequence[Mention]) -> list[Hit]:
    """The hits that stand on their own, and not within the name of a month or of a crossing ("Allenby bridge")."""
    months = {at for day in days for at in range(day.first, day.last + 1)}
    crossings = [m for m in mentions if m.crossing is not None and m.last > m.first]
    phrases = [h for h in hits if h.concept in ("border", "crossing") and h.first < h.last]
    return [
        hit
        for hit in hits
        if not (hit.concept == "possible" and hit.first in months)
        and not (hit.concept == "not_border" and any(_part_of(hit, phrase) for phrase in phrases))
        and not (hit.concept == "not_border" and any(m.first < hit.first <= hit.last <= m.last for m in crossings))
        and not (hit.concept == "border" and hit.size == 1 and any(m.first <= hit.first < m.last for m in crossings))
    ]


def _part_of(hit: Hit, phrase: Hit) -> bool:
    """Whether a hit is one of the phrase's own words: what stands in its gap may be another thing."""
    gap = phrase.size <= phrase.last - phrase.first
    within = phrase.first <= hit.first and hit.last <= phrase.last
    return within and (not gap or hit.first == phrase.first or hit.last == phrase.last)
