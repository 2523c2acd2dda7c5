"""Words of the last days: what they stand beside is news, however it is told ("hours after Kabul had opened it")."""

from __future__ import annotations

from gatewatch.reading.clauses import TRIGGERS, Clause
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.scope import in_sentence, overlap

BEFORE = 4
"""How many words before a clause "two days after," still stands that belongs to it."""


def lately(clause: Clause) -> bool:
    """Whether a word for the last days belongs to a clause: within it, or right before it.

    A word for long ago beside it is stronger: "this week it was two years since the border closed".
    """
    fresh = in_sentence(clause.sentence, "lately")
    if not fresh or any(not any(overlap(h, f) for f in fresh) for h in _long_ago(clause)):
        return False
    return clause.has("lately") or _just_before(clause)


def _long_ago(clause: Clause) -> list[Hit]:
    reach = range(clause.first - BEFORE, clause.last + 1)
    return [h for h in in_sentence(clause.sentence, "past_time") if h.last in reach]


def _just_before(clause: Clause) -> bool:
    """ "Reacted a day after | Athens decided to close": no other step between the two."""
    fresh = in_sentence(clause.sentence, "lately")
    near = [h for h in fresh if h.first < clause.first <= h.last + BEFORE]
    steps = [h.first for h in clause.sentence.hits if h.concept in TRIGGERS and h.first < clause.first]
    return any(not any(h.last < at for at in steps) for h in near)
