"""`gatewatch read`: what items say, one JSON line each. A contract with measuring scripts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gatewatch.cli.contract import items_of, lines_of, reading_row, source_of
from gatewatch.cli.rules_option import reader_or_exit


@click.command("read")
@click.argument("file")
@click.option("--rules", type=click.Path(path_type=Path), help="The folder of rules and words to read by.")
def command(file: str, rules: Path | None) -> None:
    """Read items from FILE (JSONL, .gz, or - for standard input): one JSON line of events and counts each."""
    reader = reader_or_exit(rules)
    with lines_of(file) as lines:
        for item, row in items_of(lines, file):
            reading = reader.read(item, source_of(row))
            click.echo(json.dumps(reading_row(item.id, reading), ensure_ascii=False))
