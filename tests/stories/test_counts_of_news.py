"""Counts of all that is read become series, and rules and alerts go by them."""

from __future__ import annotations

from datetime import date

from gatewatch.model import Document, Outcome, Per, Point

from .news import Newsroom, newsroom

THREE_TIMES = """
[[rule]]
id = "unusual"
says = "Three times as many as usual"
severity = "high"
country = "FI"
count = { times = 3, per = "day" }
"""
DRAFT = THREE_TIMES + 'status = "draft"\n'


def arrivals(number: int) -> str:
    return f"{number} asylum seekers arrived in Finland today"


def a_quiet_week(room: Newsroom, days: int = 6) -> None:
    for day in range(1, days + 1):
        assert room.tells(f"2023-11-{day:02}T12:00", arrivals(day + 3)) == ()


def told(room: Newsroom) -> list[tuple[str, str, int, bool]]:
    return [
        (figure.day.isoformat(), figure.source, figure.count.value, figure.official)
        for figure in room.store.figures("FI", Per.DAY)
    ]


def test_every_count_that_is_read_is_kept_whether_a_rule_asks_for_it_or_not() -> None:
    with newsroom(DRAFT.replace('country = "FI"', 'country = "NO"')) as room:
        room.tells("2023-11-15T12:00", arrivals(55), "In August 2015, 4,000 asylum seekers had come in a month.")
        room.tells("2023-11-15T13:00", arrivals(50), source="raja-fi")
        assert told(room) == [("2023-11-15", "yle", 55, False), ("2023-11-15", "raja-fi", 50, True)]


def test_a_value_many_times_the_usual_raises_an_alert_with_its_series() -> None:
    with newsroom(THREE_TIMES) as room:
        a_quiet_week(room)
        assert room.tells("2023-11-07T12:00", arrivals(16)) == ()
        (alert,) = room.tells("2023-11-08T12:00", arrivals(39))
        assert (alert.rule, alert.count) == ("unusual", 39)
        days = [(n, n + 3) for n in range(1, 7)] + [(7, 16), (8, 39)]
        assert alert.points == tuple(Point(date(2023, 11, day), value) for day, value in days)


def test_the_rule_is_ready_again_when_numbers_are_usual_again() -> None:
    with newsroom(THREE_TIMES) as room:
        a_quiet_week(room)
        assert len(room.tells("2023-11-07T12:00", arrivals(60))) == 1
        assert room.tells("2023-11-08T12:00", arrivals(61)) == ()
        assert room.tells("2023-11-09T12:00", arrivals(10)) == ()
        assert len(room.tells("2023-11-10T12:00", arrivals(62))) == 1


def test_before_five_days_are_known_nothing_is_unusual() -> None:
    with newsroom(THREE_TIMES) as room:
        a_quiet_week(room, days=4)
        assert room.tells("2023-11-08T12:00", arrivals(5000)) == ()


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><guid>1</guid><title>44 asylum seekers arrived in Finland today</title>
<pubDate>Tue, 31 Oct 2023 09:00:00 GMT</pubDate></item>
<item><guid>2</guid><title>70 asylum seekers arrived in Finland today</title></item>
</channel></rss>"""


def test_the_backlog_of_a_new_source_is_history_where_it_has_dates() -> None:
    with newsroom(THREE_TIMES) as room:
        polled = Document("yle", room.now, Outcome.OK, "https://yle.example/rss", 200, FEED, "application/rss+xml")
        (taken,) = room.pipeline.take(room.pipeline.open(polled, room.source("yle")))
        assert (taken.seeded, taken.alerts) == (2, ())
        assert told(room) == [("2023-10-31", "yle", 44, False)]
