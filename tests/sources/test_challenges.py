from __future__ import annotations

import pytest

from feed_server import FeedServer
from gatewatch.model import Outcome

from .polling import poll

CLOUDFLARE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"
LOGIN = b'<!-- x --><html><body><form><input type="password"></form></body></html>'
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><item>
<title>&lt;title&gt;Just a moment...&lt;/title&gt; g-recaptcha type="password"</title></item></channel>
</rss>"""


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_challenge_page_is_one_whatever_its_status(feed_server: FeedServer, status: int) -> None:
    feed_server.answer("/feed", status=status, body=CLOUDFLARE, headers={"ETag": '"1"'})
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.detail) == (Outcome.CHALLENGE, "Cloudflare asks for a browser")


@pytest.mark.parametrize("header", ["cf-mitigated", "CF-Mitigated", "x-amzn-waf-action"])
def test_a_challenge_may_show_in_the_headers_only(feed_server: FeedServer, header: str) -> None:
    feed_server.answer("/feed", body=b"<html></html>", headers={header: "challenge"})
    assert poll(feed_server.url("/feed")).outcome is Outcome.CHALLENGE


def test_a_login_page_is_no_feed(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=LOGIN)
    assert poll(feed_server.url("/feed")).outcome is Outcome.CHALLENGE


def test_a_press_page_may_carry_a_login_form(feed_server: FeedServer) -> None:
    feed_server.answer("/page", body=LOGIN)
    assert poll(feed_server.url("/page"), kind="page").outcome is Outcome.OK


def test_news_about_captchas_is_news(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={"Content-Type": "text/html"})
    assert poll(feed_server.url("/feed")).outcome is Outcome.OK


def test_too_many_requests_stays_what_it_is(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", status=429, body=CLOUDFLARE, headers={"Retry-After": "60"})
    assert poll(feed_server.url("/feed")).outcome is Outcome.RATE_LIMITED
