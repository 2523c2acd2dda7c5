from __future__ import annotations

import gzip

import pytest

from feed_server import Answer, FeedServer
from gatewatch.model import Outcome
from gatewatch.sources.http import Limits

from .polling import article

PAGE = b"<!doctype html><html><body><p>The border is closed.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def fetched(server: FeedServer, answer: Answer, limits: Limits | None = None) -> Outcome:
    server.answer("/1", answer)
    return article(server.url("/1"), of=server.url("/feed"), limits=limits).outcome


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "text/plain", ""])
def test_what_can_be_read_is_taken(feed_server: FeedServer, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    assert fetched(feed_server, Answer(200, PAGE, headers)) is Outcome.OK


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/octet-stream"])
def test_what_is_no_page_is_not_even_downloaded(feed_server: FeedServer, kind: str) -> None:
    answer = Answer(200, b"x" * 100, {"Content-Type": kind}, drip=60.0)
    assert fetched(feed_server, answer, Limits(total=5.0)) is Outcome.BAD_CONTENT


def test_bytes_that_do_not_say_what_they_are_must_look_like_a_page(feed_server: FeedServer) -> None:
    assert fetched(feed_server, Answer(200, b"%PDF-1.7 ...")) is Outcome.BAD_CONTENT


@pytest.mark.parametrize("status", [403, 404, 500, 304])
def test_an_error_is_no_article(feed_server: FeedServer, status: int) -> None:
    assert fetched(feed_server, Answer(status, b"" if status == 304 else PAGE, HTML)) is not Outcome.OK


def test_an_article_is_cut_off_sooner_than_a_feed(feed_server: FeedServer) -> None:
    bomb = gzip.compress(PAGE + bytes(3_000_000))
    answer = Answer(200, bomb, HTML | {"Content-Encoding": "gzip"})
    assert fetched(feed_server, answer) is Outcome.TOO_LARGE


def test_an_article_is_asked_for_as_a_page_and_without_conditions(feed_server: FeedServer) -> None:
    fetched(feed_server, Answer(200, PAGE, HTML))
    asked = feed_server.requests[0].headers
    assert asked["accept"].startswith("text/html")
    assert not {"if-none-match", "if-modified-since", "cookie"} & asked.keys()


def test_an_article_behind_a_challenge_is_told_as_one(feed_server: FeedServer) -> None:
    assert fetched(feed_server, Answer(403, PAGE, HTML | {"cf-mitigated": "challenge"})) is Outcome.CHALLENGE


def test_a_page_with_a_login_form_on_it_is_an_article(feed_server: FeedServer) -> None:
    assert fetched(feed_server, Answer(200, PAGE + b'<input type="password">', HTML)) is Outcome.OK


@pytest.mark.parametrize(
    "url", ["", "mailto:desk@news.example", "javascript:alert(1)", "file:///etc/passwd", "http://"]
)
def test_a_link_that_leads_nowhere_is_a_failure_and_no_fault(feed_server: FeedServer, url: str) -> None:
    assert article(url, of=feed_server.url("/feed")).outcome is Outcome.NETWORK_ERROR
