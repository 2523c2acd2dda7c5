"""What was learned from labelled texts: how much each trait of a sentence speaks for each type of event.

`make weights` writes it (training/train.py); here it is only looked up. A weight is kept as a byte in a row of
eight, and rows are added as one long number, eight sums at once.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zlib import crc32

from gatewatch.model import EventType

KINDS = (*EventType, "background")
"""What a sentence may tell, in the order of the weights: each type of event, and that it is an old one."""

LANE = 16
"""Bits of one sum within a row: a thousand traits fit."""
ZERO = 64
"""How a weight of nothing is written: weights go from -63 to 63 steps."""
REMEMBERED = 10_000
"""Traits that are looked up once: 2 MB. After that they are forgotten together."""
ROW = len(KINDS) * LANE // 8
UNHEARD = 9.2
"""Logarithms of odds end there: one in ten thousand."""


class Load(NamedTuple):
    """Rows added up, and how many traits were known."""

    rows: int = 0
    known: int = 0

    def plus(self, other: Load) -> Load:
        return Load(self.rows + other.rows, self.known + other.known)


@dataclass(frozen=True, slots=True)
class Tree:
    """A row of questions: value `asks[n]` at most `limit[n]`? Then `low[n]`, else `high[n]`. A leaf asks -1."""

    asks: Sequence[int]
    limit: Sequence[float]
    low: Sequence[int]
    high: Sequence[int]

    def leaf(self, values: Sequence[float]) -> float:
        at = 0
        while (asked := self.asks[at]) >= 0:
            at = self.low[at] if values[asked] <= self.limit[at] else self.high[at]
        return self.limit[at]


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
        self._found: dict[str, int] = {}
        self._step: float = told["step"]
        self._bias: Sequence[float] = told["bias"]
        self._start: float = told["start"]
        self._trees = tuple(Tree(*tree) for tree in told["trees"])

    def weigh(self, traits: Iterable[str]) -> Load:
        """What these traits weigh together. A trait that was never learned weighs nothing."""
        found = self._found
        total = known = 0
        for trait in traits:
            row = found.get(trait)
            if row is None:
                row = self._look_up(trait)
            if row:
                total += row
                known += 1
        return Load(total, known)

    def _look_up(self, trait: str) -> int:
        """The row of a trait; 0 for one that was never learned. Remembered for as long as there is room."""
        name, slot = place_of(trait, self._names)
        row = int.from_bytes(self._rows[slot * ROW : slot * ROW + ROW], "little") if self._names[slot] == name else 0
        if len(self._found) >= REMEMBERED:
            self._found.clear()
        self._found[trait] = row
        return row

    def scores(self, *loads: Load) -> tuple[float, ...]:
        """The logarithms of the odds of each kind, from the load of each block of traits."""
        scores = list(self._bias)
        for load in loads:
            if load.known:
                share = self._step / math.sqrt(load.known)
                nothing = ZERO * load.known
                for kind in range(len(KINDS)):
                    scores[kind] += (((load.rows >> (kind * LANE)) & 0xFFFF) - nothing) * share
        return tuple(max(-UNHEARD, min(UNHEARD, score)) for score in scores)

    def share_of(self, load: Load, kind: int) -> int:
        """How many steps a load speaks for a kind."""
        return ((load.rows >> (kind * LANE)) & 0xFFFF) - ZERO * load.known

    def chance(self, values: Sequence[float]) -> float:
        """How sure a candidate is, 0 to 1, by its values (`candidates.VALUES`)."""
        return chance_of(self._start + sum(tree.leaf(values) for tree in self._trees))


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
