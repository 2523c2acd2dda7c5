"""A clock that runs faster than the one on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta


class DemoClock:
    """Stands at `start` (aware, UTC) until `go`, then runs `speed` times as fast as `monotonic` (seconds).

    It stands at first because a daemon needs a moment to load its words: at demo speed that moment is a
    morning, and the first poll of a source would swallow the morning's news as backlog.
    """

    def __init__(self, start: datetime, speed: float, monotonic: Callable[[], float]) -> None:
        self._start = start
        self._speed = speed
        self._monotonic = monotonic
        self._went: float | None = None

    def __call__(self) -> datetime:
        if self._went is None:
            return self._start
        return self._start + timedelta(seconds=(self._monotonic() - self._went) * self._speed)

    def go(self) -> None:
        """Starts the clock; a clock that runs keeps running as it did."""
        if self._went is None:
            self._went = self._monotonic()
