"""How many people came: numbers, vague words, ranges, over what time, and what is not people."""

from __future__ import annotations

import pytest

from gatewatch.model import Count

from .conftest import Read


def _only(read: Read, title: str, home: str, language: str) -> Count:
    counts = read(title, home=home, language=language).counts
    assert len(counts) == 1
    return counts[0]


@pytest.mark.parametrize(
    ("language", "home", "title", "value", "high", "about", "per"),
    [
        ("en", "FI", "Border Guard: 92 asylum seekers arrived at the eastern border on Monday", 92, None, False, "day"),
        ("fi", "FI", "Itärajalle saapui tiistaina 39 turvapaikanhakijaa", 39, None, False, "day"),
        ("fi", "FI", "Yli 300 turvapaikanhakijaa tuli itärajan yli viikossa", 300, None, True, "week"),
        ("fi", "FI", "Kymmeniä turvapaikanhakijoita saapui Niiralan rajanylityspaikalle", 20, 90, True, "unspecified"),
        ("en", "NO", "A few dozen asylum seekers crossed the border at Storskog last month", 24, 60, True, "month"),
        ("en", "FI", "Between 30 and 40 asylum seekers arrived at Vartius on Sunday", 30, 40, False, "day"),
    ],
)
def test_a_count_is_read(
    read: Read, language: str, home: str, title: str, value: int, high: int | None, about: bool, per: str
) -> None:
    count = _only(read, title, home, language)
    assert (count.country, count.value, count.value_max) == (home, value, high)
    assert (count.approximate, count.per.value) == (about, per)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Rajavartiolaitos sai 40 uutta autoa itärajalle"),
        ("en", "The border fence will be 200 kilometres long"),
        ("en", "Border Guard to get 30 million euros for the eastern border"),
        ("fi", "Itärajalle siirretään 150 rajavartijaa"),
        ("en", "Traffic at the border fell by 7 percent"),
    ],
)
def test_what_is_not_people_arriving_is_no_count(read: Read, language: str, title: str) -> None:
    assert read(title, home="FI", language=language).counts == ()
