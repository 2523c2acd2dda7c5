"""`gatewatch sources`: what is polled, and what could be. One file a sub-command."""

from __future__ import annotations

import click

from gatewatch.cli.sources_add import add
from gatewatch.cli.sources_catalogue import catalogue
from gatewatch.cli.sources_check import check
from gatewatch.cli.sources_export import export
from gatewatch.cli.sources_import import import_
from gatewatch.cli.sources_status import status


@click.group()
def command() -> None:
    """Check, add, import and export what is polled."""


for each in (status, check, catalogue, add, import_, export):
    command.add_command(each)
