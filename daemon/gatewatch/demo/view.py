"""How the demo looks: a clock, a count, and the alerts as they come. Draws values; knows no daemon."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from gatewatch.demo.watching import Frame
from gatewatch.model import Alert, Severity

COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "yellow",
    Severity.MEDIUM: "cyan",
    Severity.LOW: "blue",
    Severity.INFO: "dim",
}

#: Lines that the clock, its bar and the table's head take, and those that an alert takes on the average.
HEAD_LINES = 6
ALERT_LINES = 5

QUOTE_WIDTH = 110


def draw(frame: Frame, start: datetime, end: datetime, height: int | None = None) -> RenderableType:
    """The whole view. With `height` (lines of the terminal) only the latest alerts that fit into it."""
    room = len(frame.alerts) if height is None else max(1, (height - HEAD_LINES) // ALERT_LINES)
    shown = frame.alerts[-room:] if room else ()
    earlier = len(frame.alerts) - len(shown)
    clock = Text.assemble(
        (f"{frame.now:%a %-d %b %Y  %H:%M} UTC", "bold"),
        f"   {frame.items} items seen   {len(frame.alerts)} alerts",
        (f"   {earlier} above" if earlier else "", "dim"),
    )
    passed = (frame.now - start) / (end - start) * 100
    bar = Padding(ProgressBar(total=100, completed=min(100, passed), width=60), (0, 0, 1, 0))
    return Group(clock, bar, _table(shown))


def _table(alerts: Sequence[Alert]) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim", padding=(0, 2, 1, 0))
    table.add_column("when", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what", ratio=5)
    table.add_column("source", ratio=2, min_width=16)
    table.add_column("in its words", ratio=5, style="italic")
    for alert in alerts:
        table.add_row(
            f"{alert.at:%-d %b %H:%M}",
            Text(alert.severity.value, COLOURS[alert.severity]),
            alert.country or "",
            Text.assemble((_says(alert), "bold"), *(f"\n{_facts(alert)}" if alert.facts else "",)),
            Text(alert.source + (" (official)" if alert.official else "")),
            Text(_quote(alert)),
        )
    return table


def in_one_line(alert: Alert) -> str:
    """An alert where there is no terminal to draw on."""
    facts = f" ({_facts(alert)})" if alert.facts else ""
    where = f"{alert.country} " if alert.country else ""
    return (
        f"{alert.at:%Y-%m-%d %H:%M}  {alert.severity.value:<8}  {where}{_says(alert)}{facts}"
        f" | {alert.source} | {_quote(alert)}"
    )


def _says(alert: Alert) -> str:
    """What an update tells anew stands before what it is about."""
    return f"{alert.says}, update: {alert.change}" if alert.change else alert.says


def _facts(alert: Alert) -> str:
    return "; ".join(alert.facts)


def _quote(alert: Alert) -> str:
    text = " ".join(alert.quote.split())
    return text if len(text) <= QUOTE_WIDTH else text[: QUOTE_WIDTH - 1].rsplit(" ", 1)[0] + " …"


def picture(view: RenderableType) -> str:
    """The view as SVG; without the font that rich would have the reader's browser fetch from a CDN."""
    console = Console(
        record=True, width=120, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(view)
    plain = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="gatewatch demo", code_format=plain, unique_id="demo")
