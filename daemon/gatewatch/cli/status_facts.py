"""How things stand: what the database says, and what the daemon says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gatewatch.model import Alert, DeliveryState, Source, SourceState
from gatewatch.service.asking import Seen, see
from gatewatch.service.auditor import audit_outbox
from gatewatch.service.channel_watch import channels_in_trouble
from gatewatch.service.disk_watch import free_space
from gatewatch.settings import Settings
from gatewatch.sources.health import BROKEN_AFTER
from gatewatch.store import Notice, OutboxLine, Store

#: A delivery that failed longer ago is history: it stays in `gatewatch alerts`, and no longer turns this red.
RECENT = timedelta(days=7)
LOST = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)
NOTICES = 5


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand `at` a moment. `lost` are the channels where deliveries failed lately.

    `in_trouble` are the channels that do not deliver, each since when; `findings` are those of the audit.
    `free` is how many bytes are left on the disk, where that is less than the limit.
    """

    at: datetime
    daemon: Seen
    sources: tuple[tuple[Source, SourceState | None], ...]
    outbox: tuple[OutboxLine, ...]
    lost: tuple[OutboxLine, ...]
    last_alert: Alert | None
    notices: tuple[Notice, ...]
    in_trouble: tuple[tuple[str, datetime], ...] = ()
    findings: tuple[str, ...] = ()
    free: int | None = None

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(source.id for source, state in self.sources if is_broken(state))

    @property
    def troubles(self) -> tuple[str, ...]:
        """All that is not well, in words, what the daemon and the database both say once."""
        lost = {line.channel for line in self.lost}
        return tuple(
            dict.fromkeys(
                [
                    *self.daemon.troubles,
                    *self.findings,
                    *(f"source {id} is broken" for id in self.broken),
                    *(f"channel {name} does not deliver" for name, _ in self.in_trouble),
                    *(f"channel {name} lost alerts lately" for name in sorted(lost)),
                    *(["the disk is nearly full"] if self.free is not None else []),
                ]
            )
        )

    @property
    def pending(self) -> int:
        return sum(line.count for line in self.outbox if line.state in OPEN)

    @property
    def well(self) -> bool:
        return not self.troubles


def look(store: Store, settings: Settings, now: datetime) -> Status:
    """Gathers what there is to say at `now`."""
    horizon = now - RECENT
    free = free_space(settings.state_dir)
    states = {state.id: state for state in store.source_states()}
    outbox = store.outbox_summary()
    return Status(
        at=now,
        daemon=see(settings.state_dir),
        sources=tuple((source, states.get(source.id)) for source in settings.sources),
        outbox=outbox,
        lost=tuple(line for line in outbox if line.state in LOST and line.latest and line.latest > horizon),
        last_alert=next(iter(store.alerts(1, until=now)), None),
        notices=store.notices(NOTICES),
        in_trouble=channels_in_trouble(store, settings, now),
        findings=audit_outbox(store, settings, datetime.min.replace(tzinfo=UTC), now),
        free=free if free < settings.disk.free else None,
    )


def is_broken(state: SourceState | None) -> bool:
    return state is not None and state.failures >= BROKEN_AFTER
