from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.sources.dates import parse_date
from gatewatch.sources.usual_dates import usual_date

numbers = st.integers(0, 99).map("{:02}".format)
shaped = st.builds(
    "{}{} {} {} {}:{}:{} {}".format,
    st.sampled_from(["", "Fri, ", "fri, ", "Freitag, ", "Xyz, "]),
    st.integers(0, 40),
    st.sampled_from(["Nov", "Feb", "nov", "Mai", "Okt", "November"]),
    st.sampled_from(["2023", "1989", "1990", "2100", "23", "0001"]),
    numbers, numbers, numbers,
    st.sampled_from(["GMT", "UTC", "+0200", "-0000", "+1400", "+9900", "+0090", "EET", "", "Z", "-0330", "+02:00"]),
)  # fmt: skip


@settings(deadline=None)
@given(shaped)
def test_it_is_silent_or_agrees_with_the_reader_of_all_dates(text: str) -> None:
    assert usual_date(text) in (None, parse_date(text))


@settings(deadline=None)
@given(st.integers(7_305, 47_000).flatmap(lambda day: st.integers(0, 86_399).map(lambda s: datetime.fromtimestamp(day * 86_400 + s, UTC))))
def test_it_reads_what_the_standard_library_writes(moment: datetime) -> None:
    assert usual_date(format_datetime(moment)) == moment
    assert usual_date(format_datetime(moment, usegmt=True)) == moment


@pytest.mark.parametrize("text", ["", "2023-11-17", "Fri, 31 Feb 2023 12:00:00 GMT", "Mon, 01 Jan 1990 00:00:00 +0200"])
def test_all_else_is_left_to_others(text: str) -> None:
    assert usual_date(text) is None
