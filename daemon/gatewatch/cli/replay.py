"""`gatewatch replay`: stored items through the whole pipeline, on their own clock. A contract with scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from gatewatch.cli.contract import items_of, lines_of
from gatewatch.cli.rules_option import rules_alone
from gatewatch.model import Alert, Item, Source
from gatewatch.pipeline import Pipeline
from gatewatch.reading import Reader
from gatewatch.settings import learned
from gatewatch.store import Store

BATCH = 500
"""Items a transaction. Each is still read, matched and told on its own moment."""


@click.command("replay")
@click.argument("file")
@click.option("--rules", type=click.Path(path_type=Path), help="The folder of rules and words to go by.")
@click.option("--country", help="The home country of the outlet that the items come from (FI, EE, …).")
@click.option("--language", help="The language of the outlet, where the items don't tell it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an alert.")
def command(file: str, rules: Path | None, country: str | None, language: str | None, as_json: bool) -> None:
    """Let the items of FILE (JSONL, .gz or -) pass, in order, and show the alerts that they would have raised."""
    settings = rules_alone(rules)
    clock = _ItemClock()
    source = Source(id="replay", url="", name="replay", country=country, language=language)
    console = Console(highlight=False)
    with Store.open(None, durable=False) as store, lines_of(file) as lines:
        pipeline = Pipeline(settings, store, Reader(settings.vocabularies, settings.gazetteer, learned()), clock)
        seen = 0
        with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
            task = progress.add_task("items", total=None)
            for batch in _batches(item for item, _ in items_of(lines, file)):
                seen += len(batch)
                progress.update(task, completed=seen)
                for alert in pipeline.replay(batch, source, clock.set):
                    _tell(alert, console, as_json)
    if not as_json:
        console.print(f"\n{seen:,} items", style="dim")


class _ItemClock:
    """Shows the moment of the item that passes: its publication."""

    def __init__(self) -> None:
        self._now = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now

    def set(self, item: Item) -> None:
        self._now = item.published or self._now


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _tell(alert: Alert, console: Console, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(alert_row(alert), ensure_ascii=False))
        return
    what = alert.event or (f"count {alert.count}" if alert.count is not None else "words")
    console.print(
        f"{alert.at:%Y-%m-%d %H:%M}  {alert.severity.value:8}  {alert.country or '--'}  {what:22}  {alert.title}",
        markup=False,
    )


def alert_row(alert: Alert) -> dict[str, Any]:
    """An alert as one row of output."""
    return {
        "at": alert.at.isoformat().replace("+00:00", "Z"),
        "kind": alert.kind.value,
        "rule": alert.rule,
        "severity": alert.severity.value,
        "country": alert.country,
        "event": alert.event,
        "count": alert.count,
        "story": alert.story,
        "items": list(alert.items),
    }
