"""Waiting for facts, never for time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(look: Callable[[], T], seconds: float = 30.0, what: str = "") -> T:
    """The first true answer of `look`; fails with its last answer when there is none within `seconds`."""
    end = time.monotonic() + seconds
    while not (answer := look()):
        assert time.monotonic() < end, f"waited {seconds:g} s in vain {what}; last: {answer!r}"
        time.sleep(0.05)
    return answer
