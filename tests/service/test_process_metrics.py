"""The process tells what it takes, the same as the client's own collector where that one sees anything."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.registry import Collector

from gatewatch.service import process_metrics
from gatewatch.service.process_metrics import ProcessMetrics


def told(collector: Collector) -> dict[str, float]:
    return {sample.name: sample.value for family in collector.collect() for sample in family.samples}


def test_it_tells_what_the_clients_own_collector_tells() -> None:
    ours, theirs = told(ProcessMetrics()), told(ProcessCollector(registry=CollectorRegistry()))
    assert ours.keys() == theirs.keys()
    assert ours["process_start_time_seconds"] == pytest.approx(theirs["process_start_time_seconds"], abs=2)
    assert ours["process_resident_memory_bytes"] == pytest.approx(theirs["process_resident_memory_bytes"], rel=0.1)
    assert ours["process_cpu_seconds_total"] == pytest.approx(theirs["process_cpu_seconds_total"], abs=1)
    assert abs(ours["process_open_fds"] - theirs["process_open_fds"]) <= 2


def test_it_needs_nothing_of_proc_but_the_process_itself() -> None:
    """systemd's ProcSubset=pid hides the rest, and with it all that the client's own collector tells."""
    assert Path("/proc/self") == process_metrics.SELF
    hidden = ProcessCollector(registry=CollectorRegistry(), proc="/nowhere")
    assert told(hidden) == {}


def test_without_proc_it_tells_what_it_knows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process_metrics, "SELF", tmp_path)
    assert told(ProcessMetrics()).keys() == {"process_cpu_seconds_total", "process_max_fds"}
    assert told(ProcessMetrics())["process_max_fds"] == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
