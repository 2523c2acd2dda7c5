"""Learned weights made by hand: these traits weigh so many steps, and nothing else weighs anything."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence

from gatewatch.model import EventType
from gatewatch.reading.table import ZERO, place_of
from gatewatch.reading.weights import KINDS

COUNTED = ("count",)


def weights(
    traits: Mapping[str, Mapping[str, int]],
    *,
    trees: object = ((), (), (), ()),
    numbers: Mapping[str, Mapping[str, int]] | None = None,
) -> bytes:
    """Packed weights of these traits alone. Without trees everything is even, and so is every number."""
    events, rows = _table(traits, KINDS, -5.0)
    counted, more = _table(numbers or {}, COUNTED, 0.0)
    head = {
        "languages": ["en"],
        "keep": dict.fromkeys(EventType, 0.4),
        "add": dict.fromkeys(EventType, 0.6),
        "events": events,
        "numbers": {**counted, "keep": 0.4, "add": 0.6},
        "start": 0.0,
        "trees": trees,
    }
    return json.dumps(head).encode() + b"\n" + rows + more


def _table(
    traits: Mapping[str, Mapping[str, int]], kinds: Sequence[str], start: float
) -> tuple[dict[str, object], bytes]:
    size = 2 * len(traits) + 1
    names, rows = array("I", bytes(4 * size)), bytearray(len(kinds) * size)
    for trait, steps in traits.items():
        name, slot = place_of(trait, names)
        names[slot] = name
        rows[slot * len(kinds) : (slot + 1) * len(kinds)] = bytes(ZERO + steps.get(kind, 0) for kind in kinds)
    return {"slots": size, "step": 1.0, "bias": [start] * len(kinds)}, names.tobytes() + bytes(rows)
