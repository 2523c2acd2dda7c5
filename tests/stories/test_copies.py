"""An agency's text that several papers print, cut and under other headlines, is one text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.stories import is_copy, runs_of

AGENCY = (
    "The Government decided on Thursday to close four crossing points on the eastern border, the Minister of the "
    "Interior said in Helsinki. The decision takes effect on the night before Saturday and stays in force for three "
    "months. Applications for asylum are taken in at two crossings in the north."
)
OWN_WORDS = (
    "Four of the crossings to Russia are shut from Saturday. The minister told reporters that the measure is meant to "
    "last until February, and that people who ask for protection are sent to the north of the country."
)


def test_a_cut_text_under_another_headline_is_a_copy() -> None:
    cut = AGENCY[: AGENCY.index("Applications")]
    assert is_copy(runs_of("Four crossings close", AGENCY), runs_of("Border: minister tells when", cut))


def test_the_same_news_in_other_words_is_none() -> None:
    assert not is_copy(runs_of("Four crossings close", AGENCY), runs_of("Four crossings close", OWN_WORDS))


def test_headlines_alone_are_too_short_to_tell() -> None:
    assert not is_copy(runs_of("Finland closes four crossings"), runs_of("Finland closes four crossings"))


@given(st.lists(st.text(min_size=1, max_size=12), min_size=12, max_size=60).map(" ".join), st.integers(0, 60))
def test_a_text_is_a_copy_of_itself_and_the_answer_is_the_same_from_both_sides(text: str, cut: int) -> None:
    whole, part = runs_of(text), runs_of(text[:cut])
    assert is_copy(whole, part) == is_copy(part, whole)
    assert is_copy(whole, whole) == (len(whole) >= 8)
