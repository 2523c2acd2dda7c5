from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.sources.feeds import parse_feed
from gatewatch.sources.ttl import LONGEST, SHORTEST, time_to_live

FEED = (
    '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>N</title>{}'
    "<item><title>T</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("ttl", "minutes"),
    [("60", 60), (" 5 ", 5), ("1440", 1440), ("0", None), ("2", None), ("-60", None), ("525600", None), ("1.5", None),
     ("always", None), ("", None), ("PT1H", None), ("9" * 5000, None), ("٦٠", None), ("4", None), ("1441", None)],
)  # fmt: skip
def test_a_ttl_counts_between_five_minutes_and_a_day(ttl: str, minutes: int | None) -> None:
    wanted = None if minutes is None else timedelta(minutes=minutes)
    assert time_to_live({"ttl": ttl}) == wanted


@pytest.mark.parametrize(
    ("period", "frequency", "hours"),
    [("hourly", "1", 1), ("daily", "", 24), ("daily", "4", 6), ("Daily", "24", 1), ("weekly", "7", 24), ("weekly", "1", None),
     ("dayly", "1", None), ("always", "1", None), ("yearly", "1", None), ("hourly", "0", None), ("hourly", "-1", None),
     ("hourly", "60", None), ("daily", "x", None), ("", "2", None)],
)  # fmt: skip
def test_an_update_period_counts_where_it_makes_sense(period: str, frequency: str, hours: int | None) -> None:
    wanted = None if hours is None else timedelta(hours=hours)
    assert time_to_live({"sy_updateperiod": period, "sy_updatefrequency": frequency}) == wanted


def test_a_ttl_that_makes_no_sense_leaves_the_word_to_the_period() -> None:
    pace = {"sy_updateperiod": "hourly"}
    assert time_to_live(pace | {"ttl": "30"}) == timedelta(minutes=30)
    assert time_to_live(pace | {"ttl": "0"}) == timedelta(hours=1)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["ttl", "sy_updateperiod", "sy_updatefrequency"]), st.text() | st.integers().map(str)))
def test_no_words_make_a_wait_out_of_bounds(pace: dict[str, str]) -> None:
    wait = time_to_live(pace)
    assert wait is None or SHORTEST <= wait <= LONGEST


@pytest.mark.parametrize("breaking", ["", "<x>&nbsp;</x>"], ids=["well-formed", "broken"])
def test_a_feed_says_how_long_it_stays_fresh_and_what_it_is(breaking: str) -> None:
    said = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>" + breaking
    feed = parse_feed(FEED.format(said).encode(), "https://news.example/feed", None)
    assert (feed.ttl, feed.form, feed.title) == (timedelta(hours=6), "RSS 2.0", "N")


FORMS = {
    "RSS 2.0": FEED.format(""),
    "RSS 0.91": '<rss version="0.91"><channel><title>N</title></channel></rss>',
    "RSS": "<rss><channel><title>N</title></channel></rss>",
    "RDF 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>',
    "RDF 0.9": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/></rdf:RDF>',
    "Atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"/>',
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>',
    "JSON Feed 1.1": '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "JSON Feed 1": '{"version": "https://jsonfeed.org/version/1", "items": []}',
    "JSON Feed": '{"version": 7, "items": []}',
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_feed_is_told(form: str) -> None:
    feed = parse_feed(FORMS[form].encode(), "https://news.example/feed", None)
    assert (feed.problem, feed.form) == (None, form)
