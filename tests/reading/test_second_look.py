"""Learned weights look at a text after the rules: they drop what is unlikely and add what they are sure of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatewatch.model import EventType, Item, Source
from gatewatch.reading import Reader
from gatewatch.reading.candidates import BEST
from gatewatch.reading.weights import Weights
from gatewatch.settings import learned, load_words, shipped_rules

from .packing import weights

WORDS = load_words(shipped_rules())


BY_BEST = [[0], [BEST, -1, -1], [0.0, -4.0, 4.0], [2, 0, 0]]
"""One question: does any sentence speak for it?"""


def read(learned: bytes, title: str, language: str = "en") -> list[tuple[str, str]]:
    reading = Reader(*WORDS, learned).read(item(title, language), source(language))
    return [(event.country, str(event.type)) for event in reading.events]


def item(title: str, language: str = "en") -> Item:
    return Item("1", "s", title, published=datetime(2026, 3, 10, 12, tzinfo=UTC), language=language)


def source(language: str = "en") -> Source:
    return Source(id="s", url="", country="EE", language=language)


CLOSES = "Estonia closes its border with Russia on Monday night"
UNKNOWN = "Estonia folds up the crossing point of Koidula on Monday as migrants arrive"


def test_what_the_weights_think_unlikely_is_dropped() -> None:
    assert read(b"", CLOSES) == [("EE", "closure_announced")]
    assert read(weights({"enweather": {}}, trees=BY_BEST), CLOSES) == []


def test_what_the_weights_are_sure_of_is_added() -> None:
    sure = weights({"enfolds": {"closure_announced": 63}}, trees=BY_BEST)
    assert read(b"", UNKNOWN) == []
    assert read(sure, UNKNOWN) == [("EE", "closure_announced")]


def test_an_added_event_has_its_crossing_its_day_and_the_words_that_it_rests_on() -> None:
    sure = weights({"enfolds": {"closure_announced": 63}}, trees=BY_BEST)
    (event,) = Reader(*WORDS, sure).read(item(UNKNOWN), source()).events
    assert event.crossings == ("Koidula",)
    assert str(event.since) == "2026-03-16"
    assert "folds up" in event.says


def test_who_asks_why_is_told_how_sure_and_by_which_words() -> None:
    sure = weights({"enfolds": {"closure_announced": 63}}, trees=BY_BEST)
    added = Reader(*WORDS, sure).read(item(UNKNOWN), source(), explain=True).steps
    assert [(step.verdict, step.what) for step in added] == [("added", "EE closure_announced")]
    assert "98% sure, by folds" in added[0].why
    dropped = Reader(*WORDS, weights({"enweather": {}}, trees=BY_BEST)).read(item(CLOSES), source(), explain=True).steps
    assert [step.verdict for step in dropped] == ["dropped"]
    assert "only 2% sure" in dropped[0].why


def test_a_language_that_was_not_learned_is_read_by_the_rules_alone() -> None:
    assert read(weights({"fix": {}}, trees=BY_BEST), "Viro sulkee rajansa Venäjän kanssa", "fi") == [
        ("EE", "closure_announced")
    ]


def test_a_line_of_a_table_is_left_to_the_rules() -> None:
    row = Item("1", "s", "Narva: closed", "Border crossing points", published=item("").published, language="en")
    (event,) = Reader(*WORDS, weights({"enweather": {}}, trees=BY_BEST)).read(row, source()).events
    assert event.type is EventType.CLOSURE_ANNOUNCED


def test_a_name_says_only_what_it_does() -> None:
    def chance(crossing: str) -> tuple[str, ...]:
        told = Reader(*WORDS).told(item(f"Finland locks {crossing} on Monday, border guard says"), source())
        assert told is not None
        (said,) = told.said()
        return (*said.words, *said.concepts, *said.concepts_of("FI"))

    assert chance("Vaalimaa") == chance("Nuijamaa")


def test_weights_that_are_cut_short_are_told() -> None:
    with pytest.raises(ValueError, match="cut short"):
        Weights(weights({"enfolds": {}})[:-1])


def test_the_shipped_weights_are_small_and_always_say_the_same() -> None:
    packed = learned()
    assert len(packed) < 2_000_000
    assert Weights(packed).languages == {"de", "en", "et", "fi", "lt", "lv", "no", "pl", "ru", "sv"}
    title = "Nobody gets across at Narva from Monday, trucks turned away since dawn"
    assert len({tuple(read(packed, title)) for _ in range(3)}) == 1
