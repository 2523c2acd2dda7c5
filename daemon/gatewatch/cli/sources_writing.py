"""Further sources into config.toml, or the reason why not."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from gatewatch.cli.settings_option import tell_and_exit
from gatewatch.settings import InvalidSettings
from gatewatch.settings.editing import CannotEdit, add_sources


def add_or_exit(config: Path, tables: Sequence[Mapping[str, Any]]) -> None:
    """Adds and says so; or leaves the file as it was, says why, and ends the command."""
    try:
        add_sources(config, tables)
    except InvalidSettings as error:
        click.echo(f"Nothing was added, because {config} would not be right:", err=True)
        tell_and_exit(error)
    except CannotEdit as error:
        click.echo(error, err=True)
        sys.exit(1)
    for table in tables:
        click.echo(f"added {table['id']} to {config}")
    click.echo("Polled from the next start of `gatewatch run` on; the first poll tells nothing.")
