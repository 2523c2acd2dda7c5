"""`gatewatch service uninstall`: the way back."""

from __future__ import annotations

from pathlib import Path

import click

from gatewatch.cli.service_place import fail, machine, root_option
from gatewatch.service.installing import CannotInstall, belongings, configured, delete, uninstall


@click.command("uninstall")
@click.option("--purge", is_flag=True, help="Also delete the configuration, the secrets and the database.")
@click.option("--yes", is_flag=True, help="Do not ask before --purge deletes.")
@root_option
def command(purge: bool, yes: bool, root: Path | None) -> None:
    """Stop and disable the service and remove its units. Configuration and database stay without --purge."""
    target = machine(root)
    config_dir, theirs = configured(target), belongings(target)
    try:
        if purge and theirs:
            click.echo("To be deleted:")
            for path in theirs:
                click.echo(f"  {path}")
            if not yes:
                click.confirm("Delete all this?", abort=True)
        for path in uninstall(target):
            click.echo(f"Removed {path}")
        if purge:
            _delete(theirs, target.at(config_dir))
        else:
            for path in theirs:
                click.echo(f"Kept {path}")
    except CannotInstall as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")


def _delete(paths: list[Path], config_dir: Path) -> None:
    for path in paths:
        delete(path)
        click.echo(f"Deleted {path}")
    if config_dir.is_dir():
        if any(config_dir.iterdir()):
            click.echo(f"Kept {config_dir}: there is more in it")
        else:
            config_dir.rmdir()
