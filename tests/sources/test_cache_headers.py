from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_server import Answer, FeedServer
from gatewatch.sources.caching import LONGEST_FRESH, LONGEST_RETRY_AFTER, fresh_for, retry_after

from .polling import NOW, poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
DAY = 86_400
NOON = "Fri, 17 Nov 2023 12:00:00 GMT"  # NOW
TEN_PAST = "Fri, 17 Nov 2023 12:10:00 GMT"
CACHE_CONTROL = [
    ("max-age=300", 300), ("public, max-age=300", 300), ("MAX-AGE=300", 300), ('max-age="300"', 300),
    ("max-age = 300", 300), ("max-age=300; public", 300), ("private,max-age=300,must-revalidate", 300),
    ("max-age=0", 0), ("max-age=-1", 0), ("max-age=31536000", DAY), ("max-age=" + "9" * 40, DAY),
    ("no-cache", 0), ("no-store", 0), ("max-age=300, no-cache", 0), ("no-store, max-age=300", 0),
    ('no-cache="Set-Cookie", max-age=300', 300), ("max-age=300, max-age=900", 300),
    ("s-maxage=900", None), ("s-maxage=900, max-age=300", 300), ("x-max-age=900", None),
    ("public", None), ("max-age=soon", None), ("max-age", None), ("", None), (",,;=", None),
]  # fmt: skip
EXPIRES = [
    (TEN_PAST, 600), (NOON, 0), ("Fri, 17 Nov 2023 11:00:00 GMT", 0), ("0", 0), ("-1", 0), ("", 0), ("never", 0),
    ("Fri, 99 Nov 2023 12:00:00 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Tue, 19 Jan 2038 03:14:07 GMT", DAY), ("Fri, 17 Nov 2023 14:10:00 +0200", 600),
    ("Friday, 17-Nov-23 12:10:00 GMT", 600), ("Fri Nov 17 12:10:00 2023", 600),
]  # fmt: skip


def seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()


@pytest.mark.parametrize(("said", "understood"), CACHE_CONTROL)
def test_cache_control_is_read_in_all_its_forms(said: str, understood: int | None) -> None:
    assert seconds(fresh_for({"cache-control": said}, NOW)) == understood


@pytest.mark.parametrize(("said", "understood"), EXPIRES)
def test_expires_is_read_in_all_its_forms(said: str, understood: int) -> None:
    assert seconds(fresh_for({"expires": said}, NOW)) == understood


def test_max_age_goes_before_expires() -> None:
    assert fresh_for({"cache-control": "max-age=60", "expires": TEN_PAST}, NOW) == timedelta(seconds=60)


@pytest.mark.parametrize(
    ("age", "left"),
    [("100", 200), ("300", 0), ("9" * 40, 0), ("0", 300), ("-50", 300), ("old", 300), ("", 300)],
)
def test_the_time_in_a_cache_on_the_way_is_gone(age: str, left: int) -> None:
    assert fresh_for({"cache-control": "max-age=300", "age": age}, NOW) == timedelta(seconds=left)


@pytest.mark.parametrize("header", ["Expires", "Retry-After"])
@pytest.mark.parametrize(
    ("off", "understood"),
    [
        (timedelta(hours=-3), 600), (timedelta(hours=5), 600), (timedelta(days=-2), 600),
        # No clock is so far off: the date that it gives is measured with ours.
        (timedelta(days=-9_000), 0), (timedelta(days=9_000), DAY),
    ],
)  # fmt: skip
def test_dates_count_from_the_clock_of_the_server_unless_it_is_absurd(
    header: str, off: timedelta, understood: int
) -> None:
    date = format_datetime(NOW + off, usegmt=True)
    later = format_datetime(NOW + off + timedelta(minutes=10), usegmt=True)
    read = fresh_for if header == "Expires" else retry_after
    assert seconds(read({header.lower(): later, "date": date}, NOW)) == understood


def test_an_absurd_date_does_not_make_an_honest_expires_absurd() -> None:
    headers = {"expires": TEN_PAST, "date": "Thu, 01 Jan 1970 00:00:00 GMT"}
    assert fresh_for(headers, NOW) == timedelta(minutes=10)


TEXT = st.one_of(st.text(max_size=60), st.sampled_from([row[0] for row in CACHE_CONTROL + EXPIRES]))


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "age", "date", "retry-after"]), TEXT))
def test_whatever_the_headers_say_nobody_waits_for_more_than_a_day(headers: dict[str, str]) -> None:
    fresh, wait = fresh_for(headers, NOW), retry_after(headers, NOW)
    assert fresh is None or timedelta() <= fresh <= LONGEST_FRESH
    assert wait is None or timedelta() <= wait <= LONGEST_RETRY_AFTER


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_what_is_left_is_the_max_age_without_the_age(max_age: int, age: int) -> None:
    left = fresh_for({"cache-control": f"max-age={max_age}", "age": str(age)}, NOW)
    assert left == timedelta(seconds=min(max(max_age - age, 0), DAY))


def test_a_document_says_how_long_it_is_good_for(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={"Cache-Control": "max-age=900", "Age": "300"})
    assert poll(feed_server.url("/feed")).fresh_for == timedelta(minutes=10)


def test_a_304_says_so_too(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", Answer(304, headers={"Cache-Control": "max-age=900"}))
    assert poll(feed_server.url("/feed"), etag='"1"').fresh_for == timedelta(minutes=15)


def test_a_document_of_a_silent_server_says_nothing(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={"Date": NOON})
    assert poll(feed_server.url("/feed")).fresh_for is None


@pytest.mark.parametrize("status", [404, 429, 500])
def test_an_error_page_is_never_fresh(feed_server: FeedServer, status: int) -> None:
    feed_server.answer("/feed", status=status, headers={"Cache-Control": "max-age=86400"})
    assert poll(feed_server.url("/feed")).fresh_for is None
