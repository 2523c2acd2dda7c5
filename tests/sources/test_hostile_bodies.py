"""Bodies that are made to keep a parser busy, or to make it look where it should not."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest

from feed_server import FeedServer
from gatewatch.sources.feeds import body_hash, parse_feed
from gatewatch.sources.lenient import read_leniently
from gatewatch.sources.wellformed import read_wellformed

SIZE = 3_000_000
URL = "https://news.example/feed"


def rss(inner: str) -> str:
    return f'<rss version="2.0"><channel><title>N</title>{inner}</channel></rss>'


def filled(part: str) -> str:
    return part * (SIZE // len(part))


ENTRY = "<item><title>Raja</title><guid>7</guid></item>"
HOSTILE = {
    "a hundred thousand entries": rss(filled(ENTRY)),
    "the same, not well-formed": rss(filled(ENTRY) + "&nbsp;"),
    "empty elements": rss(filled("<a/>")),
    "nested elements": rss("<item>" + "<a>" * (SIZE // 7) + "</a>" * (SIZE // 7) + "</item>"),
    "nested and open": "<rss>" + filled("<a>"),
    "an author of three million letters": rss(f"<item><author>{filled('a')}</author>&nbsp;</item>"),
    "the same in a namespace": rss(f"<item><dc:creator>{filled('a.')}</dc:creator>&nbsp;</item>"),
    "a hundred thousand namespaces": "<rss " + " ".join(f"xmlns:n{n}='u:{n}'" for n in range(SIZE // 40))
    + ">" + "<n9999:a/>" * (SIZE // 40) + "</rss>",
    "blank lines before the root": "<!-- -->" + filled("\n") + rss("&nbsp;"),
    "declarations in one line": "<?x " + filled('encoding="a" ') + "?>" + rss("&nbsp;"),
    "open comments": "<rss><channel>" + filled("<!-- "),
    "open tags": "<rss><channel><item><title>" + filled("<a "),
    "attributes": "<rss><channel><item " + " ".join(f"a{n}='b'" for n in range(SIZE // 12)) + "/></channel></rss>",
    "attributes in HTML": rss(("<item><description>&lt;b " + " ".join(f"a{n}=1" for n in range(20_000))
                               + "&gt;x</description></item>") * 15),
    "nested HTML": rss(filled("<item><description>" + "&lt;b&gt;" * 3_900 + "</description></item>")),
    "dates in dates": rss(filled("<item><title>x</title><pubDate>" + "1 tammi " * 250 + "</pubDate></item>")),
    "a link of three million letters": rss(f"<item><title>x</title><link>https://a.example/?{filled('&amp;a')}</link></item>"),
    "publishers": rss("<item>" + filled("<source><title>a</title></source>") + "</item>"),
    "nested JSON": filled('{"items":['),
    "JSON entries": '{"items":[' + ",".join(['{"id":7,"title":"x"}'] * (SIZE // 21)) + "]}",
    "a JSON number": '{"items":[{"id":' + filled("9") + "}]}",
}  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_body_takes_more_than_seconds(body: str) -> None:
    data = body.encode()
    begun = time.process_time()
    body_hash(data)
    parse_feed(data, URL, None)
    assert time.process_time() - begun < 6


@pytest.mark.parametrize("text", ["", "x" * 1_000], ids=["many tags", "much text"])
def test_of_a_broken_document_that_is_too_long_both_ends_are_read(text: str) -> None:
    """The newest stand at one of them."""
    entry = f"<item><title>M</title><description>{text}</description></item>"
    body = rss(f"<item><title>First</title></item>{filled(entry)}<item><title>Last</title></item>&nbsp;")
    entries = parse_feed(body.encode(), URL, None).entries
    assert (entries[0].title, entries[-1].title) == ("First", "Last")
    assert len(entries) < body.count("<item>")


@pytest.mark.parametrize("read", [read_wellformed, read_leniently])
def test_an_entity_bomb_does_not_go_off(read: object) -> None:
    names = "abcdefghijklm"
    bombs = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">\n' for old, new in itertools.pairwise(names))
    xml = f'<!DOCTYPE rss [\n<!ENTITY a "hahaha">\n{bombs}]>' + rss("<item><title>Boom &m;</title></item>")
    assert callable(read)
    found = read(xml)
    assert found is None or "haha" not in str(found)


def test_nothing_outside_the_document_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    with FeedServer() as server:
        server.answer("/dtd", body=b"<!ENTITY x 'fetched'>")
        for outside in (f"file://{secret}", server.url("/dtd")):
            for doctype in (f'<!DOCTYPE rss SYSTEM "{outside}">', f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{outside}">]>',
                            f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{outside}">%p;]>'):  # fmt: skip
                body = doctype + rss("<item><title>Raja &x;</title></item>")
                feed = parse_feed(body.encode(), URL, None)
                assert "hunter2" not in str(feed)
                assert "fetched" not in str(feed)
        assert server.requests == []


def test_five_thousand_entries_are_all_read_for_the_newest_to_be_chosen() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>T{n}</title></item>" for n in range(5_000))
    assert len(parse_feed(rss(items).encode(), URL, None).entries) == 5_000
    assert len(parse_feed(json.dumps({"items": [{"id": n, "title": "T"} for n in range(5_000)]}).encode(), URL, None).entries) == 5_000
