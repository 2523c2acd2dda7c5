"""Of each day the value that counts, beside it what others say; and what is usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Count, Figure, Item, Level, Per, Point, Reading, Source, Unit
from gatewatch.stories.series import Key, figures_in, points, series_of, usual

NOON = datetime(2023, 11, 16, 12, tzinfo=UTC)
TODAY = NOON.date()
ARRIVALS = Key("FI", Unit.ASYLUM_SEEKERS, Per.DAY)


def figure(
    value: int, source: str = "yle", day: date = TODAY, hour: int = 12, official: bool = False, per: Per = Per.DAY
) -> Figure:
    count = Count("FI", value, Unit.ASYLUM_SEEKERS, per)
    return Figure(count, day, NOON.replace(hour=hour), source, official, f"{source}-{hour}")


def days(*values: int) -> tuple[Figure, ...]:
    """One value a day; the last is that of yesterday."""
    ago = range(len(values), 0, -1)
    return tuple(figure(value, day=TODAY - timedelta(days=n)) for value, n in zip(values, ago, strict=True))


def the_day(*told: Figure) -> tuple[int, tuple[str, ...], list[int]]:
    (day,) = series_of(told)[ARRIVALS]
    return day.value, day.agreeing, [other.count.value for other in day.others]


def level(*told: Figure) -> Level:
    return usual(series_of(told)[ARRIVALS], TODAY)


def test_the_official_value_counts_and_the_others_stay_beside_it() -> None:
    told = figure(50, "a"), figure(39, "raja", hour=9, official=True), figure(50, "b")
    assert the_day(*told) == (39, (), [50, 50])


def test_without_an_official_value_that_counts_which_most_sources_say() -> None:
    assert the_day(figure(39, "a"), figure(39, "b"), figure(50, "c", hour=20)) == (39, ("a",), [50])


def test_among_equals_the_latest_counts() -> None:
    assert the_day(figure(39, "a", hour=9), figure(50, "b", hour=10)) == (50, (), [39])


def test_a_correction_by_the_same_source_replaces_what_it_said() -> None:
    assert the_day(figure(93, "yle", hour=9), figure(39, "yle", hour=18)) == (39, (), [])


def test_a_source_that_repeats_itself_is_no_majority() -> None:
    repeated = figure(50, "a", hour=8), figure(50, "a", hour=9), figure(50, "a", hour=10)
    assert the_day(*repeated, figure(39, "b", hour=11)) == (39, (), [50])


def test_of_parts_and_their_sum_in_one_text_the_sum_counts() -> None:
    assert the_day(figure(20), figure(45), figure(25))[0] == 45


def test_a_running_total_is_another_series_than_the_day() -> None:
    found = series_of([figure(39), figure(600, per=Per.MONTH), figure(280, per=Per.UNSPECIFIED)])
    assert [(key.per, [day.value for day in days]) for key, days in found.items()] == [
        (Per.DAY, [39]),
        (Per.MONTH, [600]),
        (Per.UNSPECIFIED, [280]),
    ]


def test_usual_is_the_median_of_the_last_four_weeks() -> None:
    long_ago = [figure(5000, day=TODAY - timedelta(days=29 + n)) for n in range(9)]
    assert level(*long_ago, *days(3, 5, 4, 500, 2)) == Level(4.0, 5)


def test_the_day_itself_does_not_make_itself_usual() -> None:
    assert level(*days(1, 1, 1, 1, 1), figure(90), figure(90, day=TODAY + timedelta(days=1))) == Level(1.0, 5)


def test_nothing_is_usual_below_five_days() -> None:
    assert level(*days(3, 5, 4, 2)) == Level(None, 4)


def test_of_a_running_total_nothing_is_usual() -> None:
    told = [replace(each, count=replace(each.count, per=Per.SINCE)) for each in days(10, 20, 30, 40, 50, 60)]
    assert usual(series_of(told)[Key("FI", Unit.ASYLUM_SEEKERS, Per.SINCE)], TODAY) == Level()


def test_a_chart_shows_two_weeks_oldest_first_without_the_days_that_nobody_told() -> None:
    series = series_of([figure(1, day=TODAY - timedelta(days=14)), figure(2, day=TODAY - timedelta(days=13)), figure(9)])
    assert points(series[ARRIVALS], TODAY) == (Point(TODAY - timedelta(days=13), 2), Point(TODAY, 9))


def told_by(item: Item, *counts: Count, source: Source | None = None) -> tuple[Figure, ...]:
    return figures_in(Reading("en", counts=counts), item, source or Source("yle", ""), NOON)


COUNT = Count("FI", 39, Unit.ASYLUM_SEEKERS, Per.DAY)


def test_what_is_only_recalled_belongs_to_no_day() -> None:
    assert told_by(Item("i", "yle", "t"), replace(COUNT, background=True)) == ()


def test_a_count_belongs_to_its_own_day_else_to_that_of_its_item_in_utc() -> None:
    item = Item("i", "yle", "t", published=datetime.fromisoformat("2023-11-15T01:30:00+02:00").astimezone(UTC))
    own, other = told_by(item, replace(COUNT, period="2023-11-13"), replace(COUNT, period="week 46"))
    assert (own.day, other.day) == (date(2023, 11, 13), date(2023, 11, 14))


def test_a_feed_whose_dates_lie_in_the_future_tells_of_today() -> None:
    assert told_by(Item("i", "yle", "t", published=NOON + timedelta(days=400)), COUNT)[0].day == TODAY


def test_a_border_guard_is_official_on_its_own_border_only() -> None:
    raja = Source("raja", "", country="FI", official=True)
    here, there = told_by(Item("i", "raja", "t"), COUNT, replace(COUNT, country="NO"), source=raja)
    assert (here.official, there.official) == (True, False)


@given(
    st.lists(
        st.builds(
            figure,
            st.integers(0, 999),
            st.sampled_from("abc"),
            st.dates(date(2023, 1, 1), date(2023, 1, 9)),
            st.integers(0, 23),
            st.booleans(),
        )
    ),
    st.randoms(),
)
def test_days_are_in_order_lose_no_source_and_do_not_depend_on_the_order_of_news(told, random) -> None:  # type: ignore[no-untyped-def]
    found = series_of(told)
    for series in found.values():
        assert all(one.day < two.day for one, two in pairwise(series))
        for day in series:
            heard = [day.figure.source, *day.agreeing, *(other.source for other in day.others)]
            assert sorted(heard) == sorted({each.source for each in told if each.day == day.day})
    mixed = list(told)
    random.shuffle(mixed)
    values = {key: [day.value for day in series] for key, series in found.items()}
    assert {key: [day.value for day in series] for key, series in series_of(mixed).items()} == values
