"""Is a configuration fit to run? What its files alone can't tell: templates, and the tests of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gatewatch.alerts.trying_templates import faults_in
from gatewatch.reading import Reads
from gatewatch.rules import run_tests
from gatewatch.settings import Problem, Settings


def template_problems(settings: Settings) -> Iterator[Problem]:
    """What is wrong with the user's own templates: each is tried on alerts of every kind."""
    folder = settings.templates
    if folder is None:
        return
    if not folder.is_dir():
        yield Problem(folder, 0, 0, "no such folder, though `templates` names it", "Make it, or drop the line")
        return
    for fault in faults_in(folder):
        yield Problem(fault.path, fault.line, 1 if fault.line else 0, fault.what, fault.hint)


def failing_tests(settings: Settings, reader: Reads) -> Iterator[Problem]:
    """The tests of the rules that fail."""
    sources = {source.id: source for source in settings.sources}
    for result in run_tests(settings.rules, reader.read, sources):
        if not result.passed:
            what = f"a test of {result.rule} fails: {result.title!r}: expected: {result.expected}; came: {result.came}"
            yield Problem(Path(result.path), result.line, 1, what, f"The text says {result.found}")
