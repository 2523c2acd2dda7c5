"""Whether two texts are one: an agency's story that three papers print, cut and under other headlines. Pure."""

from __future__ import annotations

import re
import unicodedata

#: Words in a row that two newsrooms do not choose by chance.
RUN = 4

#: A text with fewer runs is a headline; equal headlines are found by their hashes.
ENOUGH = 8

#: This share of the shorter text stands in the longer one.
SHARE = 0.6

Runs = frozenset[tuple[str, ...]]


def runs_of(*texts: str) -> Runs:
    """Every run of words, whatever their case and punctuation. Headline and body are apart: no run spans both."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
        found.update(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return frozenset(found)


def is_copy(one: Runs, other: Runs) -> bool:
    """True where most of the shorter text stands word for word in the longer."""
    shorter = min(len(one), len(other))
    return shorter >= ENOUGH and len(one & other) >= SHARE * shorter
