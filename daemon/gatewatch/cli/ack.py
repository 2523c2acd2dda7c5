"""`gatewatch ack`: somebody has taken note of an alert."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from gatewatch.alerts.wording import one_line
from gatewatch.cli.one_alert import alert_or_exit, open_to_write_or_exit
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import iso, local
from gatewatch.settings import Settings
from gatewatch.store import Ack

_LONGEST_NAME = 80
_LONGEST_NOTE = 1000


@click.command()
@click.argument("alert_id", metavar="ALERT")
@click.option("--by", metavar="NAME", help="Who acknowledges it. Default: your user name.")
@click.option("--note", metavar="TEXT", default="", help="What others should know.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(alert_id: str, by: str | None, note: str, config: Path, as_json: bool) -> None:
    """Acknowledge an alert: you have taken note of it.

    ALERT is its id, or the first four characters of it or more. Who was first stands; a second one is told who it was.
    """
    who = one_line(by if by is not None else login_name())[:_LONGEST_NAME]
    if not who:
        raise click.BadParameter("a name, so that others know whom to ask", param_hint="--by")
    settings = load_or_exit(config)
    with open_to_write_or_exit(settings) as store:
        alert = alert_or_exit(store, alert_id)
        mine = Ack(alert.id, datetime.now(UTC), who, one_line(note)[:_LONGEST_NOTE])
        with store.transaction():
            stands = store.acknowledge(mine)
            for id in alert.about:  # whoever has read a digest or a reminder knows what it is about
                store.acknowledge(replace(mine, alert=id))
    if as_json:
        told = {"alert": alert.id, "first": stands == mine, "acknowledged": described_ack(stands)}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif stands == mine:
        click.echo(f"{alert.id} is acknowledged by {who}: {one_line(alert.title)}")
    else:
        click.echo(f"{alert.id} was acknowledged already: {told_ack(stands, settings)}")


def told_ack(ack: Ack, settings: Settings) -> str:
    """For people: who, when, and the note."""
    note = f": {ack.note}" if ack.note else ""
    return f"{ack.by}, {local(ack.at, settings)}{note}"


def described_ack(ack: Ack | None) -> dict[str, Any] | None:
    """For JSON."""
    return None if ack is None else {"at": iso(ack.at), "by": ack.by, "note": ack.note}


def login_name() -> str:
    """Whoever typed it, also behind sudo; empty where the machine has no name for them."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number that no name belongs to
        return ""
