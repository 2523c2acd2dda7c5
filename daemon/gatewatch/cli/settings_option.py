"""`--config`, the same for every command, and what happens when the file is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from gatewatch.settings import InvalidSettings, Settings, load, load_or_last_good

EX_CONFIG = 78
HERE = Path("config.toml")
SYSTEM = Path("/etc/gatewatch/config.toml")


def _found(_context: click.Context, _option: click.Parameter, given: Path | None) -> Path:
    if given is not None:
        return given
    return SYSTEM if SYSTEM.exists() and not HERE.exists() else HERE


config_option = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    envvar="GATEWATCH_CONFIG",
    callback=_found,
    help=f"The settings. Default: $GATEWATCH_CONFIG, else ./{HERE}, else {SYSTEM}.",
)


def load_or_exit(path: Path) -> Settings:
    """The settings; or their problems on standard error, one a line, and exit code 78."""
    try:
        return load(path)
    except InvalidSettings as error:
        tell_and_exit(error)


def load_as_service_or_exit(path: Path) -> Settings:
    """What a service would start with: a broken rule file is in nobody's way where rules don't matter."""
    try:
        return load_or_last_good(path).settings
    except InvalidSettings as error:
        tell_and_exit(error)


def tell_and_exit(invalid: InvalidSettings) -> NoReturn:
    """For commands that load less than all settings."""
    for problem in invalid.problems:
        click.echo(problem, err=True)
    sys.exit(EX_CONFIG)
