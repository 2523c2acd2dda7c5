"""Floors: the least that figures of a score have to be, in TOML. See docs/measuring.md."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from gatewatch.model import EventType
from gatewatch.reading.scoring import MARGIN
from gatewatch.settings.known import shown, suggestion
from gatewatch.settings.positions import Loc
from gatewatch.settings.problems import Problem
from gatewatch.settings.toml_file import Finding, read_toml

_TALLIES = ("events", "closure_announced", "counts", "crossings", *(f"type.{kind}" for kind in EventType))
_NAMES = (
    *(f"{tally}.{figure}" for tally in _TALLIES for figure in ("precision", "recall", "f1")),
    "dates.right",
    "negatives.right",
)
_OPEN = re.compile(r"(?:lang\.[a-z]{2,3}|country\.[A-Z]{2})\.(?:precision|recall|f1)")
"""Figures by language and country: there are as many as the texts hold."""

_PRINTED = re.compile(
    r"(?:events|counts|crossings)\.f1|closure_announced\.(?:precision|recall)|\w+\.right|lang\.\w+\.f1"
)
"""One figure each of what a change can harm; more would tie the hands of who mends a word."""


def floors_or_exit(path: Path) -> dict[str, float]:
    """The floors by the dotted names of their figures; or what is wrong with the file, and exit code 2."""
    file = read_toml(path)
    problems = [file.broken] if file.broken else [file.problem(finding) for finding in _findings(file.data)]
    if problems:
        raise click.UsageError("\n".join(str(problem) for problem in problems if isinstance(problem, Problem)))
    return floors_in(file.data)


def floors_in(table: Mapping[str, Any]) -> dict[str, float]:
    """`[lang.fi] f1 = 0.5` as `lang.fi.f1`."""
    return {".".join(map(str, loc)): value for loc, value in _values(table)}


def floors_under(figures: Mapping[str, float]) -> Iterator[str]:
    """Lines of TOML that set floors a little under today's figures.

    A single language has no floor of its own: it would say the same as that of all.
    """
    several = sum(name.startswith("lang.") and name.endswith(".f1") for name in figures) > 1
    for name, figure in figures.items():
        if _PRINTED.fullmatch(name) and (several or not name.startswith("lang.")):
            lower = math.floor(round((figure - MARGIN) * 100, 6)) / 100
            yield f"{name} = {max(lower, 0.0):.2f}"


def _findings(table: Mapping[str, Any]) -> Iterator[Finding]:
    for loc, value in _values(table):
        name = ".".join(map(str, loc))
        if name not in _NAMES and not _OPEN.fullmatch(name):
            yield Finding(loc, f"there is no figure `{name}`", suggestion(name, _NAMES), on_key=True)
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            yield Finding(loc, f"`{name}` has to be a number from 0 to 1, not {shown(value)}")


def _values(table: Mapping[str, Any], above: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _values(value, (*above, key))
        else:
            yield (*above, key), value
