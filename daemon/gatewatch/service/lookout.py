"""What others can see of the running daemon: it tells this how it goes, and whoever asks is answered from here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from gatewatch.model import Clock
from gatewatch.service.health import Configured, Health
from gatewatch.service.health_server import HealthServer, Occupied, socket_path
from gatewatch.service.logfmt import line
from gatewatch.service.metrics import Ages, Metrics
from gatewatch.service.polling import Polled
from gatewatch.settings import Settings
from gatewatch.store import StoreError

log = logging.getLogger(__name__)

Late = Callable[[], tuple[str, ...]]


class Lookout:
    """Health and metrics of one daemon. All but `health` is called by the daemon, in its event loop.

    `fingerprint` tells its configuration from others. `late` and `ages` say of each part whether it is overdue and when
    it reported, from any thread.
    """

    def __init__(
        self,
        settings: Settings,
        fingerprint: str,
        clock: Clock,
        late: Late = lambda: (),
        ages: Ages = dict,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._late = late
        now, state = clock(), str(settings.state_dir.resolve())
        self._health = Health(metadata.version("gatewatch"), now, state, Configured(fingerprint, now))
        self._metrics = Metrics(lambda: self._settings, clock, self.health, ages)
        self._servers: dict[Path | int, HealthServer] = {}

    def health(self) -> Health:
        """How the daemon is now. May be asked from any thread, also while the event loop hangs."""
        return replace(self._health, late=self._late())

    def open(self) -> None:
        """Answers from now on. What can't be opened is logged: that nobody can ask is no reason not to alert."""
        self._open(socket_path(self._settings.state_dir))
        if self._settings.health_port is not None:
            self._open(self._settings.health_port)

    def ready(self) -> None:
        """The database is open, and it polls."""
        try:
            self._metrics.begin()
        except StoreError as fault:
            log.error(line("uncounted", error=str(fault)))
        self._health = replace(self._health, ready=True)

    def polled(self, polled: Polled) -> None:
        """What came of a poll."""
        self._metrics.polled(polled)

    def audited(self, findings: Sequence[str]) -> None:
        """What the audit found not in order; nothing where all is."""
        self._health = replace(self._health, findings=tuple(findings))

    def adopted(self, settings: Settings, fingerprint: str) -> None:
        """A reload was taken: these settings run now."""
        before, self._settings = self._settings.health_port, settings
        self._health = replace(self._health, config=Configured(fingerprint, self._clock()))
        if settings.health_port == before:
            return
        if before is not None and (server := self._servers.pop(before, None)) is not None:
            server.stop()
        if settings.health_port is not None:
            self._open(settings.health_port)

    def refused(self) -> None:
        """A reload was refused, or the start took last good copies: what is on disk does not run."""
        self._health = replace(self._health, config=replace(self._health.config, last_reload_successful=False))

    def close(self) -> None:
        """Nobody is answered any more."""
        while self._servers:
            self._servers.popitem()[1].stop()

    def _open(self, where: Path | int) -> None:
        path, port = (where, None) if isinstance(where, Path) else (None, where)
        server = HealthServer(path, port, self.health, self._metrics.exposition)
        try:
            server.start()
        except Occupied as fault:
            log.error(line("health_closed", error=str(fault)))
            return
        self._servers[where] = server
