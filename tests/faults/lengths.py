"""How much of each proof is run: a spread in every run of the tests, all of it by `make faults`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("FAULTS") == "all"


def spread(every: Sequence[T], few: int) -> Sequence[T]:
    """All of them in the long form, otherwise `few` that lie evenly among them."""
    if LONG or len(every) <= few:
        return every
    return [every[number * len(every) // few] for number in range(few)]
