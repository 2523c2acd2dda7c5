"""What Prometheus is told: names after those of Alertmanager, base units, and no label that a feed could fill.

Counters begin at nought with the process, as they do everywhere.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from gatewatch.model import Clock, Outcome
from gatewatch.service.families import PREFIX, gauge, gauges, info
from gatewatch.service.health import Health
from gatewatch.service.polling import Polled
from gatewatch.service.process_metrics import ProcessMetrics
from gatewatch.service.store_metrics import StoreMetrics
from gatewatch.settings import Settings

#: How a poll can end that never came to an answer, beside the outcomes of those that did.
PUT_OFF, UNWRITTEN, FAULT = "put_off", "unwritten", "fault"

#: Seconds. A fetch gives up after half a minute; what takes longer waited for the writer.
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

Ages = Callable[[], Mapping[str, float]]


class Metrics:
    """All metrics of one daemon. `look` tells how it is, `ages` the seconds since each part reported.

    `settings` gives those that run now.
    """

    def __init__(self, settings: Callable[[], Settings], clock: Clock, look: Callable[[], Health], ages: Ages) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()
        self._store = StoreMetrics(settings, clock)
        says = "Polls by how they ended"
        self._polls = Counter(f"{PREFIX}polls", says, ["outcome"], registry=registry)
        says = "Seconds from a request until its answer is stored"
        self._seconds = Histogram(f"{PREFIX}poll_duration_seconds", says, buckets=SECONDS, registry=registry)
        says = "New items: fresh ones are matched, the backlog of a new source is seeded"
        self._items = Counter(f"{PREFIX}items", says, ["intake"], registry=registry)
        for outcome in (*Outcome, PUT_OFF, UNWRITTEN, FAULT):
            self._polls.labels(outcome)
        for intake in ("fresh", "seeded"):
            self._items.labels(intake)
        for collector in (DaemonMetrics(look, ages), self._store, ProcessMetrics()):
            registry.register(collector)

    def begin(self) -> None:
        """Counts from here on what is written to the database; to be called once it is open."""
        self._store.begin()

    def polled(self, polled: Polled) -> None:
        """Counts one poll."""
        self._polls.labels(ending_of(polled)).inc()
        if polled.seconds is not None:
            self._seconds.observe(polled.seconds)
        if polled.taken is not None:
            self._items.labels("fresh").inc(polled.taken.fresh)
            self._items.labels("seeded").inc(polled.taken.seeded)

    def exposition(self, accept: str) -> tuple[str, bytes]:
        """The content type and the text for one scrape: OpenMetrics where the Accept header asks for it."""
        encode, kind = choose_encoder(accept)
        return kind, encode(self._registry)


def ending_of(polled: Polled) -> str:
    """The outcome of a poll, or why it has none."""
    if polled.put_off:
        return PUT_OFF
    if polled.unwritten:
        return UNWRITTEN
    if polled.taken is None or polled.state.last_outcome is None:
        return FAULT
    return polled.state.last_outcome.value


class DaemonMetrics(Collector):
    """What the daemon knows of itself at the moment of a scrape."""

    def __init__(self, look: Callable[[], Health], ages: Ages) -> None:
        self._look = look
        self._ages = ages

    def collect(self) -> Iterator[Metric]:
        health = self._look()
        yield info("build", "What runs", {"version": health.version, "python": platform.python_version()})
        yield info("config", "The settings that run", {"hash": health.config.hash})
        yield gauge("ready", "1 while it polls", health.ready)
        yield gauge("well", "1 while nothing is late and the audit finds nothing", health.well)
        yield gauge("late_parts", "Parts that have not reported in time", len(health.late))
        yield gauge("audit_findings", "What the last audit found not in order", len(health.findings))
        reload = "1 if the last reload was taken, 0 if it was refused and the settings before still run"
        yield gauge("config_last_reload_successful", reload, health.config.last_reload_successful)
        when = "When the settings that run were loaded"
        yield gauge("config_last_reload_success_timestamp_seconds", when, health.config.at.timestamp())
        yield gauges("pulse_age_seconds", "Seconds since a part last reported", "part", self._ages())

