"""`gatewatch explain`: the text with its cues, what each claim came to and why, and what each rule said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from gatewatch.cli.contract import items_of, lines_of, reading_row, source_of
from gatewatch.cli.explain_item import Stored, look_up, rows, show
from gatewatch.cli.rules_option import reader_or_exit, rules_or_exit
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.history import level_before
from gatewatch.model import (
    Item,
    Level,
    Match,
    Per,
    Reading,
    Refusal,
    Source,
    Unit,
    UsualLevel,
    nothing_is_usual,
)
from gatewatch.reading.folding import normalise
from gatewatch.rules import RuleSet
from gatewatch.settings import Settings
from gatewatch.store import Store, StoreError, database_path

COLOURS = {
    "close": "bold red",
    "closed": "red",
    "closing": "red",
    "stop": "bold red",
    "open": "bold green",
    "opened": "green",
    "opening": "green",
    "keep": "cyan",
    "extend": "bold magenta",
    "restrict": "bold yellow",
    "restriction": "yellow",
    "checks": "yellow",
    "ban_entry": "yellow",
    "border": "bold",
    "crossing": "bold",
    "decided": "bold blue",
    "possible": "italic cyan",
    "demand": "italic cyan",
    "condition": "italic cyan",
    "undecided": "italic cyan",
    "not": "underline red",
    "no_need": "underline red",
    "rule_out": "underline red",
    "not_rule_out": "italic cyan",
    "asylum_seekers": "magenta",
    "migrants": "magenta",
    "irregular": "magenta",
}
"""The cues that decide, each in its colour. Time and grammar words are left plain."""


@click.command("explain")
@click.argument("what")
@click.option("--rules", type=click.Path(path_type=Path), help="The folder of rules and words to read by.")
@config_option
@click.option("--country", help="The home country of the outlet (FI, EE, …), for a text.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the text; today by default."
)
@click.option("--json", "as_json", is_flag=True, help="The reading and the rules' verdicts as JSON.")
def command(
    what: str, rules: Path | None, config: Path, country: str | None, day: datetime | None, as_json: bool
) -> None:
    """Show what WHAT says and why: a TEXT, the id of a stored ITEM, or a FILE of items (JSONL)."""
    settings, stored = _stored(what, config)
    folder = rules or (settings.rules_dir if settings else None)
    usual = _usual(config)
    console = Console(highlight=False)
    if settings and stored and not as_json:
        show(console, stored, settings)
    found = _items(what, stored, country, day)
    reader = reader_or_exit(folder)
    ruleset = RuleSet(rules_or_exit(folder))
    for item, source in found:
        reading = reader.read(item, source, explain=True)
        verdicts = ruleset.explain(item, source, reading, usual(item))
        if as_json:
            row = reading_row(item.id, reading)
            row["steps"] = [{"verdict": s.verdict, "what": s.what, "why": s.why} for s in reading.steps]
            row["rules"] = [_verdict_row(verdict) for verdict in verdicts]
            row["outcomes"] = rows(stored) if stored else []
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _show(console, item, reading, verdicts)


def _items(what: str, stored: Stored | None, country: str | None, day: datetime | None) -> list[tuple[Item, Source]]:
    """A file's items, the stored item of that id, or the words themselves as a headline and its text."""
    if stored is not None:
        if stored.item is None:
            raise click.ClickException(
                "the text of this item was deleted after its time ([retention] in config.toml)"
            )
        return [(stored.item, stored.source)]
    if what == "-" or (len(what) < 500 and "\n" not in what and Path(what).is_file()):
        with lines_of(what) as lines:
            return [(item, source_of(row)) for item, row in items_of(lines, what)]
    moment = (day or datetime.now(UTC)).replace(tzinfo=UTC, hour=12)
    title, _, text = what.partition("\n")
    return [
        (Item("text", "text", title, summary=text, published=moment), Source("text", "", country=country))
    ]


def _stored(what: str, config: Path) -> tuple[Settings | None, Stored | None]:
    """The item of that id with the settings that it is explained by, where a database is at hand and knows it."""
    if not what.isalnum() or not config.is_file():
        return None, None
    settings = load_or_exit(config)
    try:
        with Store.open(database_path(settings.state_dir), read_only=True) as store:
            stored = look_up(store, what, settings)
    except StoreError:
        return None, None
    return (settings, stored) if stored else (None, None)


def _usual(config: Path) -> Callable[[Item], UsualLevel]:
    """What was usual at the time of an item, where a database is at hand."""
    if not config.is_file():
        return lambda _: nothing_is_usual

    @cache  # settings are loaded only where a rule asks
    def path() -> Path:
        return database_path(load_or_exit(config).state_dir)

    def level_at(item: Item) -> UsualLevel:
        day = (item.dated or datetime.now(UTC)).date()

        def level(country: str, unit: Unit, per: Per) -> Level:
            try:
                with Store.open(path(), read_only=True) as store:
                    return level_before(store, day)(country, unit, per)
            except StoreError:
                return Level()

        return level

    return level_at


def _show(console: Console, item: Item, reading: Reading, verdicts: tuple[Match | Refusal, ...]) -> None:
    console.print(_marked(item.title, reading, "title"), style="bold")
    if item.text:
        console.print(_marked(item.text, reading, "text"))
    console.print(f"\n[dim]language[/] {reading.language}")
    for step in reading.steps:
        colour = {"kept": "green", "added": "green", "weakened": "yellow", "dropped": "dim"}[step.verdict]
        text = normalise(item.title if step.span.field == "title" else item.text)
        quote = text[step.span.start : step.span.end]
        console.print(f"[{colour}]{step.verdict:9}[/] {escape(step.what)}: {escape(step.why)}")
        console.print(f"          [dim]“{escape(quote)}”[/]")
    for count in reading.counts:
        about = "about " if count.approximate else ""
        mark = " (background)" if count.background else ""
        high = f"–{count.value_max}" if count.value_max else ""
        unit = count.unit.value.replace("_", " ")
        console.print(
            f"[magenta]count[/]     {count.country} {about}{count.value}{high} {unit}, {count.per}{mark}"
        )
    for verdict in verdicts:
        if isinstance(verdict, Match):
            console.print(f"[bold green]fires[/]     {escape(verdict.rule)} ({verdict.severity})")
        else:
            console.print(f"[dim]silent    {escape(verdict.rule)}: {escape(verdict.why)}[/]")
    console.print()


def _marked(text: str, reading: Reading, field: str) -> Text:
    """The text with its deciding cues in colour."""
    shown = Text(normalise(text))
    for cue in reading.cues:
        if cue.span.field == field and cue.concept in COLOURS:
            shown.stylize(COLOURS[cue.concept], cue.span.start, cue.span.end)
    return shown


def _verdict_row(verdict: Match | Refusal) -> dict[str, object]:
    if isinstance(verdict, Match):
        return {"rule": verdict.rule, "fires": True}
    return {"rule": verdict.rule, "fires": False, "clause": verdict.clause, "why": verdict.why}
