"""What counts as found, false and missed, on texts whose figures are worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gatewatch.model import Count, Event, EventType, Unit
from gatewatch.reading.scoring import Compared, Said, Tally, below, figures, score

CLOSED, WEIGHED = EventType.CLOSURE_ANNOUNCED, EventType.CLOSURE_CONSIDERED


def event(type: EventType = CLOSED, country: str = "FI", **more: Any) -> Event:
    return Event(type, country, **more)


def count(value: int, country: str = "FI", **more: Any) -> Count:
    return Count(country, value, Unit.MIGRANTS, **more)


def text(labels: tuple[Event | Count, ...], read: tuple[Event | Count, ...], language: str = "fi") -> Compared:
    return Compared("a", language, "A headline", said(labels), said(read))


def said(facts: tuple[Event | Count, ...]) -> Said:
    return Said(
        tuple(fact for fact in facts if isinstance(fact, Event)),
        tuple(fact for fact in facts if isinstance(fact, Count)),
    )


TEXTS = (
    text((event(since=date(2023, 11, 18), crossings=("Vaalimaa", "Raja-Jooseppi"), says="sulkee"),),
         (event(since=date(2023, 11, 18), crossings=("Rajajooseppi", "Niirala")),)),
    text((event(WEIGHED), event(country="EE")), (event(), event(country="EE")), "et"),
    text((count(24, value_max=60), count(7)), (count(60), count(8))),
    text((), ()),
    text((), (count(5, "NO"),), "no"),
)  # fmt: skip


def test_an_event_is_found_by_its_country_and_type() -> None:
    assert score(TEXTS).events == Tally(found=2, false=1, missed=1)


def test_precision_recall_and_f1_are_shares_of_what_was_read_and_of_what_is_there() -> None:
    tally = Tally(found=3, false=1, missed=3)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)


def test_where_nothing_was_asked_and_nothing_answered_all_is_right() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)


def test_where_nothing_is_right_f1_is_nought() -> None:
    assert Tally(false=1, missed=1).f1 == 0.0


def test_closings_of_the_watched_countries_are_scored_by_themselves() -> None:
    closings = score((*TEXTS, text((event(country="PL"),), ())))
    assert closings.closure_announced == Tally(found=2, false=1, missed=0)


def test_a_count_is_right_within_the_range_of_its_label() -> None:
    assert score(TEXTS).counts == Tally(found=1, false=2, missed=1)


def test_one_answer_fits_one_label_only() -> None:
    assert score([text((count(5), count(5)), (count(5),))]).counts == Tally(found=1, missed=1)


def test_crossings_are_compared_without_hyphens_over_the_events_found() -> None:
    assert score(TEXTS).crossings == Tally(found=1, false=1, missed=1)


def test_days_are_asked_for_where_the_label_of_an_event_found_has_one() -> None:
    label = event(since=date(2023, 11, 18), until=date(2024, 2, 18))
    read = event(since=date(2023, 11, 18))
    assert score([text((label,), (read,)), text((event(),), (label,))]).dates == (1, 1)


def test_a_negative_says_nothing_and_is_spoilt_by_any_answer() -> None:
    assert score(TEXTS).negatives == (2, 1)


def test_background_is_left_out_on_both_sides() -> None:
    measured = score([text((event(background=True),), (event(WEIGHED, background=True), count(3, background=True)))])
    assert (measured.events, measured.counts, measured.negatives) == (Tally(), Tally(), (1, 0))


def test_tables_split_the_events_by_type_language_and_country() -> None:
    measured = score(TEXTS)
    assert measured.by_type == {"closure_announced": Tally(2, 1, 0), "closure_considered": Tally(0, 0, 1)}
    assert measured.by_language == {"et": Tally(1, 1, 1), "fi": Tally(1, 0, 0)}
    assert measured.by_country == {"EE": Tally(1, 0, 0), "FI": Tally(1, 1, 1)}


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("events.precision", 0.667),
        ("lang.fi.f1", 1.0),
        ("type.closure_considered.recall", 0.0),
        ("country.FI.f1", 0.5),
        ("dates.right", 1.0),
        ("negatives.right", 0.5),
    ],
)
def test_every_figure_has_a_name(name: str, figure: float) -> None:
    assert figures(score(TEXTS))[name] == figure


def test_a_figure_at_its_floor_is_not_below_it() -> None:
    assert below({"events.f1": 0.6, "counts.f1": 0.5}, {"events.f1": 0.6, "counts.f1": 0.501}) == ("counts.f1",)


def test_what_was_not_measured_is_below_any_floor() -> None:
    assert below({}, {"lang.fi.f1": 0.0}) == ("lang.fi.f1",)
