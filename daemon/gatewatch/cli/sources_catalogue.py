"""`gatewatch sources catalogue`: the sources that Gatewatch knows of."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from gatewatch.catalogue import CatalogueEntry, read_catalogue
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.sources_known import already
from gatewatch.cli.store_reading import console_for_people, new_table
from gatewatch.settings import Settings
from gatewatch.settings.one_source import source_of


@click.command()
@click.option("--country", metavar="CODE", help="Only those whose country is CODE, as in FI.")
@click.option("--language", metavar="CODE", help="Only those in this language, as in fi.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a source.")
def catalogue(country: str | None, language: str | None, config: Path, as_json: bool) -> None:
    """List the sources that Gatewatch knows of, and which of them are polled.

    `gatewatch sources add ID` takes one over. Confidence is how sure the address is. Exit 1 when none fits.
    """
    settings = load_or_exit(config)
    wanted = {"country": country and country.upper(), "language": language and language.lower()}
    entries = [entry for entry in read_catalogue() if _fits(entry, wanted)]
    polled = {entry.id: _polled_as(entry, settings) for entry in entries}
    if as_json:
        for entry in entries:
            click.echo(json.dumps(_described(entry, polled[entry.id]), ensure_ascii=False))
    elif entries:
        _print(entries, polled)
    if not entries:
        click.echo("the catalogue has no such source; without options it lists all", err=True)
        sys.exit(1)


def _fits(entry: CatalogueEntry, wanted: Mapping[str, str | None]) -> bool:
    return all(value is None or entry.table.get(key) == value for key, value in wanted.items())


def _polled_as(entry: CatalogueEntry, settings: Settings) -> str | None:
    """The id of the source in config.toml that is this one."""
    there = already(source_of(entry.table, settings.every), settings.sources)
    return there.id if there else None


def _print(entries: Sequence[CatalogueEntry], polled: Mapping[str, str | None]) -> None:
    table = new_table("polled", "id", "country", "language", "official", "confidence", "kind", "name")
    for entry in entries:
        told = entry.table
        there = polled[entry.id]
        table.add_row(
            "" if there is None else "yes" if there == entry.id else f"as {there}",
            entry.id,
            told.get("country", "–"),
            told.get("language", "–"),
            "yes" if told.get("official") else "",
            entry.confidence,
            told.get("kind", "feed"),
            told["name"] + (f". {entry.notes}" if entry.notes else ""),
        )
    console_for_people().print(table)


def _described(entry: CatalogueEntry, polled: str | None) -> dict[str, Any]:
    told = {"kind": "feed", "country": None, "language": None, "official": False, **entry.table}
    return told | {"confidence": entry.confidence, "notes": entry.notes, "configured_as": polled}
