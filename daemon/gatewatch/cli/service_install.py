"""`gatewatch service install`: units and configuration for systemd."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gatewatch.cli.service_place import config_option, fail, machine, root_option, this_command
from gatewatch.service.installing import CannotInstall, install
from gatewatch.service.unit import SERVICE, BadPath, refuse_hidden


@click.command("install")
@config_option
@click.option("--now", is_flag=True, help="Also enable and start it; restart it where it runs.")
@root_option
def command(config_dir: Path, now: bool, root: Path | None) -> None:
    """Install the systemd units, and a configuration to start from where there is none.

    Overwrites nothing in DIR. Without --now nothing is started.
    """
    target, script = machine(root), this_command()
    try:
        if root is None:
            refuse_hidden((script, Path(sys.prefix), Path(sys.executable), config_dir))
        for line in install(target, script, config_dir):
            click.echo(line)
        if now:
            target.systemctl("enable", SERVICE)
            target.systemctl("restart", SERVICE)
    except (BadPath, CannotInstall) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    click.echo("Enabled and started." if now else _next_steps(config_dir))


def _next_steps(config_dir: Path) -> str:
    config = config_dir / "config.toml"
    return "\n".join(
        (
            "Now:",
            f"  1. look through {config}: time zone, sources, and the channel that alerts go to",
            f"  2. gatewatch check --secrets --config {config}",
            "  3. systemctl enable --now gatewatch",
        )
    )
