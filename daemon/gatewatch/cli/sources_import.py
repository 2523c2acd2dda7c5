"""`gatewatch sources import`: the feeds of an OPML into config.toml."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.sources_known import already
from gatewatch.cli.sources_writing import add_or_exit
from gatewatch.model import Source
from gatewatch.settings import Settings
from gatewatch.settings.editing import source_block
from gatewatch.settings.one_source import InvalidSource, source_of
from gatewatch.settings.source_ids import source_id
from gatewatch.sources.opml import BadOpml, Outline, read_opml

_LARGEST = 20_000_000  # bytes; ten thousand feeds are two million


@dataclass(slots=True)
class Sorted:
    """What becomes of the outlines: tables to add, how many are there already, and those left out, each with why."""

    new: list[Mapping[str, Any]] = field(default_factory=list)
    there: int = 0
    left_out: list[str] = field(default_factory=list)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Show what would be added, and add nothing.")
@config_option
def import_(file: Path, dry_run: bool, config: Path) -> None:
    """Add all feeds of an OPML file that are not polled yet. `gatewatch sources check` tells what they are worth.

    Ids are made from titles. Exit 1 when a feed of the file could not be taken.
    """
    settings = load_or_exit(config)
    sorted_ = _sorted(_outlines(file), settings, file)
    for complaint in sorted_.left_out:
        click.echo(complaint, err=True)
    if dry_run:
        for table in sorted_.new:
            click.echo(source_block(table))
    elif sorted_.new:
        add_or_exit(config, sorted_.new)
    verb = "would be added" if dry_run else "added"
    click.echo(f"{len(sorted_.new)} {verb}, {sorted_.there} there already, {len(sorted_.left_out)} left out")
    if sorted_.left_out:
        sys.exit(1)


def _outlines(file: Path) -> tuple[Outline, ...]:
    try:
        if file.stat().st_size > _LARGEST:
            raise BadOpml(0, f"larger than {_LARGEST:,} bytes: that is no list of feeds")
        outlines = read_opml(file.read_bytes())
        if not outlines:
            raise BadOpml(0, "names no feeds: no <outline> has an xmlUrl")
    except OSError as error:
        click.echo(f"{file}: can not be read: {error.strerror or error}", err=True)
    except BadOpml as error:
        click.echo(f"{file}:{error.line}: {error}" if error.line else f"{file}: {error}", err=True)
    else:
        return outlines
    sys.exit(1)


def _sorted(outlines: Sequence[Outline], settings: Settings, file: Path) -> Sorted:
    result = Sorted()
    polled: list[Source] = list(settings.sources)
    for outline in outlines:
        table = _table(outline, {source.id for source in polled})
        try:
            source = source_of(table, settings.every, settings.gazetteer)
        except InvalidSource as error:
            result.left_out.append(f"{file}:{outline.line}: left out: {error}")
            continue
        if already(source, polled):
            result.there += 1
        else:
            polled.append(source)
            result.new.append(table)
    return result


def _table(outline: Outline, taken: set[str]) -> dict[str, Any]:
    """Its own id where it comes from our export and is free; what is not said is left out."""
    own = outline.id if outline.id not in taken else ""
    told = {
        "id": own or source_id(outline.title, outline.url, taken),
        "name": outline.title,
        "url": outline.url,
        "country": outline.country,
        "language": outline.language,
        "official": outline.official,
        "every": outline.every,
        "full_text": outline.full_text,
    }
    return {key: value for key, value in told.items() if value}

