"""Metrics as values, with the prefix that they all share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily

PREFIX = "gatewatch_"

Labels = tuple[str, ...]


def gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    """One gauge without labels."""
    return GaugeMetricFamily(PREFIX + name, says, value=float(value))


def gauges(name: str, says: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    """One gauge for each value of a label."""
    family = GaugeMetricFamily(PREFIX + name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family


def counter(
    name: str, says: str, labels: Labels, counted: Mapping[Labels, int], known: Iterable[Labels] = ()
) -> CounterMetricFamily:
    """Counters by their labels. Those that are `known` beforehand begin at nought: one that appears has not risen."""
    family = CounterMetricFamily(PREFIX + name, says, labels=labels)
    for key, value in sorted((dict.fromkeys(known, 0) | dict(counted)).items()):
        family.add_metric(key, value)
    return family


def info(name: str, says: str, labels: dict[str, str]) -> InfoMetricFamily:
    """A gauge that is always 1 and tells something in its labels."""
    return InfoMetricFamily(PREFIX + name, says, value=labels)
