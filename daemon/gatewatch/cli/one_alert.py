"""What commands on one alert have in common: as much of its id as people type, and a store to write to."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import click

from gatewatch.cli.settings_option import load_or_exit
from gatewatch.model import Alert
from gatewatch.settings import Settings
from gatewatch.store import Store, StoreError, database_path

#: Fewer characters of an id name an alert by accident.
SHORTEST = 4

#: A mistyped id is looked for among so many of the last alerts.
_LATEST = 1000
_SHOWN = 5


def settings_below(context: click.Context, config: Path) -> Settings:
    """The settings of a sub-command: `--config` may stand before its name or behind it."""
    given_here = context.get_parameter_source("config") is click.core.ParameterSource.COMMANDLINE
    return load_or_exit(config if given_here else context.obj)


def open_to_write_or_exit(settings: Settings) -> Store:
    """The store, also while the service writes; or what is wrong with it, and exit code 1.

    Is not made where there is none: a command on an alert needs one that was told.
    """
    path = database_path(settings.state_dir)
    try:
        Store.open(path, read_only=True).close()
        return Store.open(path)
    except StoreError as error:
        click.echo(error, err=True)
        sys.exit(1)


def alert_or_exit(store: Store, given: str) -> Alert:
    """The alert whose id is `given`, or begins so and no other does; or words on what was meant, and exit code 1."""
    alert = store.alert(given)
    if alert is not None:
        return alert
    shortened = given.strip().casefold()
    ids = store.alert_ids(shortened, _SHOWN + 1) if len(shortened) >= SHORTEST else ()
    alert = store.alert(ids[0]) if len(ids) == 1 else None
    if alert is None:
        click.echo(_what_is_wrong(store, given, shortened, ids), err=True)
        sys.exit(1)
    return alert


def _what_is_wrong(store: Store, given: str, shortened: str, ids: tuple[str, ...]) -> str:
    if ids:
        more = ", …" if len(ids) > _SHOWN else ""
        return f"{given!r} begins the ids of several alerts: {', '.join(ids[:_SHOWN])}{more}"
    latest = store.latest_alert_ids(_LATEST)
    if len(shortened) < SHORTEST and any(id.startswith(shortened) for id in latest):
        return f"there is no alert {given!r}; an id can be shortened to {SHORTEST} characters, not further"
    near = nearest_ids(shortened, latest)
    hint = f"the nearest ids are {', '.join(near)}" if near else "`gatewatch alerts` lists them"
    return f"there is no alert {given!r}; {hint}"


def nearest_ids(typed: str, ids: Iterable[str]) -> list[str]:
    """Up to three ids that look most like what was typed, each compared by as many characters as were typed."""
    beginnings = {id[: len(typed)]: id for id in ids}
    return [beginnings[near] for near in get_close_matches(typed, beginnings, n=3) if near]
