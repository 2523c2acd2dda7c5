"""What the sub-commands of `gatewatch service` have in common: where this Gatewatch is, and where it is put."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

import click

from gatewatch.service.installing import Machine

PACKAGED = Path("/usr/bin/gatewatch")

config_option = click.option(
    "--config",
    "config_dir",
    metavar="DIR",
    default="/etc/gatewatch",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    callback=lambda _context, _option, given: given.absolute(),
    help="The directory of config.toml, rules/ and secrets/.",
)

root_option = click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Write below this directory instead of /, and leave systemd alone.",
)


def this_command() -> Path:
    """The `gatewatch` of this installation, as a unit has to name it; the package's has a shorter name beside it."""
    script = Path(sysconfig.get_path("scripts")) / "gatewatch"
    if PACKAGED.exists() and PACKAGED.resolve() == script.resolve():
        return PACKAGED
    if not script.exists():
        fail(f"{script} is not there: how was Gatewatch installed? `pip install` writes it")
    return script


def machine(root: Path | None) -> Machine:
    """The machine to change. Ends with exit 1 where it has no systemd, or this is not root."""
    if root is not None:
        return Machine(root.absolute())
    if not Path("/run/systemd/system").is_dir():
        fail("systemd does not run this machine. docs/installing.md says what to do without it")
    if os.geteuid() != 0:
        fail("only root may do this: sudo gatewatch service …")
    return Machine()


def fail(why: str) -> NoReturn:
    """Ends with exit 1."""
    click.echo(f"gatewatch: {why}", err=True)
    sys.exit(1)
