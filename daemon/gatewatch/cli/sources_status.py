"""`gatewatch sources status`: how each source is doing, and why it is polled when it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.sources_known import configured
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, open_or_exit, plain, row
from gatewatch.model import Source, SourceState
from gatewatch.settings import Settings
from gatewatch.sources.health import condition
from gatewatch.sources.rhythm import rhythm_words
from gatewatch.store import Notice, Store

#: Notices are asked for among the newest of all sources.
_NOTICES_LOOKED_AT, _NOTICES_SHOWN = 1_000, 10


@dataclass(frozen=True, slots=True)
class Standing:
    """A source, what is remembered of it, its condition in a word or two, and what the operator was told of it."""

    source: Source
    state: SourceState | None
    condition: str
    notices: tuple[Notice, ...] = ()

    @property
    def broken(self) -> bool:
        return self.condition == "broken"


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a source.")
def status(ids: tuple[str, ...], config: Path, as_json: bool) -> None:
    """Show how each source is doing; with IDs, everything that is known of these.

    Exit 1 when a source is broken.
    """
    settings = load_or_exit(config)
    with open_or_exit(settings) as store:
        standings = _standings(store, configured(ids, settings), datetime.now(UTC))
    if as_json:
        for standing in standings:
            click.echo(json.dumps(_described(standing), ensure_ascii=False))
    elif ids:
        for standing in standings:
            _print_one(standing, settings, console_for_people())
    else:
        _print_all(standings, settings)
    if any(standing.broken for standing in standings):
        sys.exit(1)


def _standings(store: Store, sources: Sequence[Source], now: datetime) -> list[Standing]:
    states = {state.id: state for state in store.source_states()}
    notices = store.notices(_NOTICES_LOOKED_AT)
    return [
        Standing(
            source,
            state := states.get(source.id),
            condition(source, state, now),
            tuple(notice for notice in notices if notice.source == source.id)[:_NOTICES_SHOWN],
        )
        for source in sources
    ]


def _print_all(standings: Sequence[Standing], settings: Settings) -> None:
    table = new_table("source", "condition", "last good poll", "last new item", "next poll", "items", "why then")
    for standing in standings:
        state = standing.state
        table.add_row(
            plain(standing.source.id),
            plain(standing.condition, "bold red" if standing.broken else ""),
            local(state.succeeded if state else None, settings),
            local(_latest_news(state), settings),
            local(state.next_poll if state else None, settings),
            str(state.items_seen if state else 0),
            plain(_why(state)),
        )
    console_for_people().print(table)


def _print_one(standing: Standing, settings: Settings, console: Console) -> None:
    """All that is known of one source, a line each; what there is not is left out."""
    source, state = standing.source, standing.state
    console.print(row(plain(source.id, "bold"), source.name))
    condition_style = "bold red" if standing.broken else ""
    lines: list[tuple[str, object]] = [
        ("condition", plain(standing.condition, condition_style)),
        ("address", source.url),
        ("kind", source.kind),
        *(_remembered(state, settings) if state else [("next poll", _why(None))]),
    ]
    for name, value in lines:
        if value:
            console.print(row(f"{name:<16}", value, indent=2), soft_wrap=True)
    for notice in standing.notices:
        console.print(row(f"{'notice':<16}", local(notice.at, settings), notice.text, indent=2), soft_wrap=True)


def _remembered(state: SourceState, settings: Settings) -> list[tuple[str, object]]:
    def at(moment: datetime | None) -> str:
        return local(moment, settings) if moment else ""

    moved = f"{state.moved_to} since {at(state.moved_since)}" if state.moved_to else ""
    validators = [("etag", state.etag), ("last-modified", state.last_modified)]
    return [
        ("rhythm", rhythm_words(state)),
        ("items", f"{state.items_seen}, the newest dated {at(state.newest) or 'never'}"),
        ("last new item", at(_latest_news(state))),
        ("first good poll", at(state.seeded)),
        ("last good poll", at(state.succeeded)),
        ("last poll", f"{at(state.polled)}, {state.last_outcome}" if state.polled and state.last_outcome else ""),
        ("last error", state.last_detail if state.failures else ""),
        ("failures", f"{state.failures} in a row" if state.failures else ""),
        ("next poll", f"{at(state.next_poll)}, {state.reason}"),
        ("polled at", state.address if state.address != state.configured else ""),
        ("moved to", moved),
        ("validators", ", ".join(f"{name} {value}" for name, value in validators if value) or "none"),
        ("got whole", at(state.unconditional)),
    ]


def _latest_news(state: SourceState | None) -> datetime | None:
    return state.news[-1] if state and state.news else None


def _why(state: SourceState | None) -> str:
    if state is None:
        return "the service has not run since it was added"
    return f"{state.reason}; {state.last_detail}" if state.failures and state.last_detail else state.reason


def _described(standing: Standing) -> dict[str, Any]:
    source, state = standing.source, standing.state
    told: dict[str, Any] = {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "kind": source.kind,
        "condition": standing.condition,
        "broken": standing.broken,
        "notices": [{"at": iso(notice.at), "text": notice.text} for notice in standing.notices],
    }
    if state is None:
        return told | {"polled": None, "items_seen": 0, "reason": _why(None)}
    return told | {
        "polled": iso(state.polled),
        "succeeded": iso(state.succeeded),
        "last_news": iso(_latest_news(state)),
        "newest": iso(state.newest),
        "next_poll": iso(state.next_poll),
        "reason": state.reason,
        "rhythm": rhythm_words(state),
        "items_seen": state.items_seen,
        "failures": state.failures,
        "last_outcome": state.last_outcome,
        "last_detail": state.last_detail,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "polled_at": state.address or None,
        "moved_to": state.moved_to or None,
        "moved_since": iso(state.moved_since),
    }
