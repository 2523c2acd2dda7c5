"""A channel whose far end a test directs, a clock of its own, and the real outbox and courier between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.messages import USUAL, Budget, Family, Message
from gatewatch.alerts.results import Ending, Result
from gatewatch.model import Delivery
from gatewatch.store import Receipt, Store

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


class Killed(BaseException):
    """Stands for kill -9 within a courier: nothing that the product catches."""


@dataclass
class FarEnd:
    """Takes what it is sent. `answer` may refuse, by an ending, or fall over; `detail` is what it says to an acceptance."""

    answer: Callable[[Message], Ending] = lambda message: Ending.DELIVERED
    detail: str = ""
    arrived: list[str] = field(default_factory=list)
    family: Family = Family.PLAIN
    budget: Budget = USUAL

    def send(self, message: Message) -> Result:
        ending = self.answer(message)
        if ending is Ending.DELIVERED:
            self.arrived.append(message.alert.id)
        return Result(ending, self.detail if ending is Ending.DELIVERED else f"told so: {ending}")


@dataclass
class Stage:
    """One channel, `desk`. `restart` stands for a new process: what a courier had in memory is gone."""

    path: Path
    far_end: FarEnd = field(default_factory=FarEnd)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.courier = Courier(self.path, "desk", self.far_end, lambda: self.now)
        with Store.open(self.path) as store:
            store.take_back("desk", self.now)

    def deliver(self) -> int:
        return self.courier.deliver_due(self.now)

    def next_due(self) -> datetime | None:
        with Store.open(self.path) as store:
            return store.next_due("desk")

    def delivery(self, alert: str) -> Delivery:
        with Store.open(self.path, read_only=True) as store:
            return store.deliveries_of(alert)[0]

    def receipts(self, alert: str) -> tuple[Receipt, ...]:
        with Store.open(self.path, read_only=True) as store:
            return store.receipts_of(store.deliveries_of(alert)[0].id)
