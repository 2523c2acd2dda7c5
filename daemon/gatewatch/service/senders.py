"""The threads that deliver: one courier a channel, so that a hanging mail server never holds up the chat."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field

from gatewatch.alerts.delivery import Courier
from gatewatch.service.logfmt import line
from gatewatch.service.pulses import NETWORK_CHANNEL, Pulses, courier_part

log = logging.getLogger(__name__)

#: A courier that fell over (disk full, a bug) is started again after this many seconds.
AFTER_A_FALL = 30.0


@dataclass
class Sender:
    """One courier and its thread. `limit` is within how many seconds the courier has to report."""

    channel: str
    courier: Courier
    limit: float = NETWORK_CHANNEL
    wake: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def works(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def end(self) -> None:
        """Asks it to end after the message in flight."""
        self.stop.set()
        self.wake.set()


class Senders:
    """Starts, wakes and stops the couriers. What is not delivered stays in the outbox."""

    def __init__(self, pulses: Pulses | None = None) -> None:
        self._pulses = pulses or Pulses()
        self._senders: list[Sender] = []
        self._leaving: list[Sender] = []

    def start(self, sender: Sender) -> None:
        """Starts a thread. A daemon thread: one that hangs must not hold the process."""
        self._pulses.expect(courier_part(sender.channel), sender.limit)
        sender.thread = threading.Thread(
            target=self._run, args=[sender, self._left(sender.channel)], name=f"courier-{sender.channel}", daemon=True
        )
        self._senders.append(sender)
        sender.thread.start()

    def _left(self, channel: str) -> threading.Thread | None:
        """The thread of a channel that was taken out of the settings and put in again, while it still ends."""
        return next((each.thread for each in self._leaving if each.channel == channel and each.works), None)

    def _run(self, sender: Sender, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        while not sender.stop.is_set():
            try:
                sender.courier.run(sender.stop, sender.wake, lambda: self._pulses.beat(courier_part(sender.channel)))
            except Exception as fault:
                log.exception(line("courier_fell", channel=sender.channel, error=repr(fault)))
                sender.stop.wait(min(AFTER_A_FALL, sender.limit / 2))
                self._pulses.beat(courier_part(sender.channel))

    def courier(self, channel: str) -> Courier | None:
        """Who serves a channel now."""
        return next((sender.courier for sender in self._senders if sender.channel == channel), None)

    @property
    def channels(self) -> tuple[str, ...]:
        """Those that have a courier."""
        return tuple(sender.channel for sender in self._senders)

    def dismiss(self, channel: str) -> None:
        """Ends the courier of a channel that the settings no longer have."""
        for sender in [each for each in self._senders if each.channel == channel]:
            sender.end()
            self._senders.remove(sender)
            self._leaving.append(sender)
            self._pulses.release(courier_part(channel))

    def wake(self) -> None:
        """Says that alerts were queued."""
        for sender in self._senders:
            sender.wake.set()

    def stop(self, seconds: float) -> tuple[str, ...]:
        """Lets messages in flight end, for `seconds` together; gives the channels that still hang."""
        everyone = [*self._senders, *self._leaving]
        for sender in everyone:
            sender.end()
        bound = time.monotonic() + seconds
        for sender in everyone:
            if sender.thread is not None:
                sender.thread.join(max(0.0, bound - time.monotonic()))
        return tuple(sender.channel for sender in everyone if sender.works)
