"""The service stays small: a machine that watches borders has other things to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .installation import Installation
from .newsstand import Newsstand

SOURCES = 20

#: MB. It takes some 85 on a common Linux; this is no measure, but tells that all of a library came in again.
BOUND = 105

MAIL = """
[[channel]]
name = "mail"
type = "email"
host = "127.0.0.1"
port = 9
security = "none"
from = "gatewatch@news.example"
to = "desk@news.example"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_an_idle_service_with_a_mail_channel_stays_small(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({f"s{n}": newsstand.url(f"s{n}") for n in range(SOURCES)}, every="1h")
    config = installation.path / "config.toml"
    config.write_text(config.read_text() + MAIL)
    for n in range(SOURCES):
        newsstand.publish(f"s{n}", *(f"Report {n}.{at} from the crossing points" for at in range(20)))
    with installation.running() as service:
        for n in range(SOURCES):
            service.wait_for(f"event=seeded source=s{n} ")
        assert resident(service.process.pid) < BOUND


def resident(pid: int) -> float:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(row for row in status.splitlines() if row.startswith("VmRSS")).split()[1]) / 1024
