"""Asks the daemon of a state directory how it is, as `gatewatch status` does."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from gatewatch.service.health import Health
from gatewatch.service.health_server import socket_path
from gatewatch.service.lock import is_held
from gatewatch.service.unix_address import address_of

#: Where the unit that comes with Gatewatch has its socket.
UNDER_SYSTEMD = Path("/run/gatewatch")

#: Seconds that the daemon has to answer. Its answers come from a thread that waits for nobody.
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a daemon `runs`, and what it said of itself.

    `silent` is why it said nothing; `hangs`: it was asked and did not answer in time.
    """

    runs: bool
    health: Health | None = None
    silent: str = ""
    hangs: bool = False

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is not well of it, in words. Who may not ask it knows of none."""
        if not self.runs:
            return ("no daemon runs",)
        if self.hangs:
            return (f"the daemon does not answer: {self.silent}",)
        if self.health is None:
            return ()
        starting = () if self.health.ready else ("the daemon is not ready",)
        return (*starting, *self.health.late, *self.health.findings)


def see(state_dir: Path, environment: Mapping[str, str] = os.environ) -> Seen:
    """What can be seen of the daemon of `state_dir` from here."""
    if not is_held(state_dir):
        return Seen(runs=False)
    seen = Seen(runs=True, silent="it has no health socket")
    for path in dict.fromkeys((socket_path(state_dir, environment), *usual(state_dir))):
        try:
            health = ask(path)
        except FileNotFoundError:
            continue
        except TimeoutError:
            seen = Seen(runs=True, silent=f"{path} is silent for {PATIENCE:.0f} s", hangs=True)
        except (OSError, HTTPException, ValueError) as fault:
            seen = Seen(runs=True, silent=f"{path}: {getattr(fault, 'strerror', None) or fault}")
        else:
            if Path(health.state).resolve() == state_dir.resolve():
                return Seen(runs=True, health=health)
    return seen


def usual(state_dir: Path) -> tuple[Path, ...]:
    """Where sockets lie, whatever this process was started by."""
    return socket_path(state_dir, {}), UNDER_SYSTEMD / "health.sock"


def ask(path: Path) -> Health:
    """What the daemon at this socket says. Raises OSError, HTTPException, and ValueError for what is no answer."""
    connection = HTTPConnection("gatewatch", timeout=PATIENCE)
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(PATIENCE)
        with address_of(path) as address:
            client.connect(address)
        connection.sock = client
        connection.request("GET", "/health")
        return Health.read(json.loads(connection.getresponse().read()))
