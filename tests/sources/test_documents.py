from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gatewatch.model import (
    Document,
    JsonLayout,
    ListLayout,
    Outcome,
    Source,
    SourceState,
    TableLayout,
)
from gatewatch.sources import documents
from gatewatch.sources.documents import read_document
from gatewatch.sources.feeds import body_hash, parse_feed

NOW = datetime(2023, 11, 17, 12, tzinfo=UTC)
SOURCE = Source("news", "https://news.example/feed")
STATE = SourceState("news", NOW)
RSS = """<rss version="2.0"><channel><title>N</title><lastBuildDate>{built}</lastBuildDate>
<item><guid>1</guid><title>{title}</title><pubDate>Fri, 17 Nov 2023 12:00:00 GMT</pubDate></item>
</channel></rss><!-- made in {built} ms -->"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><updated>{built}</updated><title>N</title>
<entry><id>1</id><title>{title}</title><updated>2023-11-17T12:00:00Z</updated></entry></feed>"""


def got(body: str, outcome: Outcome = Outcome.OK) -> Document:
    return Document("news", NOW, outcome, url="https://cdn.example/feed", body=body.encode(), detail="why")


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_a_document_that_only_tells_when_it_was_built_is_unchanged(feed: str) -> None:
    first = read_document(got(feed.format(built="1", title="Raja")), SOURCE, STATE)
    state = replace(STATE, body_hash=first.body_hash, identity=first.identity)
    again = read_document(got(feed.format(built="2", title="Raja")), SOURCE, state)
    assert (first.unchanged, len(first.items)) == (False, 1)
    assert (again.unchanged, again.items, again.identity) == (True, (), "guid")
    assert not again.usable


@pytest.mark.parametrize("feed", [RSS, ATOM])
@pytest.mark.parametrize("old", ["Raja", "12:00:00"])
def test_a_change_in_an_entry_is_a_change(feed: str, old: str) -> None:
    body = feed.format(built="1", title="Raja")
    assert body_hash(body.encode()) != body_hash(body.replace(old, "13:00:00").encode())


def test_items_carry_when_they_were_seen_and_links_from_where_they_came_in_the_end() -> None:
    body = RSS.format(built="1", title="Raja").replace("<guid>1</guid>", "<link>/1</link>")
    [item] = read_document(got(body), SOURCE, STATE).items
    assert (item.seen, item.url, item.source) == (NOW, "https://cdn.example/1", "news")


def test_a_304_changes_nothing() -> None:
    state = replace(STATE, body_hash="hash", identity="link")
    contents = read_document(got("", Outcome.NOT_MODIFIED), SOURCE, state)
    assert (contents.unchanged, contents.body_hash, contents.identity) == (True, "hash", "link")
    assert contents.problem is None


