"""What every way out has in common."""

from __future__ import annotations

from typing import Protocol

from gatewatch.alerts.messages import Budget, Family, Message
from gatewatch.alerts.results import Result


class BadChannel(Exception):
    """A channel can't be opened as it is configured. The message names no secret."""


class Sink(Protocol):
    """Sends messages of its family to one place, one at a time. Never raises for the far end's faults."""

    @property
    def family(self) -> Family: ...

    @property
    def budget(self) -> Budget: ...

    def send(self, message: Message) -> Result: ...
