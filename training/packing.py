"""The learned weights as the reading takes them (`reading.weights`)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence

import numpy
from matrix import Names
from sklearn.ensemble import HistGradientBoostingClassifier

from gatewatch.reading.table import NAME, ZERO, place_of

ROOM = 1.3
"""How many slots there are for each trait: a trait is found in the first or second one mostly."""
LOUDEST = 99.9
"""The percentile of the weights that a byte just holds; what is louder is cut."""


Packed = tuple[Mapping[str, object], bytes]
"""A table: what `reading.table` has to be told of it, and its bytes."""


def packed(events: Packed, numbers: Packed, trees: HistGradientBoostingClassifier, told: Mapping[str, object]) -> bytes:
    """One line of JSON, then both tables."""
    head = {
        **told,
        "events": events[0],
        "numbers": numbers[0],
        "start": round(float(trees._baseline_prediction.ravel()[0]), 5),
        "trees": _one_behind_the_other([grown[0].nodes for grown in trees._predictors]),
    }
    return json.dumps(head).encode() + b"\n" + events[1] + numbers[1]


def table(names: Names, weights: numpy.ndarray, starts: Sequence[float], **told: object) -> Packed:
    """The names of the traits as hashes, and a row of weights for each. `weights` has a row for each kind."""
    step = float(numpy.percentile(numpy.abs(weights).max(axis=0), LOUDEST)) / (ZERO - 1)
    steps = numpy.clip(numpy.rint(weights / step), 1 - ZERO, ZERO - 1).astype(int) + ZERO
    kinds, size = weights.shape[0], int(weights.shape[1] * ROOM)
    slots, rows = array("I", bytes(NAME * size)), bytearray(kinds * size)
    for columns in names:
        for trait, column in columns.items():
            name, slot = place_of(trait, slots)
            slots[slot] = name
            rows[slot * kinds : slot * kinds + kinds] = bytes(steps[:, column].tolist())
    bias = [round(float(start), 4) for start in starts]
    return {**told, "slots": len(slots), "step": step, "bias": bias}, slots.tobytes() + bytes(rows)


def _one_behind_the_other(trees: Sequence[numpy.ndarray]) -> Sequence[Sequence[float]]:
    """Roots, questions, limits or leaves, and where a "no" goes on: the columns of `reading.weights.Trees`."""
    nodes = numpy.concatenate(trees)
    starts = numpy.cumsum([0, *map(len, trees)])
    offsets = numpy.repeat(starts[:-1], numpy.diff(starts))
    leaf = nodes["is_leaf"].astype(bool)
    inner = numpy.flatnonzero(~leaf)
    if (nodes["left"][inner] + offsets[inner] != inner + 1).any():
        raise ValueError("an answer does not lie right behind its question: packing has to learn the trees' new order")
    asks = numpy.where(leaf, -1, nodes["feature_idx"].astype(int))
    limits = numpy.where(leaf, nodes["value"], nodes["num_threshold"])
    high = numpy.where(leaf, 0, nodes["right"].astype(int) + offsets)
    return starts[:-1].tolist(), asks.tolist(), [round(float(limit), 5) for limit in limits], high.tolist()
