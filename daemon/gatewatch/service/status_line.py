"""How it stands, in one line for `systemctl status`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatewatch.alerts.wording import span_of_time
from gatewatch.model import Source, SourceState
from gatewatch.sources.health import BROKEN_AFTER


@dataclass(frozen=True, slots=True)
class Outbox:
    """`open` messages wait to be sent; `last_alert` is when people were last told something."""

    open: int
    last_alert: datetime | None


def status_line(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    outbox: Outbox,
    rules: int,
    fingerprint: str,
    now: datetime,
    complaints: Iterable[str] = (),
) -> str:
    """`141/142 sources ok (raja-fi broken), 0 pending, last alert 2 h ago, 30 rules, config 4f2a9c01`."""
    broken = [source.id for source in sources if _is_broken(states.get(source.id))]
    named = f" ({', '.join(broken[:3])}{', …' * (len(broken) > 3)} broken)" if broken else ""
    last = f"last alert {span_of_time(now - outbox.last_alert)} ago" if outbox.last_alert else "no alert yet"
    return ", ".join(
        (
            *complaints,
            f"{len(sources) - len(broken)}/{len(sources)} sources ok{named}",
            f"{outbox.open} pending",
            last,
            f"{rules} rules",
            f"config {fingerprint}",
        )
    )


def _is_broken(state: SourceState | None) -> bool:
    return state is not None and state.failures >= BROKEN_AFTER
