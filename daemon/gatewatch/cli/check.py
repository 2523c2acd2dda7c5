"""`gatewatch check`: is the configuration right?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from gatewatch.cli.check_database import check_database
from gatewatch.cli.settings_option import EX_CONFIG, config_option, load_as_service_or_exit, tell_and_exit
from gatewatch.reading import Reader
from gatewatch.service.checking import failing_tests, template_problems
from gatewatch.settings import InvalidSettings, Problem, learned, load, missing_secrets


@click.command()
@config_option
@click.option(
    "--secrets", is_flag=True, help="Also look whether this machine has the secrets that channels name."
)
@click.option("--tests", is_flag=True, help="Also run the tests of the rules.")
@click.option("--db", "database", is_flag=True, help="Check the database instead, also beside a running service.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as one JSON object.")
def command(config: Path, secrets: bool, tests: bool, database: bool, as_json: bool) -> None:
    """Check config.toml and rules/; silent when all is right.

    Every problem of every file is told at once, one a line: file:line:column, what is wrong, what to do.
    Exit 78 when there is one.

    With --db every page and every row of the database is looked at: one line for each row that is not as it should
    be, with what to do; exit 1 when there is one.
    """
    if database:
        check_database(load_as_service_or_exit(config), as_json=as_json)
        return
    problems = _problems(config, secrets=secrets, tests=tests)
    if as_json:
        click.echo(json.dumps({"problems": [_plain(problem) for problem in problems]}, ensure_ascii=False))
        sys.exit(EX_CONFIG if problems else 0)
    if problems:
        tell_and_exit(InvalidSettings(problems))


def _problems(config: Path, *, secrets: bool, tests: bool) -> tuple[Problem, ...]:
    try:
        settings = load(config)
    except InvalidSettings as error:
        return error.problems
    found = [*template_problems(settings)]
    if tests:
        found += failing_tests(settings, Reader(settings.vocabularies, settings.gazetteer, learned()))
    if secrets:
        found += missing_secrets(settings)
    return tuple(found)


def _plain(problem: Problem) -> dict[str, str | int]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "hint": problem.hint,
    }
