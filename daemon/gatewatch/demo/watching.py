"""What the audience sees of a daemon at work: its database, and what its file channel has received."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from gatewatch.model import Alert, DeliveryState
from gatewatch.store import Store, StoreError

OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment. `alerts` are those that have arrived at the channel, in the order of their arrival."""

    now: datetime
    items: int
    alerts: tuple[Alert, ...]
    delivered: int
    waiting: int


class Watcher:
    """Reads beside the daemon, never writes."""

    def __init__(self, store: Store, told: Path) -> None:
        self._store = store
        self._told = told
        self._offset = 0
        self._alerts: list[Alert] = []

    @classmethod
    def open(cls, database: Path, told: Path) -> Self | None:
        """None while the daemon has not made its database yet."""
        try:
            return cls(Store.open(database, read_only=True), told)
        except StoreError:
            return None

    def close(self) -> None:
        self._store.close()

    def seeded(self, sources: int) -> bool:
        """Whether the first poll of every source is behind us."""
        return sum(state.seeded is not None for state in self._store.source_states()) == sources

    def polled_since(self, moment: datetime) -> bool:
        """Whether every source was polled at `moment` or later."""
        return all(state.polled and state.polled >= moment for state in self._store.source_states())

    def frame(self, now: datetime) -> Frame:
        """How things stand at `now`."""
        self._read_on()
        outbox = self._store.outbox_summary()
        return Frame(
            now=now,
            items=sum(state.items_seen for state in self._store.source_states()),
            alerts=tuple(self._alerts),
            delivered=sum(line.count for line in outbox if line.state is DeliveryState.DELIVERED),
            waiting=sum(line.count for line in outbox if line.state in OPEN),
        )

    def _read_on(self) -> None:
        """Takes in the lines that the channel has received since; a line half written waits."""
        if not self._told.exists():
            return
        with self._told.open("rb") as file:
            file.seek(self._offset)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._offset += len(line)
                alert = self._store.alert(json.loads(line)["id"])
                if alert is not None:
                    self._alerts.append(alert)
