"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.settings.durations import LONGEST, duration

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@given(st.integers(1, 3660), st.sampled_from("smhd"))
def test_a_number_and_a_unit_are_that_long(number: int, unit: str) -> None:
    assert duration(f"{number}{unit}") == timedelta(seconds=number * SECONDS[unit])


@given(st.text(st.sampled_from("0159smhdw. -+é５\n"), max_size=12))
def test_any_text_is_a_length_within_bounds_or_refused(text: str) -> None:
    try:
        long = duration(text)
    except ValueError:
        return
    assert timedelta() < long <= LONGEST
    assert text.isascii()
    assert text[:-1].isdigit()


@pytest.mark.parametrize(
    "text", ["", "5", "m", "5 m", "5min", "1h30m", "-5m", "1.5h", "0s", "999999999d", "５m", "5m\n"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has to be"):
        duration(text)
