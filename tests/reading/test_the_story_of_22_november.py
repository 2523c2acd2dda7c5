"""The news story that a keyword filter calls three closures (promises 2 and 3 of the design)."""

from __future__ import annotations

from datetime import date

from gatewatch.model import Event, EventType, Scope

from .conftest import Read

TITLE = "Finland to shut all but one crossing on its border with Russia"
TEXT = """Finland announced on Wednesday that it will close all of its crossing points on the border with Russia \
except the northernmost one, Raja-Jooseppi, from Friday 24 November.

Around 600 migrants have arrived in Finland over its eastern border in November, compared with a few dozen in \
earlier months, according to the Border Guard.

Norway said it could close its only crossing with Russia, Storskog, if necessary. The Norwegian prime minister said \
the government was following the situation closely.

Estonia is prepared to close its border crossings as well if the pressure from Russia escalates, the interior \
minister said."""


def _news(read: Read) -> dict[tuple[str, EventType], Event]:
    return {(e.country, e.type): e for e in read(TITLE, TEXT).events if not e.background}


def test_finland_announces_norway_and_estonia_consider_and_nobody_else_does_anything(read: Read) -> None:
    assert set(_news(read)) == {
        ("FI", EventType.CLOSURE_ANNOUNCED),
        ("NO", EventType.CLOSURE_CONSIDERED),
        ("EE", EventType.CLOSURE_CONSIDERED),
    }


def test_finland_closes_from_the_24th_all_but_the_northernmost(read: Read) -> None:
    event = _news(read)["FI", EventType.CLOSURE_ANNOUNCED]
    assert event.since == date(2023, 11, 24)
    assert event.scope is Scope.ALL_BUT
    assert event.crossings == ("Raja-Jooseppi",)
    assert event.neighbour == "RU"


def test_about_600_came_to_finland_in_the_month_and_no_other_number_is_news(read: Read) -> None:
    counts = [c for c in read(TITLE, TEXT).counts if not c.background]
    assert [(c.country, c.value, c.approximate, c.per.value) for c in counts] == [("FI", 600, True, "month")]


def test_each_event_shows_the_words_that_it_rests_on(read: Read) -> None:
    for event in read(TITLE, TEXT).events:
        field = TITLE if event.evidence.field == "title" else TEXT
        assert field[event.evidence.start : event.evidence.end] == event.says
        assert "clos" in event.says or "shut" in event.says
