"""`gatewatch check`: is the configuration right?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gatewatch.alerts.trying_templates import faults_in
from gatewatch.cli.settings_option import EX_CONFIG, config_option, tell_and_exit
from gatewatch.settings import InvalidSettings, Problem, Settings, load, missing_secrets


@click.command()
@config_option
@click.option(
    "--secrets", is_flag=True, help="Also look whether this machine has the secrets that channels name."
)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as one JSON object.")
def command(config: Path, secrets: bool, as_json: bool) -> None:
    """Check config.toml and rules/; silent when all is right.

    Every problem of every file is told at once, one a line: file:line:column, what is wrong, what to do.
    Exit 78 when there is one.
    """
    problems = _problems(config, secrets=secrets)
    if as_json:
        click.echo(json.dumps({"problems": [_plain(problem) for problem in problems]}, ensure_ascii=False))
        sys.exit(EX_CONFIG if problems else 0)
    if problems:
        tell_and_exit(InvalidSettings(problems))


def _problems(config: Path, *, secrets: bool) -> tuple[Problem, ...]:
    try:
        settings = load(config)
    except InvalidSettings as error:
        return error.problems
    found = tuple(_templates(settings))
    return (*found, *missing_secrets(settings)) if secrets else found


def _templates(settings: Settings) -> Iterator[Problem]:
    """What is wrong with the user's own templates: each is tried on alerts of every kind."""
    folder = settings.templates
    if folder is None:
        return
    if not folder.is_dir():
        yield Problem(folder, 0, 0, "no such folder, though `templates` names it", "Make it, or drop the line")
        return
    for fault in faults_in(folder):
        yield Problem(fault.path, fault.line, 1 if fault.line else 0, fault.what, fault.hint)


def _plain(problem: Problem) -> dict[str, str | int]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "what": problem.what,
        "hint": problem.hint,
    }
