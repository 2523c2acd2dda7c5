"""A table of learned weights: how much each trait speaks for each of some kinds.

`make weights` writes it (training/train.py); here it is only looked up. The weights of a trait lie in a row of
bytes; to be added up, a row is one long number with a lane for each kind, so that one addition adds them all.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from struct import Struct
from typing import Any
from zlib import crc32

from gatewatch.reading.traits import Names, forms_of

ZERO = 64
"""How a weight of nothing is written: weights go from -63 to 63 steps."""
NAME = 4
"""Bytes of the hash that a trait is found by."""
REMEMBERED = 8_000
"""Words, and other traits, that are looked up once: 1 MB each. After that they are forgotten together."""
UNHEARD = 9.2
"""Logarithms of odds end there: one in ten thousand."""

Load = int
"""Rows added up as one number. Loads are added."""


class Table:
    """The weights of traits, of kinds in a fixed order.

    `told` says how many slots there are, what a step is worth, and where each kind starts.
    """

    def __init__(self, told: Mapping[str, Any], packed: bytes) -> None:
        slots = size_of(told) // (NAME + len(told["bias"]))
        self._kinds = len(told["bias"])
        self._names = array("I", packed[: NAME * slots])
        self._rows = packed[NAME * slots : size_of(told)]
        self._step: float = told["step"]
        self._bias: Sequence[float] = told["bias"]
        self._lanes = Struct(f"<{self._kinds + 1}I")  # the steps of each kind, and how many rows they are
        self._found: dict[str, Load] = {}
        self._words: dict[str, Load] = {}

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

    def weigh_words(self, words: Names, language: str, side: str = "") -> Load:
        """What these words weigh together, each by all its forms; `side` goes behind each."""
        found = self._words
        total = 0
        for word in words:
            name = f"{language}{word}{side}"
            load = found.get(name)
            if load is None:
                forms = (self._look_up(form + side) for form in forms_of(word, language))
                load = _remembered(found, name, sum(forms))
            total += load
        return total

    def _look_up(self, trait: str) -> Load:
        """The row of a trait; 0 for one that was never learned."""
        name, slot = place_of(trait, self._names)
        if self._names[slot] != name:
            return 0
        start = slot * self._kinds
        return int.from_bytes(self._lanes.pack(*self._rows[start : start + self._kinds], 1), "little")

    def scores(self, loads: Iterable[Load]) -> list[float]:
        """The logarithms of the odds of each kind, from the load of each block of traits."""
        scores = self._bias
        for load in loads:
            *steps, known = self._unpacked(load)
            if known:
                share, nothing = self._step / math.sqrt(known), ZERO * known
                scores = [score + (step - nothing) * share for score, step in zip(scores, steps, strict=True)]
        return [-UNHEARD if score < -UNHEARD else UNHEARD if score > UNHEARD else score for score in scores]

    def share_of(self, load: Load, kind: int) -> int:
        """How many steps a load speaks for a kind."""
        *steps, known = self._unpacked(load)
        return steps[kind] - ZERO * known

    def _unpacked(self, load: Load) -> tuple[int, ...]:
        return self._lanes.unpack(load.to_bytes(self._lanes.size, "little"))


def size_of(told: Mapping[str, Any]) -> int:
    """How many bytes a table takes."""
    slots: int = told["slots"]
    return slots * (NAME + len(told["bias"]))


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
