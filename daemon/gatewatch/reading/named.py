"""Words that only belong to a name: the "may" of "1 May" allows nothing, the "raja" of Raja-Jooseppi is no border."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.day import Day
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.places import Mention


def without_names(hits: Sequence[Hit], days: Sequence[Day], mentions: Sequence[Mention]) -> list[Hit]:
    """The hits that stand on their own, and not within the name of a month or of a crossing."""
    months = {at for day in days for at in range(day.first, day.last + 1)}
    crossings = [m for m in mentions if m.crossing is not None and m.last > m.first]
    return [
        hit
        for hit in hits
        if not (hit.concept == "possible" and hit.first in months)
        and not (hit.concept == "border" and hit.size == 1 and any(m.first <= hit.first < m.last for m in crossings))
    ]
