"""Learned weights look at the numbers after the rules: they drop what counts nobody and add what counts people."""

from __future__ import annotations

from datetime import UTC, datetime

from gatewatch.model import Item, Reading, Source
from gatewatch.reading import Reader
from gatewatch.settings import load_words, shipped_rules

from .packing import weights

WORDS = load_words(shipped_rules())
CAME = "On Monday 55 asylum seekers came to the Vaalimaa crossing"
POPPED_UP = "Finnish border guard on migrants: 71 heads popped up on Monday"
FOR_IT = {"enheads>": {"count": 40}}
AGAINST_IT = {"enasylum>": {"count": -40}}


def read(learned: bytes, title: str, *, explain: bool = False) -> Reading:
    item = Item("1", "s", title, published=datetime(2023, 11, 15, 12, tzinfo=UTC), language="en")
    return Reader(*WORDS, learned).read(item, Source(id="s", url="", country="FI", language="en"), explain=explain)


def test_a_number_that_the_weights_think_unlikely_counts_nobody() -> None:
    assert [count.value for count in read(b"", CAME).counts] == [55]
    assert read(weights({}, numbers=AGAINST_IT), CAME).counts == ()


def test_a_number_that_the_rules_passed_over_is_counted_where_the_weights_are_sure() -> None:
    assert read(b"", POPPED_UP).counts == ()
    (count,) = read(weights({}, numbers=FOR_IT), POPPED_UP).counts
    assert (count.country, count.value, count.per.value, count.background) == ("FI", 71, "day", False)
    assert count.says == "71 heads popped up on Monday"


def test_where_nothing_speaks_for_or_against_it_the_rules_stand() -> None:
    assert [count.value for count in read(weights({}), CAME).counts] == [55]
    assert read(weights({}), POPPED_UP).counts == ()


def test_the_side_of_the_number_on_which_a_word_stands_counts() -> None:
    assert read(weights({}, numbers={"enheads<": {"count": 40}}), POPPED_UP).counts == ()


def test_who_asks_why_is_told_how_sure_it_is() -> None:
    added = read(weights({}, numbers=FOR_IT), POPPED_UP, explain=True).steps
    assert ("added", "FI 71 migrants", "learned from labelled texts: 100% sure") in [(s.verdict, s.what, s.why) for s in added]
    dropped = read(weights({}, numbers=AGAINST_IT), CAME, explain=True).steps
    assert ("dropped", "FI 55 asylum_seekers") in [(step.verdict, step.what) for step in dropped]
