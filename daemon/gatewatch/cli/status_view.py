"""How things stand, told to people, in one line, and to programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from rich.table import Table
from rich.text import Text

from gatewatch.alerts.wording import one_line
from gatewatch.cli.status_facts import Status, is_broken
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, plain, row
from gatewatch.model import Source, SourceState
from gatewatch.service.asking import Seen
from gatewatch.service.disk_watch import low
from gatewatch.settings import Settings
from gatewatch.sources.health import condition


def show(status: Status, settings: Settings) -> None:
    """On the terminal."""
    console = console_for_people()
    for text in daemon_lines(status, settings):
        console.print(text, soft_wrap=True)
    console.print(_sources(status, settings))
    console.print(_channels(status, settings) if status.outbox else "\nnothing was delivered yet")
    for name, since in status.in_trouble:
        console.print(row(plain("channel", "bold red"), f"{name} does not deliver since {local(since, settings)}"))
    for finding in status.findings:
        if finding not in status.daemon.troubles:
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


def _sources(status: Status, settings: Settings) -> Table:
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
    return sources


def _channels(status: Status, settings: Settings) -> Table:
    channels = new_table("\nchannel", "state", "deliveries", "latest")
    for line in status.outbox:
        red = "bold red" if line in status.lost else ""
        channels.add_row(
            plain(line.channel), plain(line.state.value, red), str(line.count), local(line.latest, settings)
        )
    return channels


def daemon_lines(status: Status, settings: Settings) -> Iterator[Text]:
    """What is to be said of the daemon itself."""
    seen, health = status.daemon, status.daemon.health
    if not seen.runs:
        yield plain("no daemon runs: start `gatewatch run`, or the service", "bold red")
        return
    if health is None:
        yield plain(f"a daemon runs; how it is can't be asked: {seen.silent}", "bold red" if seen.hangs else "")
        return
    up, config = length(status.at - health.since), health.config
    yield plain(f"running for {up}, version {health.version}", "" if health.ready else "bold red")
    yield plain(f"configuration {config.hash}, loaded {local(config.at, settings)}")
    if not config.last_reload_successful:
        yield plain("the last reload was refused: `gatewatch check` says why", "bold red")
    for trouble in seen.troubles:
        yield row(plain("not well", "bold red"), trouble)


def in_one_line(status: Status) -> str:
    """For programs that watch others, and for the status line of a terminal."""
    if status.troubles:
        return one_line(f"not well: {'; '.join(status.troubles)}")
    health, last = status.daemon.health, status.last_alert
    sources = len(status.sources)
    parts = [f"{sources} source{'' if sources == 1 else 's'}", f"{status.pending} pending"]
    parts += [f"last alert {length(status.at - last.at)} ago"] if last else []
    parts += [f"up {length(status.at - health.since)}"] if health else []
    return f"well: {', '.join(parts)}"


def length(span: timedelta) -> str:
    """A length of time in its largest unit, as people say it."""
    seconds = max(0, round(span.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _described_daemon(seen: Seen) -> dict[str, Any]:
    health = seen.health.described() if seen.health else None
    return {"runs": seen.runs, "health": health, "silent": seen.silent or None}


def _why(state: SourceState | None) -> str:
    if state is None:
        return "the service has not run since it was added"
    return f"{state.reason}; {state.last_detail}" if state.failures and state.last_detail else state.reason


def described(status: Status) -> dict[str, Any]:
    """For JSON."""
    last = status.last_alert
    return {
        "well": status.well,
        "troubles": list(status.troubles),
        "daemon": _described_daemon(status.daemon),
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
