"""`gatewatch init`: files to start from."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from gatewatch.settings import shipped_config, shipped_rules


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
def command(directory: Path) -> None:
    """Write a config.toml and rules/ to start from into DIRECTORY (default: here).

    Overwrites nothing: when one of the files is there already, it names them and ends with exit 1.
    """
    copies = _copies(directory)
    there = [target for target in copies.values() if target.exists()]
    if there:
        for target in there:
            click.echo(f"{target}: there already", err=True)
        click.echo("Nothing was written. Name another directory, or move these away.", err=True)
        sys.exit(1)
    try:
        for shipped, target in copies.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shipped, target)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}", err=True)
        sys.exit(1)
    click.echo(_next_steps(directory))


def _copies(directory: Path) -> dict[Path, Path]:
    """Each shipped file and where it goes."""
    rules = shipped_rules()
    files = {path: directory / "rules" / path.relative_to(rules) for path in sorted(rules.rglob("*.toml"))}
    return {shipped_config(): directory / "config.toml", **files}


def _next_steps(directory: Path) -> str:
    config = directory / "config.toml"
    given = "" if directory == Path() else f" --config {config}"
    return "\n".join(
        (
            f"Wrote {config} and {directory / 'rules'}/. Now:",
            f"  1. look through {config}: time zone, sources, and the channel that alerts go to",
            f"  2. gatewatch check{given}",
            f"  3. gatewatch run{given}",
        )
    )
