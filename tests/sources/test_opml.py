"""Lists of feeds as feed readers write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Source
from gatewatch.sources.opml import BadOpml, Outline, holds_a_key, read_opml, write_opml

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
USUAL = timedelta(minutes=10)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="1.0">\n<head/>\n<body>\n'
FOOT = "</body></opml>"


def read(inside: str) -> tuple[Outline, ...]:
    return read_opml((HEAD + inside + FOOT).encode())


def test_feeds_come_out_of_all_folders_in_their_order() -> None:
    inside = """<outline text="North">
      <outline text="Deep"><outline type="rss" text="A" xmlUrl="https://a.example/rss"/></outline>
      <outline text="B" xmlUrl="https://b.example/rss"/>
    </outline>
    <outline text="C" title="The C" xmlUrl="https://c.example/rss" language="fi-FI"/>"""
    assert [(each.title, each.url, each.language) for each in read(inside)] == [
        ("A", "https://a.example/rss", ""),
        ("B", "https://b.example/rss", ""),
        ("The C", "https://c.example/rss", "fi"),
    ]


def test_each_feed_knows_its_line() -> None:
    assert [each.line for each in read('<outline xmlUrl="https://a.example"/>\n\n<outline xmlUrl="https://b.example"/>')] == [5, 7]


def test_what_names_no_feed_is_passed_over() -> None:
    assert read('<outline type="link" text="A page" url="https://a.example"/><outline text="A note"/>') == ()


@pytest.mark.parametrize("name", ["xmlUrl", "xmlurl", "XMLURL"])
def test_the_case_of_attributes_does_not_matter(name: str) -> None:
    assert [each.url for each in read(f'<outline {name}="https://a.example/rss"/>')] == ["https://a.example/rss"]


def test_a_title_becomes_one_line() -> None:
    assert [each.title for each in read('<outline text=" A&#10;&#9; b&#8203; " xmlUrl="https://a.example"/>')] == ["A b"]


def test_folders_within_folders_without_end_are_read() -> None:
    depth = 20_000
    inside = "<outline>" * depth + '<outline xmlUrl="https://a.example"/>' + "</outline>" * depth
    assert len(read(inside)) == 1


def test_a_declared_encoding_is_believed() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="Новости" xmlUrl="https://a.example"/></body></opml>'
    assert [each.title for each in read_opml(text.encode("windows-1251"))] == ["Новости"]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE opml [
 <!ENTITY a "aaaaaaaaaa">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
]>
<opml><body><outline text="&b;" xmlUrl="https://a.example"/></body></opml>"""
OUTSIDE = '<!DOCTYPE opml [\n<!ENTITY secret SYSTEM "file:///etc/passwd">\n]>\n<opml><body><outline text="&secret;"/></body></opml>'


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        (BOMB, 3, "declares entities"),
        (OUTSIDE, 2, "declares entities"),
        (HEAD + "<outline>\n" + FOOT, 6, "not valid XML: mismatched tag"),
        (HEAD + '<outline xmlUrl="https://a.example/?a=1&b=2"/>' + FOOT, 5, "has to be written &amp;"),
        (HEAD + '<outline text="a&nbsp;b"/>' + FOOT, 5, "XML knows amp, lt, gt, quot and apos only"),
        ("<html><body></body></html>", 1, "not an OPML file: it begins with <html>"),
        ("", 1, "not valid XML: no element found"),
        ('<?xml version="1.0" encoding="klingon"?><opml/>', 1, "klingon"),
    ],
    ids=["entity bomb", "file of ours", "broken off", "bare ampersand", "entity of HTML", "web page", "empty", "encoding"],
)  # fmt: skip
def test_what_is_no_opml_is_told_with_its_line(body: str, line: int, told: str) -> None:
    with pytest.raises(BadOpml) as refused:
        read_opml(body.encode())
    assert told in str(refused.value)
    assert refused.value.line == line


PARTS = [b"<opml>", b"</opml>", b"<outline", b" xmlUrl=", b"'a'", b">", b"/>", b"</outline>", b"&lt;", b"\xff", b"<!DOCTYPE opml>", b"\0"]


@given(st.lists(st.sampled_from(PARTS), max_size=20).map(b"".join) | st.binary(max_size=100))
def test_bytes_of_any_kind_are_read_or_refused(body: bytes) -> None:
    with suppress(BadOpml):
        assert all(outline.url for outline in read_opml(body))


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs")), min_size=1)
SOURCES = st.builds(
    Source,
    id=st.from_regex(r"[a-z0-9][a-z0-9._-]{0,10}", fullmatch=True),
    url=st.sampled_from(["https://a.example/rss?a=1&b=2", "http://b.example/'\"<x>"]),
    name=LINE,
    country=st.sampled_from([None, "FI", "NO"]),
    language=st.sampled_from([None, "fi", "ru"]),
    official=st.booleans(),
    every=st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    full_text=st.sampled_from(["never", "on_hint", "always"]),
)


@given(SOURCES)
def test_what_is_written_comes_back_whole(source: Source) -> None:
    [back] = read_opml(write_opml([source], NOW, USUAL).encode())
    assert (back.id, back.url, back.title, back.country, back.language, back.official) == (
        source.id,
        source.url,
        source.name,
        source.country or "",
        source.language or "",
        source.official,
    )
    assert back.full_text == ("" if source.full_text == "never" else source.full_text)


@pytest.mark.parametrize(
    ("every", "written"),
    [({"minutes": 5}, "5m"), ({"seconds": 90}, "90s"), ({"hours": 2}, "2h"), ({"days": 3}, "3d"), ({"minutes": 10}, "")],
)
def test_how_often_is_written_as_in_the_config_unless_it_is_the_usual(every: dict[str, int], written: str) -> None:
    [back] = read_opml(write_opml([Source("a", "https://a.example", every=timedelta(**every))], NOW, USUAL).encode())
    assert back.every == written


def test_other_readers_find_opml_2_0_with_a_folder_for_each_country() -> None:
    text = write_opml([Source("a", "https://a.example", country="FI"), Source("b", "https://b.example")], NOW, USUAL)
    assert '<opml version="2.0"' in text
    assert '<outline text="FI">' in text
    assert 'type="rss" text="a" title="a" xmlUrl="https://a.example"' in text
    assert "<dateCreated>Thu, 01 Oct 2026 12:00:00 +0000</dateCreated>" in text


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("https://a.example/rss?token=abc", True),
        ("https://a.example/rss?x=1&API-Key=abc", True),
        ("https://user:word@a.example/rss", True),
        ("https://a.example/rss?owner=463&keyword=border", False),
        ("https://a.example/token/rss", False),
        ("https://[broken", False),
    ],
)
def test_an_address_that_lets_in_whoever_has_it_is_known(url: str, holds: bool) -> None:
    assert holds_a_key(url) is holds
