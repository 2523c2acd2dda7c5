"""The store as commands that only look at it see it."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gatewatch.alerts.wording import one_line
from gatewatch.settings import Settings
from gatewatch.store import Store, StoreError, database_path


def open_or_exit(settings: Settings) -> Store:
    """The store, read-only, also while the service writes; or what is wrong with it, and exit code 1."""
    try:
        return Store.open(database_path(settings.state_dir), read_only=True)
    except StoreError as error:
        click.echo(error, err=True)
        sys.exit(1)


def iso(moment: datetime | None) -> str | None:
    """For JSON: ISO 8601 in UTC."""
    return None if moment is None else moment.isoformat()


def local(moment: datetime | None, settings: Settings) -> str:
    """For people: in the time zone of the settings, to the minute."""
    if moment is None:
        return "–"
    return f"{moment.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M}"


def console_for_people() -> Console:
    """Standard output. A pipe or a file has no width of its own; 80 columns would cut tables short."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def plain(text: object, style: str = "") -> Text:
    """A cell: what a feed wrote is neither markup nor control characters to the terminal."""
    return Text(one_line(str(text)), style=style)


def row(*cells: object, indent: int = 0) -> Text:
    """Cells beside each other on one line."""
    texts = [cell if isinstance(cell, Text) else plain(cell) for cell in cells]
    return Text(" " * indent) + Text("  ").join(texts)


def new_table(*columns: str, **options: Any) -> Table:
    """A table whose columns keep to one line, but for the last."""
    table = Table(box=None, header_style="bold", **options)
    for column in columns[:-1]:
        table.add_column(column, no_wrap=True)
    table.add_column(columns[-1], overflow="fold")
    return table
