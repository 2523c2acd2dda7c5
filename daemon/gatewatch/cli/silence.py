"""`gatewatch silence`: alerts are kept back for a while, by somebody, for a reason."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from gatewatch.alerts.silencing import KeptBack, kept_back
from gatewatch.alerts.wording import one_line, span_of_time
from gatewatch.cli.ack import login_name
from gatewatch.cli.one_alert import open_to_write_or_exit
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.silence_terms import end_of, known_or_usage, length_of, story_of
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, open_or_exit, plain
from gatewatch.model import Severity, Silence
from gatewatch.settings import Settings
from gatewatch.store import Store, StoreError, database_path

LONGEST_TEXT = 300

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """Keep alerts back for a while: what was held is told together at the end."""


@command.command("add")
@click.option("--rule", multiple=True, metavar="ID", help="Alerts of this rule.")
@click.option("--country", multiple=True, metavar="CODE", help="Alerts about this country, as in FI.")
@click.option("--severity", multiple=True, type=click.Choice([each.value for each in Severity]))
@click.option("--channel", multiple=True, metavar="NAME", help="Only on this channel.")
@click.option("--story", multiple=True, metavar="ID", help="More of this story; the id of one of its alerts will do.")
@click.option("--source", multiple=True, metavar="ID", help="Alerts that rest on this source.")
@click.option("--for", "length", callback=length_of, metavar="LENGTH", help="How long, as in 90m, 2h or 5d.")
@click.option("--until", metavar="TIME", help="Or until when, local: 08:00 or 2026-01-05T08:00.")
@click.option("--reason", required=True, metavar="TEXT", help="Why. It stands with all that is held.")
@click.option("--owner", metavar="NAME", help="Whose it is. Default: your user name.")
@click.option("--drop", is_flag=True, help="Never tell what is kept back; it stays listed as muted.")
@config_option
@json_option
def add(
    length: timedelta | None,
    until: str | None,
    reason: str,
    owner: str | None,
    drop: bool,
    config: Path,
    as_json: bool,
    **asked: tuple[str, ...],
) -> None:
    """Keep back alerts that fit everything that is asked, for 30 days at most.

    Options that are given several times mean any of the values. Alerts that go out already are not stopped.
    """
    settings, now = load_or_exit(config), datetime.now(UTC)
    who, why = one_line(owner if owner is not None else login_name()), one_line(reason)
    if not who or not why:
        raise click.UsageError("a silence needs an owner and a reason, so that others know whom to ask")
    ends = end_of(length, until, settings, now)
    wanted = known_or_usage(asked, settings)
    with _open_or_exit(settings) as store:
        silence = Silence(
            id=_new_id(store),
            owner=who[:LONGEST_TEXT],
            reason=why[:LONGEST_TEXT],
            begins=now,
            ends=ends,
            drop=drop,
            rule=wanted["rule"],
            country=wanted["country"],
            severity=tuple(Severity(each) for each in wanted["severity"]),
            channel=wanted["channel"],
            story=tuple(story_of(store, each) for each in wanted["story"]),
            source=wanted["source"],
        )
        store.save_silence(silence)
    if as_json:
        click.echo(_json(described(silence, KeptBack())))
    else:
        click.echo(f"silence {silence.id} until {local(ends, settings)}: {_terms(silence)}")


@command.command("list")
@config_option
@json_option
def list_(config: Path, as_json: bool) -> None:
    """Show the silences that last, those that end first on top, and what each has kept back by now."""
    settings, now = load_or_exit(config), datetime.now(UTC)
    with open_or_exit(settings) as store:
        lasting = store.silences(now)
        silenced = store.silenced(min((each.begins for each in lasting), default=now)) if lasting else ()
    found = [(each, kept_back(each, silenced)) for each in lasting]
    if as_json:
        for silence, kept in found:
            click.echo(_json(described(silence, kept)))
    elif found:
        _print_table(found, settings, now)
    else:
        click.echo("no silences")


@command.command("end")
@click.argument("silence_id", metavar="ID")
@config_option
@json_option
def end(silence_id: str, config: Path, as_json: bool) -> None:
    """End a silence now: what it held goes out at once, unless something else holds it."""
    settings, now = load_or_exit(config), datetime.now(UTC)
    with open_to_write_or_exit(settings) as store, store.transaction():
        silence = next((each for each in store.silences(now) if each.id == silence_id), None)
        if silence is not None:
            kept = kept_back(silence, store.silenced(silence.begins))
            store.save_silence(replace(silence, ends=now))
            store.look_again_at_silenced(now)
    if silence is None:
        click.echo(f"there is no silence {silence_id!r}; `gatewatch silence list` shows those that last", err=True)
        sys.exit(1)
    if as_json:
        click.echo(_json(described(replace(silence, ends=now), kept)))
    else:
        click.echo(f"silence {silence.id} has ended; {_kept(silence, kept)}")


def described(silence: Silence, kept: KeptBack) -> dict[str, Any]:
    """For JSON: a silence, and the alerts that it has kept back by now."""
    return {
        **asdict(silence),
        "begins": iso(silence.begins),
        "ends": iso(silence.ends),
        "held": sorted(kept.held),
        "dropped": sorted(kept.dropped),
    }


def _print_table(found: Sequence[tuple[Silence, KeptBack]], settings: Settings, now: datetime) -> None:
    table = new_table("id", "until", "in", "owner", "kept back", "what", "reason")
    for silence, kept in found:
        table.add_row(
            plain(silence.id),
            local(silence.ends, settings),
            span_of_time(silence.ends - now),
            plain(silence.owner),
            plain(_kept(silence, kept)),
            plain(_terms(silence)),
            plain(silence.reason),
        )
    console_for_people().print(table)


def _kept(silence: Silence, kept: KeptBack) -> str:
    number = len(kept.dropped or kept.held)
    return f"{number} {'dropped' if silence.drop else 'held'}"


def _terms(silence: Silence) -> str:
    """rule storskog, severity low or info"""
    named = ("rule", "country", "severity", "channel", "story", "source")
    asked = [(name, getattr(silence, name)) for name in named]
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in asked if values)


def _new_id(store: Store) -> str:
    while store.silence(id := secrets.token_hex(2)) is not None:
        pass
    return id


def _open_or_exit(settings: Settings) -> Store:
    try:
        return Store.open(database_path(settings.state_dir))
    except StoreError as error:
        click.echo(error, err=True)
        sys.exit(1)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
