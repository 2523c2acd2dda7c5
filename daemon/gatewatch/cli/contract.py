"""Items in and readings out as the measuring scripts know them. Must not change without notice.

In: one JSON object a line with `id`, `title`, `text` or `summary`, and where known `lang`, `date` or
`published`, `source_country`, `official`. Out: `id`, `lang`, `events`, `counts`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from gatewatch.model import Count, Event, Item, Reading, Source


@contextmanager
def lines_of(path: str) -> Iterator[IO[str]]:
    """The lines of a file, of a gzipped one (`.gz`), or of standard input (`-`)."""
    if path == "-":
        yield sys.stdin
        return
    file = Path(path)
    if not file.is_file():
        raise click.UsageError(f"there is no file {path}")
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path}: not UTF-8 text: {error.reason}") from None
    except (gzip.BadGzipFile, EOFError) as error:
        raise click.ClickException(f"{path}: not a gzipped file: {error}") from None


def items_of(lines: IO[str], path: str) -> Iterator[tuple[Item, dict[str, Any]]]:
    """The items of a JSONL file, each with its raw row. A line that is no item stops with its number."""
    for where, row in rows_of(lines, path):
        try:
            yield item_of(row), row
        except (ValueError, KeyError, TypeError) as error:
            what = f"missing {error}" if isinstance(error, KeyError) else error
            raise click.ClickException(f"{where}: this line is no item: {what}") from None


def rows_of(lines: IO[str], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a JSONL file, each with its place (file:line). A line that is none stops with its number."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{where}: this line is no item: {error}") from None
        if not isinstance(row, dict):
            raise click.ClickException(f"{where}: this line is no item: not an object")
        yield where, row


def item_of(row: dict[str, Any]) -> Item:
    """One row as an item. A date without a time is noon UTC, which is that day in all of Europe."""
    return Item(
        id=str(row["id"]),
        source=str(row.get("source", "file")),
        title=row["title"],
        summary=row.get("text") or row.get("summary") or "",
        url=row.get("url") or "",
        key=str(row["id"]),
        published=_moment(row.get("published") or row.get("date")),
        seen=datetime(1970, 1, 1, 12, tzinfo=UTC),
        language=row.get("lang"),
    )


def source_of(row: dict[str, Any]) -> Source:
    """The outlet that a row comes from, as far as the row tells."""
    official = bool(row.get("official")) or row.get("source_kind") == "official"
    return Source(
        id=str(row.get("source", "file")),
        url="",
        country=row.get("source_country"),
        language=row.get("lang"),
        official=official,
    )


def reading_row(id: str, reading: Reading) -> dict[str, Any]:
    """A reading as one row of output."""
    return {
        "id": id,
        "lang": reading.language,
        "events": [event_row(event) for event in reading.events],
        "counts": [count_row(count) for count in reading.counts],
    }


def event_row(event: Event) -> dict[str, Any]:
    return {
        "country": event.country,
        "neighbour": event.neighbour,
        "type": event.type.value,
        "crossings": list(event.crossings),
        "scope": event.scope.value,
        "from": event.since.isoformat() if event.since else None,
        "until": event.until.isoformat() if event.until else None,
        "background": event.background,
        "evidence": event.says,
    }


def count_row(count: Count) -> dict[str, Any]:
    return {
        "country": count.country,
        "value": count.value,
        "value_max": count.value_max,
        "approx": count.approximate,
        "unit": count.unit.value,
        "per": count.per.value,
        "period": count.period,
        "background": count.background,
        "evidence": count.says,
    }


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if len(text) == len("2023-11-22"):
        moment = moment.replace(hour=12)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
