"""A headline promises, the article tells: fetched once, read, and never worth more than the headline."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from feed_server import FeedServer

from .installation import Installation, wait_until

RULE = """
[[rule]]
id = "storskog"
says = "Anything that names Storskog"
severity = "high"
any = ["Storskog"]
  [[rule.test]]
  title = "Storskog is closed"
  fires = true
"""
STORY = (
    "The government will close the border crossing at Storskog from Friday, the minister of justice said in Oslo."
    " Travellers who are on their way should turn round, the police in Finnmark said on Tuesday evening."
)
ARTICLE = f"""<!doctype html><html lang="en"><head><title>Norway closes its border crossing</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Norway closes its border crossing</h1><p>{STORY}</p>
<p>The decision on the border crossing was expected for a week, and the closing of the border is meant to last for some
months. The police will answer questions on the telephone, the government wrote in its release.</p></article></body></html>"""


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><guid>{link}</guid><link>{link}</link><title>{title}</title></item>" for title, link in entries
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def watch(installation: Installation, server: FeedServer, full_text: str = "on_hint") -> None:
    installation.configure({"a": server.url("/feed")}, rules=RULE)
    config = installation.path / "config.toml"
    config.write_text(config.read_text().replace('every = "1s"', f'every = "1s"\nfull_text = "{full_text}"'))
    (installation.path / "rules" / "places.toml").unlink(missing_ok=True)


def test_what_only_the_article_says_is_found(installation: Installation, server: FeedServer) -> None:
    server.answer("/feed", body=feed())
    server.answer("/article", body=ARTICLE.encode(), headers={"Content-Type": "text/html"})
    watch(installation, server)
    with installation.running() as daemon:
        daemon.wait_for("event=started")
        wait_until(lambda: len(server.asked("/feed")) >= 2)
        server.answer("/feed", body=feed(("Norway closes its border crossing", server.url("/article"))))
        wait_until(lambda: len(installation.messages()) == 1)
        asked = len(server.asked("/feed"))
        wait_until(lambda: len(server.asked("/feed")) >= asked + 2)
        assert daemon.stop() == 0
    assert len(server.asked("/article")) == 1
    assert "close the border crossing at Storskog from Friday" in json.dumps(installation.messages())


def test_an_article_that_fails_does_not_lose_the_item(installation: Installation, server: FeedServer) -> None:
    server.answer("/feed", body=feed())
    server.answer("/article", status=500, body=b"oops")
    watch(installation, server)
    with installation.running() as daemon:
        wait_until(lambda: len(server.asked("/feed")) >= 2)
        server.answer("/feed", body=feed(("Norway closes the border crossing at Storskog", server.url("/article"))))
        wait_until(lambda: len(installation.messages()) == 1)
        assert daemon.stop() == 0
    assert len(server.asked("/article")) == 1


def test_a_headline_of_no_concern_costs_no_request(installation: Installation, server: FeedServer) -> None:
    server.answer("/feed", body=feed())
    watch(installation, server)
    with installation.running() as daemon:
        wait_until(lambda: len(server.asked("/feed")) >= 2)
        served = feed(("Ice hockey tonight", server.url("/hockey")), ("A word on Storskog", server.url("/storskog")))
        server.answer("/feed", body=served)
        wait_until(lambda: len(installation.messages()) == 1)
        assert daemon.stop() == 0
    assert server.asked("/hockey") == []


def test_the_backlog_of_a_first_poll_is_not_fetched(installation: Installation, server: FeedServer) -> None:
    server.answer("/feed", body=feed(("Norway closes its border crossing", server.url("/article"))))
    watch(installation, server, full_text="always")
    with installation.running() as daemon:
        daemon.wait_for("event=seeded source=a items=1")
        assert daemon.stop() == 0
    assert server.asked("/article") == []
