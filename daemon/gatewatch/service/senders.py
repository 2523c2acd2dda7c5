"""The threads that deliver: one courier a channel, so that a hanging mail server never holds up the chat."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from gatewatch.alerts.delivery import Courier
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: A courier that fell over (disk full, a bug) is started again after this many seconds.
AFTER_A_FALL = 30.0


@dataclass
class Sender:
    """One courier and its thread."""

    channel: str
    courier: Courier
    wake: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class Senders:
    """Starts, wakes and stops the couriers. What is not delivered stays in the outbox."""

    def __init__(self, couriers: Sequence[tuple[str, Courier]]) -> None:
        self._stop = threading.Event()
        self._senders = [Sender(channel, courier) for channel, courier in couriers]

    def start(self) -> None:
        """Starts a thread for each channel. Daemon threads: one that hangs must not hold the process."""
        for sender in self._senders:
            sender.thread = threading.Thread(
                target=self._run, args=[sender], name=f"courier-{sender.channel}", daemon=True
            )
            sender.thread.start()

    def _run(self, sender: Sender) -> None:
        while not self._stop.is_set():
            try:
                sender.courier.run(self._stop, sender.wake)
            except Exception as fault:
                log.exception(line("courier_fell", channel=sender.channel, error=repr(fault)))
                self._stop.wait(AFTER_A_FALL)

    def wake(self) -> None:
        """Says that alerts were queued."""
        for sender in self._senders:
            sender.wake.set()

    def stop(self, seconds: float) -> tuple[str, ...]:
        """Lets messages in flight end, for `seconds` together; gives the channels that still hang."""
        self._stop.set()
        self.wake()
        bound = time.monotonic() + seconds
        for sender in self._senders:
            if sender.thread is not None:
                sender.thread.join(max(0.0, bound - time.monotonic()))
        return tuple(s.channel for s in self._senders if s.thread is not None and s.thread.is_alive())
