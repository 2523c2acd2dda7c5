"""`gatewatch demo`: November 2023 in half a minute, by the real daemon against feeds on this machine."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live

from gatewatch.demo.expected import missing
from gatewatch.demo.news import END, START
from gatewatch.demo.run import DemoFailed, play
from gatewatch.demo.view import draw, in_one_line, picture
from gatewatch.demo.watching import Frame
from gatewatch.journal import Form
from gatewatch.service.logfmt import log_to

directory_path = click.Path(path_type=Path, file_okay=False)
file_path = click.Path(path_type=Path, dir_okay=False)

#: A picture in a README is looked at, not scrolled through.
PICTURE_LINES = 56


@click.command()
@click.option("--seconds", type=click.FloatRange(min=2), default=30, show_default=True, help="Its length.")
@click.option("--plain", is_flag=True, help="One line an alert, as where there is no terminal.")
@click.option("--keep", metavar="DIR", type=directory_path, help="Leave settings and state in DIR.")
@click.option("--picture", "svg", metavar="FILE", type=file_path, help="Draw the last view as SVG.")
def command(seconds: float, plain: bool, keep: Path | None, svg: Path | None) -> None:
    """Watch November 2023 pass in half a minute.

    The news are texts of our own after those weeks, served as feeds on 127.0.0.1; all else is the daemon that
    `run` starts, with the shipped rules. Exit 1 when an alert that has to come does not.
    """
    console = Console()
    with _directory(keep) as directory, (directory / "demo.log").open("w", encoding="utf-8") as log:
        log_to(log, Form.PLAIN)
        show = _in_lines if plain or not console.is_terminal else _live
        try:
            last = show(directory, seconds, console)
        except DemoFailed as error:
            raise click.ClickException(f"{error}; it says why in demo.log (see --keep)") from error
    if svg is not None:
        svg.write_text(picture(draw(last, START, END, PICTURE_LINES)), encoding="utf-8")
    _sum_up(last, keep)
    sys.exit(1 if missing(last.alerts) else 0)


@contextmanager
def _directory(keep: Path | None) -> Iterator[Path]:
    """An empty directory: the one to keep, or one that goes with the demo."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="gatewatch-demo-") as directory:
            yield Path(directory)
        return
    keep.mkdir(parents=True, exist_ok=True)
    if any(keep.iterdir()):
        raise click.UsageError(f"{keep} is not empty")
    yield keep


def _in_lines(directory: Path, seconds: float, console: Console) -> Frame:
    told = 0

    def show(frame: Frame) -> None:
        nonlocal told
        for alert in frame.alerts[told:]:
            click.echo(in_one_line(alert))
        told = len(frame.alerts)

    return asyncio.run(play(directory, seconds, show))


def _live(directory: Path, seconds: float, console: Console) -> Frame:
    with Live(console=console, auto_refresh=False) as live:

        def show(frame: Frame) -> None:
            live.update(draw(frame, START, END, console.height), refresh=True)

        last = asyncio.run(play(directory, seconds, show))
        live.vertical_overflow = "visible"  # the last view stays, all of it
        live.update(draw(last, START, END), refresh=True)
    return last


def _sum_up(last: Frame, keep: Path | None) -> None:
    """What came of it, and where to look next."""
    click.echo(f"\n{last.items} items seen, {len(last.alerts)} alerts, {last.delivered} deliveries")
    for rule, count in sorted(Counter(alert.rule for alert in last.alerts).items()):
        click.echo(f"  {count:>3}  {rule}")
    for one in missing(last.alerts):
        click.echo(f"missing: {one.day:%-d %b}  {one.rule}  {one.what}")
    click.echo("\nWhere to look next:")
    steps = THROWN_AWAY if keep is None else _kept(keep)
    width = max(len(typed) for typed, _ in steps)
    for typed, why in steps:
        click.echo(f"  {typed:<{width}}   {why}")


THROWN_AWAY = (
    ("gatewatch demo --keep DIR", "the same, and its settings, database and log stay in DIR"),
    ("gatewatch rules list", "the rules that decided this"),
    ("gatewatch init DIR", "settings and rules of your own"),
)


def _kept(directory: Path) -> tuple[tuple[str, str], ...]:
    config = directory / "config.toml"
    return (
        (f"gatewatch alerts --config {config}", "who was told what, and when"),
        (f"gatewatch rules list --config {config}", "the rules that decided this"),
        (f"less {directory / 'demo.log'}", "what the daemon did, line by line"),
    )
