"""`gatewatch sources check`: is every source what it should be?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.sources_known import configured_or_catalogued
from gatewatch.cli.sources_probes import described, judged, show, tried
from gatewatch.cli.store_reading import console_for_people


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a source.")
def check(ids: tuple[str, ...], config: Path, as_json: bool) -> None:
    """Ask each source once and tell plainly what it gives. Stores nothing.

    All sources of config.toml, or those with these IDs, which may be of the catalogue as well. Exit 1 when one of
    them is not fine.
    """
    settings = load_or_exit(config)
    results = judged(tried(configured_or_catalogued(ids, settings), settings), settings)
    console = console_for_people()
    for result in results:
        if as_json:
            click.echo(json.dumps(described(result), ensure_ascii=False))
        else:
            show(result, console)
    wanting = [result for result in results if not result.fine]
    if not as_json and len(results) > 1:
        click.echo(f"{len(results) - len(wanting)} of {len(results)} sources are fine")
    if wanting:
        sys.exit(1)
