"""`gatewatch status`: sources, outbox and notices at a glance."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, open_or_exit, plain, row
from gatewatch.model import Alert, DeliveryState, Source, SourceState
from gatewatch.service.auditor import audit_outbox
from gatewatch.service.channel_watch import channels_in_trouble
from gatewatch.service.disk_watch import free_space, low
from gatewatch.settings import Settings
from gatewatch.sources.health import BROKEN_AFTER, condition
from gatewatch.store import Notice, OutboxLine, Store

#: A delivery that failed longer ago is history: it stays in `gatewatch alerts`, and no longer turns this red.
RECENT = timedelta(days=7)
LOST = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
NOTICES = 5


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand `at` a moment. `lost` are the channels where deliveries failed lately.

    `in_trouble` are the channels that do not deliver, each since when; `findings` are those of the audit.
    `free` is how many bytes are left on the disk, where that is less than the limit.
    """

    at: datetime
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
    def well(self) -> bool:
        return not (self.broken or self.lost or self.in_trouble or self.findings or self.free is not None)


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(config: Path, as_json: bool) -> None:
    """Show sources, outbox and notices at a glance.

    Exit 1 when a source is broken, a channel does not deliver, a delivery failed in the last seven days, the disk
    is nearly full, or the audit finds something else that is not in order.
    """
    settings = load_or_exit(config)
    with open_or_exit(settings) as store:
        status = look(store, settings, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(_described(status), ensure_ascii=False))
    else:
        _print(status, settings)
    if not status.well:
        sys.exit(1)


def look(store: Store, settings: Settings, now: datetime) -> Status:
    """Gathers what there is to say at `now`."""
    horizon = now - RECENT
    free = free_space(settings.state_dir)
    states = {state.id: state for state in store.source_states()}
    outbox = store.outbox_summary()
    return Status(
        at=now,
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


def _print(status: Status, settings: Settings) -> None:
    console = console_for_people()
    sources = new_table("source", "state", "last good", "next poll", "items", "why then")
    for source, state in status.sources:
        sources.add_row(
            plain(source.id),
            plain(condition(source, state, status.at), "bold red" if is_broken(state) else ""),
            local(state.succeeded if state else None, settings),
            local(state.next_poll if state else None, settings),
            str(state.items_seen if state else 0),
            plain(_why(state)),
        )
    console.print(sources)
    channels = new_table("\nchannel", "state", "deliveries", "latest")
    for line in status.outbox:
        red = "bold red" if line in status.lost else ""
        channels.add_row(
            plain(line.channel), plain(line.state.value, red), str(line.count), local(line.latest, settings)
        )
    console.print(channels if status.outbox else "\nnothing was delivered yet")
    for name, since in status.in_trouble:
        console.print(row(plain("channel", "bold red"), f"{name} does not deliver since {local(since, settings)}"))
    for finding in status.findings:
        console.print(row(plain("not in order", "bold red"), finding), soft_wrap=True)
    if status.free is not None:
        console.print(row(plain("disk", "bold red"), low(status.free, settings.disk.free)), soft_wrap=True)
    if status.last_alert is not None:
        console.print("\nlast alert", style="bold")
        last = status.last_alert
        console.print(row(local(last.at, settings), last.id, last.title), soft_wrap=True)
    if status.notices:
        console.print("\nnotices", style="bold")
    for notice in status.notices:
        told = row(local(notice.at, settings), f"{notice.source}: {notice.text}")
        console.print(told, soft_wrap=True)


def _why(state: SourceState | None) -> str:
    if state is None:
        return "the service has not run since it was added"
    return f"{state.reason}; {state.last_detail}" if state.failures and state.last_detail else state.reason


def _described(status: Status) -> dict[str, Any]:
    last = status.last_alert
    return {
        "well": status.well,
        "broken": list(status.broken),
        "channels_in_trouble": [{"channel": name, "since": iso(since)} for name, since in status.in_trouble],
        "disk_low": status.free,
        "audit": list(status.findings),
        "sources": [_described_source(source, state, status.at) for source, state in status.sources],
        "outbox": [
            {
                "channel": line.channel,
                "state": line.state.value,
                "count": line.count,
                "latest": iso(line.latest),
                "lost_lately": line in status.lost,
            }
            for line in status.outbox
        ],
        "last_alert": None if last is None else {"id": last.id, "at": iso(last.at), "title": last.title},
        "notices": [
            {"at": iso(notice.at), "source": notice.source, "text": notice.text} for notice in status.notices
        ],
    }


def _described_source(source: Source, state: SourceState | None, at: datetime) -> dict[str, Any]:
    return {
        "id": source.id,
        "url": source.url,
        "state": condition(source, state, at),
        "failures": state.failures if state else 0,
        "items_seen": state.items_seen if state else 0,
        "polled": iso(state.polled) if state else None,
        "succeeded": iso(state.succeeded) if state else None,
        "next_poll": iso(state.next_poll) if state else None,
        "reason": _why(state),
        "last_outcome": state.last_outcome.value if state and state.last_outcome else None,
    }
