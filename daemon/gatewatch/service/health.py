"""How the daemon is, as a value: what it tells those who ask, and what `gatewatch status` reads back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings that run: their hash, since when (UTC), and whether the last reload was taken."""

    hash: str
    at: datetime
    last_reload_successful: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """How one daemon is, which began to run at `since` (UTC) on the state directory `state`.

    `ready`: it polls. `late` says which of its parts have not reported in time, `findings` what the last audit found
    not in order.
    """

    version: str
    since: datetime
    state: str
    config: Configured
    ready: bool = False
    late: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """A reload that was refused is no illness: what ran before still runs, and the operator was told."""
        return self.ready and not self.late and not self.findings

    def described(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "well": self.well,
            "ready": self.ready,
            "late": list(self.late),
            "findings": list(self.findings),
            "config": {
                "hash": self.config.hash,
                "loaded_at": self.config.at.isoformat(),
                "last_reload_successful": self.config.last_reload_successful,
            },
            "version": self.version,
            "since": self.since.isoformat(),
            "state": self.state,
        }

    @classmethod
    def read(cls, told: Any) -> Self:
        """From what `described` gave. Raises ValueError for anything else."""
        try:
            config = told["config"]
            at, successful = datetime.fromisoformat(config["loaded_at"]), bool(config["last_reload_successful"])
            return cls(
                version=str(told["version"]),
                since=datetime.fromisoformat(told["since"]),
                state=str(told["state"]),
                config=Configured(str(config["hash"]), at, successful),
                ready=bool(told["ready"]),
                late=tuple(str(each) for each in told["late"]),
                findings=tuple(str(each) for each in told["findings"]),
            )
        except (KeyError, TypeError) as fault:
            raise ValueError(f"not the answer of a Gatewatch: {fault!r}") from fault
