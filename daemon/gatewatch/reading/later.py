"""A reader that is made when the first text comes: a service is ready before it has anything to read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from gatewatch.model import Item, Reading, Source
from gatewatch.reading.reader import Reader


class Reads(Protocol):
    """What a `Reader` does for those who let it read."""

    def read(self, item: Item, source: Source) -> Reading: ...

    def hints(self, item: Item) -> bool: ...


class LateReader:
    """Reads as the `Reader` that `make` gives. May be used from any thread; it is made once."""

    def __init__(self, make: Callable[[], Reader]) -> None:
        self._make = make
        self._made: Reader | None = None
        self._lock = threading.Lock()

    def ready(self) -> Reader:
        """The reader; half a second of work at the first time."""
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
        return self._made

    def read(self, item: Item, source: Source) -> Reading:
        """As `Reader.read`."""
        return self.ready().read(item, source)

    def hints(self, item: Item) -> bool:
        """As `Reader.hints`."""
        return self.ready().hints(item)
