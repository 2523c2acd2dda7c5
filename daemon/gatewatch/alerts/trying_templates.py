"""A user's own templates tried on alerts of every kind, before one of them meets a real alert."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from gatewatch.alerts.phrases import Phrases, phrases_of
from gatewatch.alerts.templating import NAMES, REPLACEABLE, Templates, filled
from gatewatch.model import Alert, AlertKind, Confirmation, Link, Point, Severity

_AT = datetime(2023, 11, 22, 15, 30, tzinfo=UTC)

FULL = Alert(
    id="0123456789ab",
    story="ba9876543210",
    kind=AlertKind.NEW,
    rule="fi-closure",
    says="Finland closes its border or a crossing",
    severity=Severity.CRITICAL,
    at=_AT,
    title="Finland closes all crossings but the northernmost",
    quote="The Government decided to close all but one crossing point.",
    url="https://raja.example/news/1",
    source="Finnish Border Guard",
    country="FI",
    event="closure_announced",
    language="en",
    published=_AT,
    official=True,
    facts=("all crossings but Raja-Jooseppi", "from 24 November 2023"),
    items=("i",),
    confirmation=Confirmation.OFFICIAL,
    change="from 24 November 2023",
    known=("16 November: closure announced: Vaalimaa",),
    links=(Link("Sanomat", "https://sanomat.example/1"),),
    points=(Point(date(2023, 11, 21), 39), Point(date(2023, 11, 22), 60)),
)
"""An alert that has everything that a template can name."""

BARE = replace(
    FULL, country=None, event=None, language="", published=None, official=False, facts=(), confirmation=None,
    change="", known=(), links=(), points=(), quote="", url="",
)  # fmt: skip
"""One that has hardly anything: most mistakes in templates show where something is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template; `line` is 0 where nobody knows."""

    path: Path
    line: int
    what: str
    hint: str = ""


def faults_in(folder: Path) -> Iterator[Fault]:
    """One fault for each of the user's templates that fails, and for each file that is none."""
    templates = Templates(folder)
    for path in sorted(folder.glob("*.j2")):
        if path.stem not in REPLACEABLE:
            yield Fault(path, 0, "no template of Gatewatch's", f"The names are {', '.join(REPLACEABLE)}")
            continue
        try:
            if template := templates.own(path.stem):
                for told in _samples():
                    filled(template, told)
        except TemplateSyntaxError as fault:
            yield Fault(path, fault.lineno, fault.message or "not a template of jinja2")
        except (TemplateError, ArithmeticError, TypeError, ValueError, AttributeError, LookupError) as fault:
            yield Fault(path, _line(fault, path), str(fault), f"A template can name {', '.join(NAMES)}")


def _samples() -> Iterator[Phrases]:
    late = _AT + timedelta(hours=1)
    yield from (phrases_of(replace(alert, kind=kind), late) for alert in (FULL, BARE) for kind in AlertKind)


def _line(fault: Exception, path: Path) -> int:
    """The line of the template where it failed: jinja2 puts it into the traceback under the template's name."""
    trace, line = fault.__traceback__, 0
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).name == path.name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
