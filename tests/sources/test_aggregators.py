from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.sources.aggregators import google_news, parse_gdelt, tidy_title
from gatewatch.sources.entries import Entry, Feed
from gatewatch.sources.feeds import parse_feed

ITEM = """<rss version="2.0"><channel><title>"border" - Google News</title><item>
<title>Finland to close last crossing - PM says - The Daily &amp;amp; Post</title>
<link>https://news.google.example/rss/articles/CBMi</link><guid isPermaLink="false">CBMi</guid>
<pubDate>Tue, 28 Nov 2023 14:00:00 GMT</pubDate>
<description>&lt;a href="https://news.google.example/rss/articles/CBMi"&gt;Finland to close last crossing - PM says&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font color="#6f6f6f"&gt;The Daily &amp;amp; Post&lt;/font&gt;</description>
<source url="https://post.example">The Daily &amp;amp; Post</source></item></channel></rss>"""


def gdelt(*articles: object) -> Feed:
    return parse_gdelt(json.dumps({"articles": articles}).encode(), "application/json")


def article(**other: object) -> dict[str, object]:
    return {
        "url": "https://yle.example/a", "title": "Itäraja suljetaan", "seendate": "20231122T101500Z",
        "domain": "yle.example", "language": "Finnish", "sourcecountry": "Finland",
    } | other  # fmt: skip


def test_google_news_headlines_lose_their_publisher_and_keep_their_own_dashes() -> None:
    [entry] = google_news(parse_feed(ITEM.encode(), "https://news.google.example/rss", None)).entries
    assert entry.title == "Finland to close last crossing - PM says"
    assert (entry.publisher, entry.guid, entry.summary) == ("The Daily & Post", "CBMi", "")


@pytest.mark.parametrize(
    ("title", "publisher", "left"),
    [
        ("Raja kiinni - Yle", "Yle", "Raja kiinni"),
        ("Raja kiinni – Yle", "Yle", "Raja kiinni"),
        ("Raja kiinni - Yle", "", "Raja kiinni - Yle"),
        ("Raja kiinni - Yle", "HS", "Raja kiinni - Yle"),
        ("Border shut - Reuters - Reuters", "Reuters", "Border shut - Reuters"),
        (" - Yle", "Yle", " - Yle"),
        ("Yle", "Yle", "Yle"),
    ],
)
def test_only_the_publisher_that_the_item_names_is_cut(title: str, publisher: str, left: str) -> None:
    [entry] = google_news(Feed((Entry(title=title, publisher=publisher),))).entries
    assert entry.title == left


def test_a_summary_that_says_more_than_the_headline_stays() -> None:
    told = "Raja kiinni. Kaikki rajanylityspaikat suljetaan huomenna kello 12."
    [entry] = google_news(Feed((Entry(title="Raja kiinni - Yle", publisher="Yle", summary=told),))).entries
    assert entry.summary == told


def test_an_answer_of_gdelt_is_a_feed() -> None:
    [entry] = gdelt(article()).entries
    assert entry == Entry(
        guid="https://yle.example/a",
        link="https://yle.example/a",
        title="Itäraja suljetaan",
        published=datetime(2023, 11, 22, 10, 15, tzinfo=UTC),
        language="fi",
        publisher="yle.example",
    )


@pytest.mark.parametrize(
    ("spaced", "tidy"),
    [
        ("Finland closes border , says PM", "Finland closes border, says PM"),
        ("Border closed ? Yes ! At once .", "Border closed? Yes! At once."),
        ("Border ( Vaalimaa ) closed : why", "Border (Vaalimaa) closed: why"),
        ("Finland ' s border", "Finland's border"),
        ("Finland ’s border isn ' t open", "Finland ’s border isn't open"),
        ("Up 5 % in a year", "Up 5% in a year"),
        ("Version .5 of 3 . 2", "Version .5 of 3. 2"),
        ("Nothing to do", "Nothing to do"),
    ],
)
def test_spaces_before_punctuation_go(spaced: str, tidy: str) -> None:
    assert tidy_title(spaced) == tidy


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Your query was too short or too long.", "GDELT says: Your query was too short"),
        (b"<html><body>Please limit requests to one every 5 seconds</body></html>", "one every 5 seconds"),
        (b"", "GDELT says nothing"),
        (b'{"articles": {}}', "without a list"),
        (b"[1]", "without a list"),
        (b'{"articles": [', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_answer_is_a_problem_with_its_words(body: bytes, words: str) -> None:
    feed = parse_gdelt(body, "text/html")
    assert words in (feed.problem or "")
    assert feed.entries == ()


def test_no_news_is_no_problem() -> None:
    assert parse_gdelt(b"{}", None) == Feed(title="GDELT", form="GDELT DOC 2.0")


@pytest.mark.parametrize(
    "broken", [rb"It\'s closed", rb"It's \closed", b"It's\n closed", rb"It's closed \u12", b"It's closed \x01"]
)
def test_broken_escapes_do_not_lose_the_answer(broken: bytes) -> None:
    body = json.dumps({"articles": [article(title="HERE"), article(url="https://yle.example/b")]}).encode()
    entries = parse_gdelt(body.replace(b"HERE", broken), None).entries
    assert len(entries) == 2
    assert "closed" in entries[0].title


def test_a_good_escape_stays_one() -> None:
    body = rb'{"articles": [{"url": "https:\/\/x.example\/a", "title": "\"It\u00e4raja\" \q"}]}'
    assert [entry.title for entry in parse_gdelt(body, None).entries] == ['"Itäraja" \\q']


def test_articles_without_words_or_link_and_odd_values_are_passed_over() -> None:
    odd = [None, 7, article(url=None), article(url="javascript:x"), article(title=""), article(seendate=1, language=None)]
    [entry] = gdelt(*odd).entries
    assert (entry.published, entry.language) == (None, None)


@settings(deadline=None)
@given(st.binary(max_size=60), st.sampled_from([b"", b'{"articles":[', b'{"articles":[{"url":"https://x.example/a","title":"']))
def test_no_bytes_make_it_fail(rubbish: bytes, start: bytes) -> None:
    parse_gdelt(start + rubbish, None)
