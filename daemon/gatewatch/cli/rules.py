"""`gatewatch rules`: test the rules by the texts that stand beside them, and list them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from gatewatch.cli.settings_option import config_option, load_or_exit, tell_and_exit
from gatewatch.model import Gazetteer, Rule, Source, Vocabulary
from gatewatch.reading import Reader
from gatewatch.rules import TestResult, run_tests, untested
from gatewatch.settings import InvalidSettings, learned, load_rules, load_words

rules_option = click.option(
    "--rules",
    "directory",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A directory of rules to use without a config.toml.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules to work on, and what their tests are read with."""

    rules: tuple[Rule, ...]
    vocabularies: tuple[Vocabulary, ...]
    gazetteer: Gazetteer
    sources: tuple[Source, ...] = ()


@click.group()
def command() -> None:
    """Test and list the rules."""


@command.command("test")
@click.argument("rule_ids", nargs=-1, metavar="[RULE_ID]...")
@rules_option
@config_option
@json_option
def test(rule_ids: tuple[str, ...], directory: Path | None, config: Path, as_json: bool) -> None:
    """Run the tests of all rules, or of those named. Exit 1 when one fails."""
    loaded = _load(directory, config)
    rules = _named(loaded.rules, rule_ids)
    reader = Reader(loaded.vocabularies, loaded.gazetteer, learned())
    results = run_tests(rules, reader.read, {source.id: source for source in loaded.sources})
    (_print_json if as_json else _print_results)(rules, results)
    if not all(result.passed for result in results):
        sys.exit(1)


@command.command("list")
@rules_option
@config_option
@json_option
def list_(directory: Path | None, config: Path, as_json: bool) -> None:
    """List the rules: what each says, how loud it is, and where it stands."""
    rules = _load(directory, config).rules
    if as_json:
        for rule in rules:
            click.echo(json.dumps(_described(rule), ensure_ascii=False))
        return
    table = Table(box=None, header_style="bold")
    for column in ("rule", "severity", "tests", "where"):
        table.add_column(column, no_wrap=True)
    table.add_column("says")
    for rule in rules:
        says = rule.says if rule.status == "active" else f"{rule.says} ({rule.status})"
        where = f"{Path(rule.path).name}:{rule.line}"
        table.add_row(rule.id, rule.severity, str(len(rule.tests)), where, says)
    Console().print(table)


def _load(directory: Path | None, config: Path) -> Loaded:
    if directory is not None:
        try:
            return Loaded(load_rules(directory), *load_words(directory))
        except InvalidSettings as error:
            tell_and_exit(error)
    settings = load_or_exit(config)
    return Loaded(settings.rules, settings.vocabularies, settings.gazetteer, settings.sources)


def _named(rules: Sequence[Rule], ids: Sequence[str]) -> tuple[Rule, ...]:
    known = [rule.id for rule in rules]
    for unknown in (id for id in ids if id not in known):
        near = get_close_matches(unknown, known, n=1)
        raise click.UsageError(f"no rule {unknown!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return tuple(rule for rule in rules if not ids or rule.id in ids)


def _print_results(rules: Sequence[Rule], results: Sequence[TestResult]) -> None:
    """Failures and doubts one by one, and one line of summary."""
    failed = [result for result in results if not result.passed]
    for result in failed:
        click.echo(f"{result.where}: {result.rule}: {result.title!r}")
        click.echo(f"    expected  {result.expected}")
        click.echo(f"    came      {result.came}")
        click.echo(f"    the text  {result.found}")
    for result in results:
        if result.doubt:
            click.echo(f"{result.where}: warning: {result.rule}: {result.title!r} {result.doubt}", err=True)
    for warning in untested(rules):
        click.echo(warning, err=True)
    if failed:
        click.echo(f"{len(failed)} of {len(results)} tests of {len(rules)} rules failed")
    else:
        click.echo(f"{len(results)} tests of {len(rules)} rules passed")


def _print_json(rules: Sequence[Rule], results: Sequence[TestResult]) -> None:
    told = {
        "rules": len(rules),
        "tests": len(results),
        "failed": [asdict(result) for result in results if not result.passed],
        "doubts": [asdict(result) for result in results if result.doubt],
        "untested": list(untested(rules)),
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _described(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "says": rule.says,
        "severity": rule.severity,
        "status": rule.status,
        "country": rule.country,
        "event": rule.event,
        "count": asdict(rule.count) if rule.count else None,
        "tests": len(rule.tests),
        "path": rule.path,
        "line": rule.line,
    }
