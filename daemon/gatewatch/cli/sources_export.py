"""`gatewatch sources export`: the feeds of config.toml as OPML."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.sources.opml import holds_a_key, write_opml


@click.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file. Default: standard output.")
@config_option
def export(output: Path | None, config: Path) -> None:
    """Write the feeds of config.toml as OPML 2.0, for feed readers and for `gatewatch sources import`.

    Pages and searches, which no feed reader could poll, are left out, and so is every address that holds a key.
    Standard error tells which.
    """
    settings = load_or_exit(config)
    keys = [source for source in settings.sources if source.kind == "feed" and holds_a_key(source.url)]
    feeds = [source for source in settings.sources if source.kind == "feed" and source not in keys]
    others = [source for source in settings.sources if source.kind != "feed"]
    for reason, left_out in (("no feeds", others), ("their address holds a key", keys)):
        if left_out:
            click.echo(f"left out, {reason}: {', '.join(source.id for source in left_out)}", err=True)
    text = write_opml(feeds, datetime.now(UTC), settings.every)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        click.echo(f"{output}: can not be written: {error.strerror or error}", err=True)
        sys.exit(1)
