"""What the process takes of the machine, under the names that all Prometheus clients use.

The collector of prometheus-client asks /proc/stat when the machine was started, and tells nothing where that is hidden,
as systemd's ProcSubset=pid does. This one looks at the process itself alone.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

SELF = Path("/proc/self")

#: The place of the start in what follows the name of the process in /proc/self/stat.
STARTED = 19


class ProcessMetrics(Collector):
    """CPU, memory, open files and the start of this process."""

    def collect(self) -> Iterator[Metric]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        says = "Total user and system CPU time spent in seconds."
        yield CounterMetricFamily("process_cpu_seconds", says, value=used.ru_utime + used.ru_stime)
        files = float(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        yield GaugeMetricFamily("process_max_fds", "Maximum number of open file descriptors.", value=files)
        try:
            virtual, resident = ((SELF / "statm").read_text().split())[:2]
            stat = (SELF / "stat").read_text().rpartition(")")[2].split()
            opened = sum(1 for _ in (SELF / "fd").iterdir())
        except OSError:  # no /proc at all
            return
        page = resource.getpagesize()
        says = "Virtual memory size in bytes."
        yield GaugeMetricFamily("process_virtual_memory_bytes", says, value=float(int(virtual) * page))
        says = "Resident memory size in bytes."
        yield GaugeMetricFamily("process_resident_memory_bytes", says, value=float(int(resident) * page))
        says = "Number of open file descriptors."
        yield GaugeMetricFamily("process_open_fds", says, value=float(opened))
        says = "Start time of the process since unix epoch in seconds."
        yield GaugeMetricFamily("process_start_time_seconds", says, value=_started(int(stat[STARTED])))


def _started(ticks: int) -> float:
    """Seconds since 1970, from the ticks between the start of the machine and that of the process."""
    up = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return time.time() - up
