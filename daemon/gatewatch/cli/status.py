"""`gatewatch status`: the daemon, sources, outbox and notices at a glance."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.status_facts import look
from gatewatch.cli.status_view import described, in_one_line, show
from gatewatch.cli.store_reading import open_or_exit


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--brief", is_flag=True, help="Print one line.")
def command(config: Path, as_json: bool, brief: bool) -> None:
    """Show the daemon, sources, outbox and notices at a glance.

    Exit 1 when no daemon runs or a part of it hangs, a source is broken, a channel does not deliver, a delivery failed
    in the last seven days, the disk is nearly full, or the audit finds something else that is not in order.
    """
    if as_json and brief:
        raise click.UsageError("either --json or --brief")
    settings = load_or_exit(config)
    with open_or_exit(settings) as store:
        status = look(store, settings, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(described(status), ensure_ascii=False))
    elif brief:
        click.echo(in_one_line(status))
    else:
        show(status, settings)
    if not status.well:
        sys.exit(1)
