"""`gatewatch sources add`: by id of the catalogue, or by an address that is asked first."""

from __future__ import annotations

import pytest

from feed_server import Answer, FeedServer
from gatewatch.settings import load

from .watching import Watch, page, rss

NEWS = rss("Border news", "More news")


def test_an_entry_of_the_catalogue_is_written_as_it_stands_there(watch: Watch) -> None:
    watch.call("add", "strazgraniczna", "--no-check")
    assert watch.added() == (
        '[[source]]\nid = "strazgraniczna"\nname = "Straż Graniczna"\nurl = "https://www.strazgraniczna.pl/pl/aktualnosci"\n'
        'kind = "page"\ncountry = "PL"\nlanguage = "pl"\nofficial = true\nevery = "15m"\nfull_text = "on_hint"'
    )


def test_options_take_the_place_of_what_the_catalogue_says(watch: Watch) -> None:
    watch.call("add", "hs", "--id", "sanomat", "--every", "3m", "--no-check")
    source = load(watch.config).sources[1]
    assert (source.id, source.name, source.every.total_seconds()) == ("sanomat", "Helsingin Sanomat", 180)


def test_several_are_added_at_once(watch: Watch) -> None:
    watch.call("add", "hs", "gdelt-border", "polisen-norrbotten", "--no-check")
    assert [source.id for source in load(watch.config).sources[1:]] == ["hs", "gdelt-border", "polisen-norrbotten"]


def test_a_new_address_is_asked_and_named_after_what_is_found(watch: Watch, feed_server: FeedServer) -> None:
    url = feed_server.url("/rss")
    feed_server.answer("/rss", body=NEWS)
    told = watch.call("add", url, "--country", "FI", "--official").stdout
    assert "2 items" in told
    assert f"added the-feed to {watch.config}" in told
    assert watch.added() == (
        f'[[source]]\nid = "the-feed"\nname = "The Feed"\nurl = "{url}"\ncountry = "FI"\nofficial = true'
    )
    assert len(feed_server.asked("/rss")) == 1


def test_the_feed_that_a_page_names_is_added_instead(watch: Watch, feed_server: FeedServer) -> None:
    feed_server.answer("/", body=page("/rss"))
    feed_server.answer("/rss", body=NEWS)
    watch.call("add", feed_server.url("/"))
    assert f'url = "{feed_server.url("/rss")}"' in watch.added()


def test_of_several_feeds_the_user_chooses(watch: Watch, feed_server: FeedServer) -> None:
    feed_server.answer("/", body=page("/rss", "/sport"))
    told = watch.call("add", feed_server.url("/"), exit_code=1)
    assert feed_server.url("/rss") in told.stdout
    assert feed_server.url("/sport") in told.stdout
    assert watch.added() == ""


def test_a_feed_on_another_host_is_shown_and_not_followed(watch: Watch, feed_server: FeedServer) -> None:
    """What a page says must not lead us into the private network."""
    with FeedServer() as inside:
        inside.answer("/admin", body=NEWS)
        feed_server.answer("/", body=page(inside.url("/admin")))
        told = watch.call("add", feed_server.url("/"), exit_code=1)
        assert inside.url("/admin") in told.stdout
        assert inside.requests == []


def test_a_page_whose_feed_is_polled_already_adds_nothing(watch: Watch, feed_server: FeedServer) -> None:
    feed_server.answer("/", body=page("/rss"))
    feed_server.answer("/rss", body=NEWS)
    watch.polls(there=feed_server.url("/rss"))
    before = watch.config.read_text()
    assert "is polled already, as there" in watch.call("add", feed_server.url("/"), exit_code=1).stderr
    assert watch.config.read_text() == before


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(Answer(404), "gone"), (Answer(200, page()), "not a feed"), (Answer(200, rss("A", day="Mon, 01 Jan 2024 00:00:00 GMT")), "frozen?")],
)  # fmt: skip
def test_what_is_not_fine_is_not_added(watch: Watch, feed_server: FeedServer, answer: Answer, verdict: str) -> None:
    feed_server.answer("/rss", answer)
    refused = watch.call("add", feed_server.url("/rss"), exit_code=1)
    assert verdict in refused.stdout
    assert "not added; --no-check adds it as it is" in refused.stderr
    assert watch.added() == ""


def test_without_a_check_it_is_added_unasked(watch: Watch, feed_server: FeedServer) -> None:
    watch.call("add", feed_server.url("/rss"), "--no-check")
    assert watch.added() == f'[[source]]\nid = "127-0-0-1"\nurl = "{feed_server.url("/rss")}"'
    assert feed_server.requests == []


def test_the_others_are_added_when_one_is_not_fine(watch: Watch, feed_server: FeedServer) -> None:
    feed_server.answer("/rss", body=NEWS)
    watch.call("add", feed_server.url("/gone"), feed_server.url("/rss"), exit_code=1)
    assert [source.url for source in load(watch.config).sources[1:]] == [feed_server.url("/rss")]


@pytest.mark.parametrize("address", ["https://first.example/rss", "http://www.first.example/rss/?utm_source=x"])
def test_what_is_there_already_is_told_and_not_asked(watch: Watch, address: str) -> None:
    before = watch.config.read_text()
    assert "is polled already, as first" in watch.call("add", address, exit_code=1).stderr
    assert watch.config.read_text() == before


def test_an_id_that_is_taken_is_told_with_what_to_do(watch: Watch) -> None:
    told = watch.call("add", "https://other.example/rss", "--id", "first", "--no-check", exit_code=1)
    assert "the id is taken by https://first.example/rss; --id gives it another" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["hss"], "The catalogue has no source 'hss'. Did you mean 'hs'?"),
        (["news.example.org"], "an address begins with https://"),
        (["https://a.example", "https://b.example", "--name", "A"], "--name is for one source at a time"),
        (["https://a.example", "--country", "Finland"], "names a country"),
        (["https://a.example", "--every", "often"], "`every` has to be a number and s, m, h or d"),
        (["https://me:hunter2@a.example/rss"], "Secrets never stand in config.toml"),
        (["ftp://a.example/rss"], "begins with https:// or http://"),
        (["hs", "--kind", "page"], "--kind is for addresses"),
    ],
)
def test_wrong_usage_is_told_before_anybody_is_asked(watch: Watch, arguments: list[str], told: str) -> None:
    before = watch.config.read_text()
    refused = watch.call("add", *arguments, exit_code=2)
    assert told in " ".join(refused.stderr.split())
    assert "hunter2" not in refused.stderr
    assert watch.config.read_text() == before


def test_a_config_that_is_broken_already_is_told_first(watch: Watch) -> None:
    watch.config.write_text("source = ")
    assert "config.toml:1:" in watch.call("add", "hs", "--no-check", exit_code=78).stderr
