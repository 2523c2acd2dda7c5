"""How much a name that a text mentions may be the one that acts: early and as an authority, not in an "if"."""

from __future__ import annotations

from gatewatch.reading.clauses import Sentence
from gatewatch.reading.mentions import Mention, Part

REASON = 8
"""How many words behind "because of" still tell the reason."""


def nearness(sentence: Sentence) -> float:
    """How much a sentence counts: the headline, then the first two."""
    return 2.0 if sentence.is_title else 1.0 if sentence.number <= 2 else 0.6


def weight(mention: Mention) -> float:
    """How much a name counts by what it does there; people's origins and goals act on nothing."""
    if mention.crossing is not None:
        return 1.0
    if mention.towards is not None:
        return 1.0
    return {Part.AUTHORITY: 1.2, Part.NAMED: 1.0, Part.DECIDER: 1.0, Part.OWNER: 0.8}.get(mention.part, 0.0)


def told_aside(mention: Mention, sentence: Sentence) -> bool:
    """Whether a name stands only in what is waited for, or in what led to the step."""
    return _behind_an_if(mention, sentence) or _a_cause(mention, sentence)


def _behind_an_if(mention: Mention, sentence: Sentence) -> bool:
    """ "If Russia goes on": who is waited for is not who acts."""
    return any(h.concept == "condition" and h.last == mention.first - 1 for h in sentence.hits)


def _a_cause(mention: Mention, sentence: Sentence) -> bool:
    """ "Because of the disease in Hungary and Slovakia the ministry closes": who is named for what led to it."""
    return any(h.concept == "after" and h.first == 0 and 0 < mention.first - h.last <= REASON for h in sentence.hits)
