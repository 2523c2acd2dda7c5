"""`gatewatch sources check`: what each source gives, today."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from feed_server import Answer, FeedServer
from gatewatch.cli import sources_probes
from gatewatch.sources.trying import try_sources

from .watching import Watch, page, rss

FINNISH = ("Raja on kiinni, mutta joka toinen pääsee", "Hallitus: että kun raja on auki", "Poliisi, joka tutkii, mutta ei kerro")


@pytest.fixture(autouse=True)
def _without_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """All test sources are on one host."""
    monkeypatch.setattr(sources_probes, "try_sources", partial(try_sources, pause=0.0))


def test_each_source_has_its_line_and_all_have_a_sum(watch: Watch, feed_server: FeedServer) -> None:
    watch.polls(good=feed_server.url("/good"), page=feed_server.url("/page"), gone=feed_server.url("/gone"))
    feed_server.answer("/good", body=rss("A", "B"))
    feed_server.answer("/page", body=page("/good"))
    told = watch.call("check", "good", "page", "gone", exit_code=1).stdout
    lines = told.splitlines()
    assert lines[0].startswith("good  fine  ")
    assert "2 items, without dates" in lines[0]
    assert lines[1].startswith("page  not a feed  ")
    assert lines[2].split() == ["feed", feed_server.url("/good")]
    assert "gone  gone  the server answered 404" in told
    assert lines[-1] == "1 of 3 sources are fine"


def test_when_all_is_fine_it_ends_well(watch: Watch, feed_server: FeedServer) -> None:
    watch.polls(good=feed_server.url("/good"))
    feed_server.answer("/good", body=rss("A"))
    assert watch.call("check", "good").stdout.startswith("good  fine")


def test_without_ids_all_of_the_config_are_asked(watch: Watch, feed_server: FeedServer) -> None:
    text = watch.config.read_text().replace("https://first.example", feed_server.url(""))
    watch.config.write_text(text)
    feed_server.answer("/rss", body=rss("A"))
    assert [each["id"] for each in watch.told("check")] == ["first"]


def test_json_tells_everything_in_the_order_of_the_config(watch: Watch, feed_server: FeedServer) -> None:
    watch.polls(slow=feed_server.url("/slow"), moved=feed_server.url("/old"))
    feed_server.answer("/slow", Answer(200, rss("A", day="Mon, 01 Jan 2024 10:00:00 GMT"), delay=0.2))
    feed_server.answer("/old", Answer(301, headers={"Location": "/new"}))
    feed_server.answer("/new", body=rss("A", "B"))
    slow, moved = watch.told("check", "slow", "moved", exit_code=1)
    assert (slow["verdict"], slow["fine"], slow["newest"]) == ("frozen?", False, "2024-01-01T10:00:00+00:00")
    assert (moved["fine"], moved["items"], moved["moved_to"]) == (True, 2, feed_server.url("/new"))


def test_the_language_is_guessed_from_the_headlines(watch: Watch, feed_server: FeedServer) -> None:
    watch.polls(good=feed_server.url("/good"))
    feed_server.answer("/good", body=rss(*FINNISH))
    [found] = watch.told("check", "good")
    assert found["language"] == "fi"


def test_a_source_of_the_catalogue_can_be_tried_before_it_is_added(
    watch: Watch, feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("gatewatch.cli.sources_check.tried", lambda sources, _: asked.extend(s.id for s in sources) or [])
    watch.call("check", "first", "hs")
    assert asked == ["first", "hs"]


def test_an_id_that_nobody_knows_is_wrong_usage(watch: Watch) -> None:
    assert "There is no source 'frist'. Did you mean 'first'?" in watch.call("check", "frist", exit_code=2).stderr


def test_nothing_is_stored(watch: Watch, feed_server: FeedServer, tmp_path: Path) -> None:
    watch.polls(good=feed_server.url("/good"))
    feed_server.answer("/good", body=rss("A"))
    before = sorted(tmp_path.rglob("*"))
    watch.call("check", "good")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_page_tells_which_list_was_found_and_its_first_titles(watch: Watch, feed_server: FeedServer) -> None:
    rows = "".join(
        f'<li><h3><a href="/n/{n}">Number {n} of the news of this border guard</a></h3><time datetime="2026-11-{n:02}">'
        f"{n} November 2026</time></li>"
        for n in range(10, 18)
    )
    feed_server.answer("/news", body=f"<!doctype html><html><body><ul class='news'>{rows}</ul></body></html>".encode())
    block = f'[[source]]\nid = "guard"\nkind = "page"\nurl = "{feed_server.url("/news")}"\n'
    watch.config.write_text(block + watch.config.read_text())
    told = watch.call("check", "guard").stdout
    assert "guard  fine  " in told
    assert "ul.news" in told
    assert "Number 17 of the news of this border guard" in told
