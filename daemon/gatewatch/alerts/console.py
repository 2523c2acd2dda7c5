"""A way out on this machine: the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console

from gatewatch.alerts.messages import USUAL, Budget, Family, Message
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Severity

_STYLES = {Severity.CRITICAL: "bold red", Severity.HIGH: "bold yellow"}


@dataclass(frozen=True, slots=True)
class ConsoleSink:
    """Prints. Text is never taken for markup, and holds no control characters by then."""

    console: Console
    family: Family = Family.PLAIN
    budget: Budget = USUAL

    def send(self, message: Message) -> Result:
        style = _STYLES.get(message.alert.severity, "bold")
        try:
            self.console.print(message.title, style=style, markup=False, highlight=False, soft_wrap=True)
            self.console.print(message.body + "\n", markup=False, highlight=False, soft_wrap=True)
        except OSError as fault:  # the reader of the pipe has gone
            return Result(Ending.TRANSIENT, str(fault))
        return Result(Ending.DELIVERED)


def open_console(*, stderr: bool) -> ConsoleSink:
    """A sink that prints to standard output, or to standard error."""
    return ConsoleSink(Console(stderr=stderr))
