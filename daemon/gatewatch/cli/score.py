"""`gatewatch score`: how well labelled texts are read. For people who tune words."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from gatewatch.cli.floors import floors_or_exit, floors_under
from gatewatch.cli.labels import Labelled, labelled, predicted
from gatewatch.cli.rules_option import reader_or_exit
from gatewatch.cli.store_reading import console_for_people, new_table, plain
from gatewatch.cli.store_reading import row as line
from gatewatch.model import Count, Event
from gatewatch.reading import Reader
from gatewatch.reading.scoring import Compared, Judged, Said, Score, Tally, below, figures, score

TABLES = ("type", "lang", "country")


@click.command("score")
@click.argument("gold")
@click.option("--rules", type=click.Path(path_type=Path), help="The folder of rules and words to read by.")
@click.option("--predicted", "answers", help="Answers of another reader (JSONL) to score instead.")
@click.option("--rules-alone", "alone", is_flag=True, help="Read without the second look by learned weights.")
@click.option("--errors", "shown", type=click.IntRange(min=0), default=20, show_default=True, help="How many to list.")
@click.option("--by", type=click.Choice(TABLES), multiple=True, help="Only this table; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all errors.")
@click.option("--floors", type=click.Path(path_type=Path), help="The least that figures have to be (TOML).")
@click.option("--print-floors", is_flag=True, help="Print floors a little under these figures, and nothing else.")
def command(
    gold: str,
    rules: Path | None,
    answers: str | None,
    alone: bool,
    shown: int,
    by: tuple[str, ...],
    as_json: bool,
    floors: Path | None,
    print_floors: bool,
) -> None:
    """Measure how well the labelled texts of GOLD (JSONL, .gz, or - for standard input) are read.

    Exit 1 when a figure is below its floor.
    """
    if answers is not None and (rules is not None or alone):
        changes = "--rules" if rules is not None else "--rules-alone"
        raise click.UsageError(f"--predicted scores what was read already: {changes} would change nothing")
    least = floors_or_exit(floors) if floors else {}
    texts = labelled(gold)
    if answers:
        measured = by_answers(texts, predicted(answers))
    else:
        measured = by_reading(texts, reader_or_exit(rules, second_look=not alone))
    if print_floors:
        click.echo("\n".join(floors_under(figures(measured))))
    elif as_json:
        click.echo(json.dumps(_described(measured), ensure_ascii=False, indent=1))
    else:
        _print(console_for_people(), measured, by or TABLES, shown)
    _exit_if_below(figures(measured), least)


def by_reading(texts: list[Labelled], reader: Reader) -> Score:
    """The score of a reader."""
    readings = ((text, reader.read(text.item, text.source)) for text in texts)
    return score(_compared(text, Said(reading.events, reading.counts)) for text, reading in readings)


def by_answers(texts: list[Labelled], answers: Mapping[str, Said]) -> Score:
    """The score of answers by the ids of their texts. No answer is one that says nothing."""
    return score(_compared(text, answers.get(text.item.id, Said())) for text in texts)


def _compared(text: Labelled, read: Said) -> Compared:
    return Compared(text.item.id, text.language, text.item.title, labels=text.said, read=read)


def _exit_if_below(measured: Mapping[str, float], floors: Mapping[str, float]) -> None:
    fallen = below(measured, floors)
    for name in fallen:
        figure = f"is {measured[name]:.3f}" if name in measured else "was not measured: no label and no answer is of it"
        click.echo(f"below its floor: {name} {figure}; the floor is {floors[name]:.3f}", err=True)
    if fallen:
        sys.exit(1)


def _print(console: Console, measured: Score, by: tuple[str, ...], shown: int) -> None:
    right, wrong = measured.dates
    silent, spoken = measured.negatives
    console.print(f"{len(measured.texts)} texts\n", style="bold")
    _print_tallies(console, "", _whole(measured))
    console.print(f"\n dates      {right} right, {wrong} wrong")
    console.print(f" negatives  {spoken} of {silent} with a false answer")
    for name in by:
        console.print()
        _print_tallies(console, name, _table(measured, name))
    errors = _errors(measured)
    if shown and errors:
        console.print()
        _print_errors(console, errors[:shown])
    if len(errors) > shown:
        console.print(f"\n{len(errors) - shown} more errors: --errors {len(errors)} lists all", style="dim")


def _whole(measured: Score) -> dict[str, Tally]:
    return {
        "events": measured.events,
        "closure_announced": measured.closure_announced,
        "counts": measured.counts,
        "crossings": measured.crossings,
    }


def _table(measured: Score, by: str) -> dict[str, Tally]:
    return {"type": measured.by_type, "lang": measured.by_language, "country": measured.by_country}[by]


def _print_tallies(console: Console, name: str, tallies: Mapping[str, Tally]) -> None:
    table = new_table(name)
    for column in ("precision", "recall", "F1", "found", "false", "missed"):
        table.add_column(column, justify="right", no_wrap=True)
    for label, tally in tallies.items():
        shares = (f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1))
        table.add_row(plain(label), *shares, str(tally.found), str(tally.false), str(tally.missed))
    console.print(table)


def _print_errors(console: Console, errors: list[Judged[Event] | Judged[Count]]) -> None:
    """What was missed or false, in the order of the texts; under it the headline and the words it rests on."""
    for error in errors:
        row = _error_row(error)
        style = "yellow" if error.read is None else "red"
        what = plain(f"{row['id']} {row['country']} {row['what']}", "bold")
        verdict = plain(row["error"], style)
        verdict.align("left", len("missed"))
        console.print(line(verdict, what, row["title"]), soft_wrap=True)
        if row["says"]:
            console.print(line(plain(f"“{row['says']}”", "dim"), indent=len("missed  ")), soft_wrap=True)


def _errors(measured: Score) -> list[Judged[Event] | Judged[Count]]:
    judged: list[Judged[Event] | Judged[Count]] = [*measured.judged_events, *measured.judged_counts]
    place = {text.id: number for number, text in enumerate(measured.texts)}
    wrong = [each for each in judged if each.label is None or each.read is None]
    return sorted(wrong, key=lambda each: place[each.text.id])


def _error_row(error: Judged[Event] | Judged[Count]) -> dict[str, str]:
    fact = error.fact
    return {
        "error": "missed" if error.read is None else "false",
        "id": error.text.id,
        "country": fact.country,
        "what": fact.type.value if isinstance(fact, Event) else f"count {fact.value}",
        "title": error.text.title,
        "says": fact.says,
    }


def _described(measured: Score) -> dict[str, Any]:
    right, wrong = measured.dates
    silent, spoken = measured.negatives
    return {
        "texts": len(measured.texts),
        **{name: _tally_row(tally) for name, tally in _whole(measured).items()},
        "dates": {"right": right, "wrong": wrong},
        "negatives": {"texts": silent, "with_a_false_answer": spoken},
        **{by: {name: _tally_row(tally) for name, tally in _table(measured, by).items()} for by in TABLES},
        "errors": [_error_row(error) for error in _errors(measured)],
    }


def _tally_row(tally: Tally) -> dict[str, float]:
    return {
        "precision": round(tally.precision, 3),
        "recall": round(tally.recall, 3),
        "f1": round(tally.f1, 3),
        "found": tally.found,
        "false": tally.false,
        "missed": tally.missed,
    }