@pytest.mark.parametrize("kind", ["feed", "page", "google-news", "gdelt"])
def test_an_unchanged_body_is_never_parsed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise 10: an unchanged source costs one request and no parse."""

    def parse(*_: object) -> None:
        raise AssertionError("parsed")

    for parser in ("parse_feed", "read_page", "parse_gdelt", "google_news"):
        monkeypatch.setattr(documents, parser, parse)
    known = replace(STATE, body_hash=body_hash(RSS.encode()))
    contents = read_document(got(RSS), replace(SOURCE, kind=kind), known)
    assert (contents.unchanged, contents.problem) == (True, None)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in (Outcome.OK, Outcome.NOT_MODIFIED)])
def test_a_failed_poll_says_why_and_changes_nothing(outcome: Outcome) -> None:
    state = replace(STATE, body_hash="hash", identity="link")
    contents = read_document(got("", outcome), SOURCE, state)
    assert (contents.problem, contents.body_hash, contents.identity) == ("why", "hash", "link")
    assert not contents.usable


def test_a_page_in_place_of_a_feed_leaves_no_hash_behind() -> None:
    """Else the same page would pass for unchanged, and so for good, at the next poll."""
    page = got("<html><body>Uutiset</body></html>")
    first = read_document(page, SOURCE, STATE)
    assert (first.problem, first.body_hash) == ("not a feed: an HTML page", None)
    assert read_document(page, SOURCE, replace(STATE, body_hash=first.body_hash)).problem


def test_an_empty_feed_is_usable() -> None:
    contents = read_document(got("<rss version='2.0'><channel></channel></rss>"), SOURCE, STATE)
    assert contents.usable
    assert (contents.items, contents.identity) == ((), None)


def test_too_many_entries_are_cut_and_counted() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>T</title></item>" for n in range(2_003))
    contents = read_document(got(f"<rss version='2.0'><channel>{items}</channel></rss>"), SOURCE, STATE)
    assert (len(contents.items), contents.cut) == (2_000, 3)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss><channel><item><title>", b"<feed>", b'{"items":[', b"\xff\xfe"]),
)
def test_no_bytes_make_the_reading_fail(rubbish: bytes, start: bytes) -> None:
    contents = read_document(replace(got(""), body=start + rubbish), SOURCE, STATE)
    assert contents.problem is None or "failed" not in contents.problem


def _encoded_twice(word: str) -> bool:
    """Whether the letters of a word, taken as bytes, are UTF-8 beyond ASCII."""
    for encoding in ("latin-1", "cp1252"):
        try:
            if word.encode(encoding).decode("utf-8") != word:
                return True
        except UnicodeError:
            continue
    return False


@given(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="<&]"), min_size=1, max_size=40)
)
def test_words_without_markup_come_through_as_they_are(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    assume(not _encoded_twice(word))  # "Ã¤" is repaired to "ä", which is what its publisher meant
    body = f"<rss version='2.0'><channel><item><title>a {word}</title></item></channel></rss>"
    [entry] = parse_feed(body.encode(), SOURCE.url, None).entries
    assert entry.title == f"a {word}"


GOOGLE = """<rss version="2.0"><channel><title>search</title><item><title>Border is closed - The Paper</title>
<guid isPermaLink="false">CBMi1</guid><link>https://news.google.com/rss/articles/CBMi1?oc=5</link>
<source url="https://paper.example">The Paper</source></item></channel></rss>"""
GDELT = """{"articles": [{"url": "https://paper.example/1", "title": "Border is closed , says minister",
"seendate": "20231117T101500Z", "domain": "paper.example", "language": "English"}]}"""
PAGE = """<html><body><ul class="news"><li><a href="/1">The border crossing is closed</a></li>
<li><a href="/2">Another matter that has a long headline</a></li></ul></body></html>"""


@pytest.mark.parametrize(
    ("source", "body", "title", "url"),
    [
        (replace(SOURCE, kind="google-news"), GOOGLE, "Border is closed", "https://news.google.com/rss/articles/CBMi1?oc=5"),
        (replace(SOURCE, kind="gdelt"), GDELT, "Border is closed, says minister", "https://paper.example/1"),
        (replace(SOURCE, kind="page", layout=ListLayout(rows="ul.news > li")), PAGE, "The border crossing is closed", "https://cdn.example/1"),
        (replace(SOURCE, kind="page", layout=JsonLayout(title="t", rows="a", link="u")), '{"a": [{"t": "Closed", "u": "/3"}]}', "Closed", "https://cdn.example/3"),
    ],
    ids=["google-news", "gdelt", "list", "json"],
)  # fmt: skip
def test_each_kind_of_source_is_read_in_its_way(source: Source, body: str, title: str, url: str) -> None:
    contents = read_document(got(body), source, STATE)
    assert contents.problem is None
    assert (title, url) in [(item.title, item.url) for item in contents.items]


def test_a_table_of_states_gives_its_changes_and_what_it_shows_now() -> None:
    source = replace(SOURCE, kind="page", layout=TableLayout())
    table = "<table><tr><td>Narva</td><td>{}</td></tr><tr><td>Koidula</td><td>open</td></tr></table>"
    first = read_document(got(table.format("open")), source, STATE)
    assert (first.items, dict(first.rows or {})) == ((), {"Narva": "open", "Koidula": "open"})
    then = read_document(got(table.format("closed")), source, replace(STATE, seeded=NOW, rows=first.rows or {}))
    assert [item.title for item in then.items] == ["Narva: closed"]
