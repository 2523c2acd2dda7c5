"""What the audience of the demo sees."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from gatewatch.demo.news import END, START
from gatewatch.demo.view import draw, in_one_line, picture
from gatewatch.demo.watching import Frame
from gatewatch.model import Alert


def frame(*alerts: Alert) -> Frame:
    return Frame(START + (END - START) / 2, items=84, alerts=alerts, delivered=len(alerts), waiting=0)


def drawn(frame: Frame, height: int | None = None, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as capture:
        console.print(draw(frame, START, END, height))
    return capture.get()


def test_the_view_tells_the_date_and_how_many_items_were_seen(closure: Alert) -> None:
    text = drawn(frame(closure))
    assert "Wed 22 Nov 2023  13:00 UTC" in text
    assert "84 items seen" in text
    assert "1 alerts" in text


@pytest.mark.parametrize(
    "part", ["critical", "FI", "Vaalimaa", "18 November 2023", "official", "has decided"]
)
def test_an_alert_shows_its_severity_place_facts_source_and_words(closure: Alert, part: str) -> None:
    assert part in drawn(frame(closure), width=200)


def test_a_low_terminal_shows_the_latest_alerts_and_how_many_there_were_before(closure: Alert) -> None:
    alerts = [replace(closure, says=f"Closure number {n}.") for n in range(9)]
    text = drawn(frame(*alerts), height=16)
    assert "Closure number 8." in text
    assert "Closure number 0." not in text
    assert "7 above" in text


def test_without_alerts_there_is_still_a_clock() -> None:
    assert "0 alerts" in drawn(frame(), height=24)


@pytest.mark.parametrize("show", [in_one_line, lambda alert: drawn(frame(alert))])
def test_a_long_quote_is_cut_at_a_word(closure: Alert, show: Callable[[Alert], str]) -> None:
    text = show(replace(closure, quote="border " * 40 + "THE-END"))
    assert "THE-END" not in text
    assert "…" in text


def test_square_brackets_in_a_feed_are_no_markup(closure: Alert) -> None:
    hostile = replace(closure, quote="[bold]shut[/bold]", source="[link=x]Paper")
    assert "[bold]shut[/bold]" in drawn(frame(hostile), width=200)
    assert "[link=x]Paper" in drawn(frame(hostile), width=200)


def test_a_line_says_all_of_it(closure: Alert) -> None:
    assert in_one_line(closure) == (
        "2023-11-16 16:05  critical  FI Finland closes its border or a crossing"
        " (crossings: Vaalimaa, Niirala; from 18 November 2023)"
        " | Finnish Border Guard | The Government has decided to close four crossing points."
    )


def test_the_picture_fetches_nothing_from_elsewhere(closure: Alert) -> None:
    svg = picture(draw(frame(closure), START, END))
    assert svg.startswith("<svg")
    assert "Vaalimaa" in svg
    assert "font-face" not in svg
    assert "url(http" not in svg
