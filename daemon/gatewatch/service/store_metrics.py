"""What Prometheus is told of the database, read at the moment of a scrape."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from gatewatch.model import Clock, SourceState
from gatewatch.service.disk_watch import free_space
from gatewatch.service.families import gauge, gauges
from gatewatch.service.tally import Tally
from gatewatch.settings import Settings
from gatewatch.store import Backlog, Store, StoreError, database_path


class StoreMetrics(Collector):
    """Opens the database for each scrape, read-only and in the thread that asks, so that it holds up nobody."""

    def __init__(self, settings: Callable[[], Settings], clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._tally = Tally()
        self._upto: Mapping[str, int] = {}
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Counts from here on what is written. Raises `StoreError` where there is no database yet."""
        with _opened(self._settings()) as store, self._lock:
            self._upto = store.latest_rows()

    def collect(self) -> Iterator[Metric]:
        """A database that can't be read is told as such; the counters then stay where they were."""
        settings = self._settings()
        with self._lock:
            found = self._look(settings)
            counted = tuple(self._tally.families(settings))
        yield from found or ()
        yield from counted
        yield gauge("database_readable", "1 if this scrape could read the database", found is not None)
        yield gauge("disk_free_bytes", "Bytes that are free where the database lies", free_space(settings.state_dir))
        yield gauge("disk_free_limit_bytes", "The operator is told when fewer are free", settings.disk.free)
        yield gauge("rules", "Rules in the settings that run", len(settings.rules))

    def _look(self, settings: Settings) -> tuple[Metric, ...] | None:
        """All of it, or None: what is read halfway is neither told nor counted."""
        try:
            with _opened(settings) as store:
                written, now = store.written_since(self._upto), self._clock()
                found = (
                    *outbox(store.backlogs(), settings, now),
                    *sources({state.id: state for state in store.source_states()}, settings),
                    _database(store),
                    gauge("silences", "Silences that have not ended", len(store.silences(now))),
                )
        except (StoreError, sqlite3.Error):
            return None
        self._tally.add(written)
        self._upto = written.upto
        return found


def outbox(backlogs: Mapping[str, Backlog], settings: Settings, now: datetime) -> Iterator[Metric]:
    """How much waits for each channel, those with nothing to send included."""
    found = {channel.name: backlogs.get(channel.name, Backlog()) for channel in settings.channels}
    pending = {name: each.pending for name, each in found.items()}
    held = {name: each.held for name, each in found.items()}
    waits = {name: _age(each.since, now) for name, each in found.items()}
    yield gauges("outbox_pending", "Messages to be sent now or tried again", "channel", pending)
    yield gauges("outbox_held", "Messages that wait for their hour", "channel", held)
    yield gauges("outbox_oldest_seconds", "How long the first in the queue has waited to be sent", "channel", waits)


def sources(states: Mapping[str, SourceState], settings: Settings) -> Iterator[Metric]:
    """How each source is. One that was never reached has 0 as its time, so that an alert on its age goes off."""
    known = {source.id: states.get(source.id) for source in settings.sources}
    good = {id: _seconds(state.succeeded if state else None) for id, state in known.items()}
    due = {id: _seconds(state.next_poll if state else None) for id, state in known.items()}
    failures = {id: state.failures if state else 0 for id, state in known.items()}
    yield gauges("source_last_success_timestamp_seconds", "When it last answered as it should", "source", good)
    yield gauges("source_next_poll_timestamp_seconds", "When it is polled next", "source", due)
    yield gauges("source_failures", "Polls in a row that failed", "source", failures)


def _opened(settings: Settings) -> Store:
    return Store.open(database_path(settings.state_dir), read_only=True)


def _database(store: Store) -> Metric:
    size = store.size()
    says = "Bytes on the disk: in use, free inside the file, and the write-ahead log"
    return gauges("database_bytes", says, "part", {"used": size.used, "free": size.free, "log": size.log})


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
