from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import (
    Alert,
    Count,
    Event,
    Item,
    Match,
    Place,
    Reading,
    SourceState,
    Span,
    Story,
)
from gatewatch.store import Store

from .samples import NOW

TEXT = st.text(max_size=20)
DAYS = st.dates(min_value=date(1900, 1, 1))
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.builds(Span, TEXT, st.integers(0, 10**6), st.integers(0, 10**6))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(date, DAYS)
st.register_type_strategy(Span, SPANS)
st.register_type_strategy(str, TEXT)
STATES = st.builds(
    SourceState, rows=st.dictionaries(TEXT, TEXT, max_size=3), told=st.dictionaries(TEXT, MOMENTS, max_size=3)
)

READINGS = st.builds(
    Reading,
    language=TEXT,
    places=st.lists(st.from_type(Place), max_size=2).map(tuple),
    events=st.lists(st.from_type(Event), max_size=2).map(tuple),
    counts=st.lists(st.from_type(Count), max_size=2).map(tuple),
)


@given(READINGS)
def test_a_reading_comes_back_with_every_span_and_enum(reading: Reading) -> None:
    with Store.open(None) as store:
        with store.transaction():
            store.add_items([Item(id="i1", source="raja", title="")], seeded=False, at=NOW)
            store.add_reading("i1", reading)
        back = store.reading("i1")
    assert back == reading
    assert repr(back) == repr(reading)  # an enum is equal to its text, and not the same


@given(st.from_type(Alert))
def test_an_alert_comes_back_whole(alert: Alert) -> None:
    with Store.open(None) as store:
        with store.transaction():
            store.queue_alert(alert, ["desk"], NOW)
        assert store.alerts(1) == (alert,)
        assert type(store.alerts(1)[0].severity) is type(alert.severity)


@given(st.from_type(Story), st.from_type(Match), STATES, st.from_type(Item))
def test_stories_matches_states_and_items_come_back_whole(
    story: Story, match: Match, state: SourceState, item: Item
) -> None:
    with Store.open(None) as store:
        with store.transaction():
            store.save_story(story)
            store.add_match(match, story=story.id, decision="new", reason="", at=NOW)
            store.save_source_state(state)
            store.add_items([item], seeded=True, at=NOW)
        assert store.open_stories(story.rule, story.latest) == (story,)
        assert store.matches_of(match.item)[0].match == match
        assert store.source_state(state.id) == state
        assert store.item(item.id) == item
