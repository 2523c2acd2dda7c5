"""What was learned from labelled texts: how far the rules of grammar are trusted, and what they may have missed.

`make weights` packs it: one line of JSON, then the table of the events and the one of the numbers.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from gatewatch.model import EventType
from gatewatch.reading.table import Table, chance_of, size_of

KINDS = (*EventType, "background")
"""What a sentence may tell, in the order of the weights: each type of event, and that it is an old one."""


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
    """The learned weights, as `make weights` packed them. Raises ValueError for other data.

    `events` weighs what a sentence tells (`traits`), of `KINDS`; `numbers` whether a number counts people who come.
    """

    def __init__(self, packed: bytes) -> None:
        head, _, tables = packed.partition(b"\n")
        told: Mapping[str, Any] = json.loads(head)
        first = size_of(told["events"])
        if len(tables) != first + size_of(told["numbers"]):
            raise ValueError("the learned weights are cut short: `make weights` writes them anew")
        self.languages = frozenset[str](told["languages"])
        self.events = Table(told["events"], tables[:first])
        self.numbers = Table(told["numbers"], tables[first:])
        self.keep: Mapping[str, float] = told["keep"]
        self.add: Mapping[str, float] = told["add"]
        self.keep_count: float = told["numbers"]["keep"]
        self.add_count: float = told["numbers"]["add"]
        self._start: float = told["start"]
        self._trees = Trees(*told["trees"])

    def chance(self, values: Sequence[float]) -> float:
        """How sure a candidate is, 0 to 1, by its values (`candidates.VALUES`)."""
        return chance_of(self._start + self._trees.answer(values))
