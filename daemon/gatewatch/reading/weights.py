"""What was learned from labelled texts: how much each trait of a sentence speaks for each type of event.

`make weights` writes it (training/train.py); here it is only looked up. The weights of a trait lie in a row of
bytes; to be added up, a row is one long number with a lane for each type, so that one addition adds them all.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from struct import Struct
from typing import Any
from zlib import crc32

from gatewatch.model import EventType
from gatewatch.reading.traits import Names, forms_of

KINDS = (*EventType, "background")
"""What a sentence may tell, in the order of the weights: each type of event, and that it is an old one."""

ZERO = 64
"""How a weight of nothing is written: weights go from -63 to 63 steps."""
ROW = len(KINDS)
"""Bytes of the weights of a trait."""
REMEMBERED = 8_000
"""Words, and other traits, that are looked up once: 1 MB each. After that they are forgotten together."""
UNHEARD = 9.2
"""Logarithms of odds end there: one in ten thousand."""

_LANES = Struct(f"<{len(KINDS) + 1}I")
"""Rows added up: the steps of each kind, and how many rows they are."""

Load = int
"""Rows of `_LANES` as one number. Loads are added."""


class Trees:
    """Trees of questions, one behind the other: value `asks[n]` at most `limit[n]`? Then on to n + 1, else `high[n]`.

    A leaf asks -1, and its limit is what the tree answers.
    """

    def __init__(self, roots: Sequence[int], asks: Sequence[int], limit: Sequence[float], high: Sequence[int]) -> None:
        self._roots = tuple(roots)
        self._asks, self._limit, self._high = array("b", asks), array("d", limit), array("H", high)

    def answer(self, values: Sequence[float]) -> float:
        """The answers of all, added up."""
        asks, limit, high = self._asks, self._limit, self._high
        total = 0.0
        for at in self._roots:
            while (asked := asks[at]) >= 0:
                at = at + 1 if values[asked] <= limit[at] else high[at]
            total += limit[at]
        return total


class Weights:
    """The learned weights, as `make weights` packed them. Raises ValueError for other data."""

    def __init__(self, packed: bytes) -> None:
        head, _, table = packed.partition(b"\n")
        told: Mapping[str, Any] = json.loads(head)
        size: int = told["slots"]
        if len(table) != size * (4 + ROW):
            raise ValueError("the learned weights are cut short: `make weights` writes them anew")
        self.languages = frozenset[str](told["languages"])
        self.keep: Mapping[str, float] = told["keep"]
        self.add: Mapping[str, float] = told["add"]
        self._names = array("I", table[: 4 * size])
        self._rows = table[4 * size :]
        self._found: dict[str, Load] = {}
        self._words: dict[str, Load] = {}
        self._step: float = told["step"]
        self._bias: Sequence[float] = told["bias"]
        self._start: float = told["start"]
        self._trees = Trees(*told["trees"])

    def weigh(self, traits: Iterable[str]) -> Load:
        """What these traits weigh together. A trait that was never learned weighs nothing."""
        found = self._found
        total = 0
        for trait in traits:
            load = found.get(trait)
            if load is None:
                load = _remembered(found, trait, self._look_up(trait))
            total += load
        return total

    def weigh_words(self, words: Names, language: str) -> Load:
        """What these words weigh together, each by all its forms."""
        found = self._words
        total = 0
        for word in words:
            load = found.get(language + word)
            if load is None:
                load = _remembered(found, language + word, sum(map(self._look_up, forms_of(word, language))))
            total += load
        return total

    def _look_up(self, trait: str) -> Load:
        """The row of a trait; 0 for one that was never learned."""
        name, slot = place_of(trait, self._names)
        if self._names[slot] != name:
            return 0
        return int.from_bytes(_LANES.pack(*self._rows[slot * ROW : slot * ROW + ROW], 1), "little")

    def scores(self, loads: Iterable[Load]) -> list[float]:
        """The logarithms of the odds of each kind, from the load of each block of traits."""
        scores = self._bias
        for load in loads:
            *steps, known = _lanes(load)
            if known:
                share, nothing = self._step / math.sqrt(known), ZERO * known
                scores = [score + (step - nothing) * share for score, step in zip(scores, steps, strict=True)]
        return [-UNHEARD if score < -UNHEARD else UNHEARD if score > UNHEARD else score for score in scores]

    def share_of(self, load: Load, kind: int) -> int:
        """How many steps a load speaks for a kind."""
        *steps, known = _lanes(load)
        return steps[kind] - ZERO * known

    def chance(self, values: Sequence[float]) -> float:
        """How sure a candidate is, 0 to 1, by its values (`candidates.VALUES`)."""
        return chance_of(self._start + self._trees.answer(values))


def _lanes(load: Load) -> tuple[int, ...]:
    """The sums of a load: the steps of each kind, and how many rows they are."""
    return _LANES.unpack(load.to_bytes(_LANES.size, "little"))


def _remembered(found: dict[str, Load], name: str, load: Load) -> Load:
    """A load, kept for as long as there is room."""
    if len(found) >= REMEMBERED:
        found.clear()
    found[name] = load
    return load


def place_of(trait: str, names: Sequence[int]) -> tuple[int, int]:
    """The number that stands for a trait, and its slot among the names: its own, or the empty one it would take."""
    name, size = crc32(trait.encode()) or 1, len(names)
    slot = name % size
    while names[slot] and names[slot] != name:
        slot = (slot + 1) % size
    return name, slot


def chance_of(odds: float) -> float:
    """The chance, 0 to 1, of a logarithm of odds."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))
