"""`gatewatch service print`: the unit, to be looked at or put somewhere by hand."""

from __future__ import annotations

from pathlib import Path

import click

from gatewatch.cli.service_place import config_option, fail, this_command
from gatewatch.service.unit import FAILURE, SERVICE, BadPath, unit


@click.command("print")
@click.option("--failure", is_flag=True, help="The unit that tells of a failure of the service.")
@config_option
def command(failure: bool, config_dir: Path) -> None:
    """Print the systemd unit of this installation."""
    try:
        click.echo(unit(FAILURE if failure else SERVICE, this_command(), config_dir), nl=False)
    except BadPath as error:
        fail(str(error))
