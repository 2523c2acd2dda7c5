"""All rules of a directory: rules/*.toml but places.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gatewatch.model import Rule
from gatewatch.settings.known import Known
from gatewatch.settings.names import names_in, repeated
from gatewatch.settings.problems import InvalidSettings, Problem
from gatewatch.settings.rule_file import RuleFile, contradictions, rules_in
from gatewatch.settings.toml_file import TomlFile, read_toml
from gatewatch.settings.wording import validate
from gatewatch.settings.words import read_words, toml_files


def load_rules(rules_dir: Path) -> tuple[Rule, ...]:
    """The rules, in the order of their files. Raises InvalidSettings with every problem.

    Sources that rules name are not asked for here: only `load` knows which there are.
    """
    reading = read_rules(rules_dir, read_words(rules_dir).known)
    if reading.problems:
        raise InvalidSettings(sorted(reading.problems))
    return reading.rules


@dataclass(frozen=True, slots=True)
class RuleReading:
    """The rules of the files that are right, what is wrong with the others, and the files themselves."""

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    files: tuple[TomlFile, ...]

    @property
    def ids(self) -> frozenset[str] | None:
        """Every id that is written; None where a file could not be read and may hold more."""
        if not self.files or any(file.broken for file in self.files):
            return None
        return frozenset().union(*(names_in(file, "rule", "id") for file in self.files))


def read_rules(rules_dir: Path, known: Known) -> RuleReading:
    files = tuple(read_toml(path) for path in toml_files(rules_dir) if path.name != "places.toml")
    if missing := _nothing_there(rules_dir, files):
        return RuleReading((), (missing,), files)
    rules: list[Rule] = []
    problems = list(repeated(files, "rule", "id"))
    for file in files:
        found, wrong = _read(file, known)
        rules += found
        problems += wrong
    if not rules and not problems:
        problems.append(Problem(rules_dir, 0, 0, "no [[rule]] in any of its files: nothing would be told"))
    return RuleReading(tuple(rules), tuple(problems), files)


def _read(file: TomlFile, known: Known) -> tuple[tuple[Rule, ...], list[Problem]]:
    if file.broken:
        return (), [file.broken]
    written, findings = validate(RuleFile, file, known)
    problems = [file.problem(finding) for finding in (*findings, *contradictions(file))]
    return (rules_in(written, file) if written else ()), problems


def _nothing_there(rules_dir: Path, files: tuple[TomlFile, ...]) -> Problem | None:
    hint = "`gatewatch init` writes rules to start from"
    if not rules_dir.exists():
        return Problem(rules_dir, 0, 0, "no such directory", hint)
    if not rules_dir.is_dir():
        return Problem(rules_dir, 0, 0, "a file where a directory should be", hint)
    return None if files else Problem(rules_dir, 0, 0, "no rules: there is no *.toml in it", hint)
