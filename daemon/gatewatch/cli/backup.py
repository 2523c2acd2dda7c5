"""`gatewatch backup`: the database in one file, while the service goes on."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option, load_as_service_or_exit
from gatewatch.cli.store_reading import local
from gatewatch.settings import Settings
from gatewatch.store import Contents, StoreError, back_up, database_path

#: In UTC: the order of the names is the order of time, also in the night when clocks are set back.
NAME = "gatewatch-%Y-%m-%dT%H%M.db"
OURS = re.compile(r"gatewatch-\d{4}-\d\d-\d\dT\d{4}\.db(\.zst)?")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@click.option("--compress", is_flag=True, help="Compress it (zstd); a FILE that ends in .zst always is.")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="Of the directory's backups, keep the newest N.")
@config_option
def command(file: Path, force: bool, compress: bool, keep: int | None, config: Path) -> None:
    """Write a copy of the database to FILE, while the service goes on.

    A directory as FILE gets a new file, named by the time in UTC, such as gatewatch-2026-11-26T1430.db. The copy is
    checked and on the disk before it gets its name. `gatewatch restore` puts it back. Config, rules and secrets are
    not in it.
    """
    if keep is not None and not file.is_dir():
        raise click.UsageError("--keep goes with a directory that exists")
    settings, now = load_as_service_or_exit(config), datetime.now(UTC)
    target = file / f"{now:{NAME}}{'.zst' if compress else ''}" if file.is_dir() else file
    database = database_path(settings.state_dir)
    if target.exists() and database.exists() and database.samefile(target):
        raise click.UsageError(f"{target} is the database itself")
    if target.exists() and not force:
        click.echo(f"{target} exists already; --force replaces it", err=True)
        sys.exit(1)
    try:
        contents = back_up(database, target, now, compress=compress or target.suffix == ".zst")
        click.echo(f"wrote {target}: {size_of(target)}, {told_contents(contents, settings)}")
        for old in _older(file, keep) if keep is not None else ():
            old.unlink()
            click.echo(f"deleted {old}")
    except (StoreError, OSError) as error:
        click.echo(error, err=True)
        sys.exit(1)


def size_of(file: Path) -> str:
    """For people."""
    size = file.stat().st_size
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.0f} kB"


def told_contents(contents: Contents, settings: Settings) -> str:
    """For people: how much, and up to when."""
    newest = f", the newest of {local(contents.newest_alert, settings)}" if contents.newest_alert else ""
    items, alerts = _counted(contents.items, "item"), _counted(contents.alerts, "alert")
    return f"{items}, {alerts}{newest}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _older(directory: Path, keep: int) -> list[Path]:
    """All backups in a directory but the newest; other files are none of our business."""
    ours = sorted(path for path in directory.iterdir() if OURS.fullmatch(path.name))
    return ours[:-keep]
