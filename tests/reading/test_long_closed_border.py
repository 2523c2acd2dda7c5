"""A border that the gazetteer has as closed: "the border is closed" is no news there, and what is decided prolongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gatewatch.model import Item, Reading, Source
from gatewatch.reading import Reader
from gatewatch.settings import load_words, shipped_rules

VOCABULARIES, PLACES = load_words(shipped_rules())
READER = Reader(VOCABULARIES, PLACES)


def read(title: str, text: str = "", *, on: str, reader: Reader = READER) -> Reading:
    moment = datetime.fromisoformat(f"{on}T12:00").replace(tzinfo=UTC)
    item = Item("1", "s", title, summary=text, published=moment, language="en")
    return reader.read(item, Source(id="s", url="", country="EE", language="en"))


def news(reading: Reading) -> list[tuple[str, str]]:
    return [(event.country, str(event.type)) for event in reading.events if not event.background]


ON_NORWAY = "Norway tightens controls at Storskog on Friday"
IN_PASSING = "The police want more officers. They expect longer queues. Finland has all its crossings with Russia closed."


def test_a_border_that_has_long_been_closed_is_context_in_a_text_on_something_else() -> None:
    assert ("FI", "closure_announced") not in news(read(ON_NORWAY, IN_PASSING, on="2025-03-10"))


def test_finland_is_known_to_have_closed_its_eastern_border_and_no_other() -> None:
    assert {c.code: dict(c.closed) for c in PLACES.countries if c.closed} == {"FI": {"RU": date(2023, 12, 15)}}


def test_the_days_of_the_closing_itself_tell_it_as_news() -> None:
    story = "Finland closes its whole border with Russia"
    assert news(read(story, on="2023-12-14")) == [("FI", "closure_announced")]
    assert news(read(story, on="2023-12-20")) == [("FI", "closure_announced")]


@pytest.mark.parametrize(
    "title",
    [
        "Finland decides to close its border with Russia until the end of May",
        "Finnish government: border with Russia closed until 31 May",
    ],
)
def test_a_decision_to_close_what_is_closed_prolongs_it(title: str) -> None:
    assert news(read(title, on="2025-03-10")) == [("FI", "closure_extended")]


def test_another_border_of_the_country_still_closes() -> None:
    told = read("Finland closes its border with Norway", "The police closed the roads on Monday.", on="2025-03-10")
    assert ("FI", "closure_announced") in news(told)


def test_further_crossings_still_close() -> None:
    told = read("Finland closes the crossing points of Haapasaari and Santio on Monday", on="2025-03-10")
    assert news(told) == [("FI", "closure_announced")]


def test_without_the_line_in_places_toml_the_same_words_are_news() -> None:
    opened = replace(PLACES, countries=tuple(replace(c, closed={}) for c in PLACES.countries))
    title = "Finland decides to close its border with Russia until the end of May"
    assert news(read(title, on="2025-03-10", reader=Reader(VOCABULARIES, opened))) == [("FI", "closure_announced")]
