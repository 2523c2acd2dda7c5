"""`gatewatch counts`: the days of a series, the value that counts, and those that contradict it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.cli.counts import line_of
from gatewatch.model import Per
from gatewatch.stories.series import series_of

from .knowing import Knowing, figure

NOVEMBER = ("--since", "2023-11-01")


@pytest.fixture
def knowing(tmp_path: Path) -> Knowing:
    return Knowing(tmp_path)


def test_each_day_has_the_value_that_counts_and_the_others_beside_it(knowing: Knowing) -> None:
    knowing.figures(figure(55, 15), figure(39, 16, "raja-fi", official=True), figure(93, 16), figure(93, 16, "hs"))
    assert knowing.lines("counts", "FI", *NOVEMBER)[:5] == [
        "FI asylum seekers, day",
        "█▆",
        "day value source others",
        "2023-11-15 55 yle",
        "2023-11-16 39 raja-fi (official) 93 yle, 93 hs",
    ]


def test_json_has_a_line_a_day_with_all_that_was_told(knowing: Knowing) -> None:
    knowing.figures(figure(39, 16, "raja-fi", official=True), figure(39, 16, "hs"), figure(93, 16))
    (day,) = knowing.told("counts", *NOVEMBER)
    assert (day["country"], day["unit"], day["per"], day["day"]) == ("FI", "asylum_seekers", "day", "2023-11-16")
    assert (day["value"], day["official"], day["item"], day["agreeing"]) == (39, True, "raja-fi-16", ["hs"])
    assert [(other["value"], other["source"]) for other in day["others"]] == [(93, "yle")]


def test_a_running_total_is_shown_only_where_it_is_asked_for(knowing: Knowing) -> None:
    knowing.figures(figure(39, 16), figure(600, 16, per=Per.MONTH))
    assert [day["value"] for day in knowing.told("counts", *NOVEMBER)] == [39]
    assert [day["value"] for day in knowing.told("counts", "--per", "month", *NOVEMBER)] == [600]


def test_what_is_usual_stands_above_the_days(knowing: Knowing) -> None:
    knowing.figures(*(figure(value, day) for day, value in enumerate((4, 9, 5, 6, 5), start=10)))
    assert knowing.lines("counts", *NOVEMBER)[0] == "FI asylum seekers, day; 5 a day is usual"


def test_days_outside_are_left_out(knowing: Knowing) -> None:
    knowing.figures(figure(55, 15), figure(39, 16))
    assert [day["day"] for day in knowing.told("counts", "--since", "2023-11-16")] == ["2023-11-16"]
    assert knowing.lines("counts", "EE", *NOVEMBER) == ["nothing was counted since 2023-11-01"]


def test_a_day_of_which_nothing_was_told_is_a_dot_and_a_zero_the_lowest_block() -> None:
    (series,) = series_of([figure(0, 10), figure(7, 12), figure(14, 13)]).values()
    assert line_of(series) == "▁·▅█"
    (zeros,) = series_of([figure(0, 10), figure(0, 11)]).values()
    assert line_of(zeros) == "▁▁"
