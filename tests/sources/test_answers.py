from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from feed_server import Answer, FeedServer
from gatewatch.model import Outcome, Source
from gatewatch.sources.http import Fetcher, Limits

from .polling import NOW, poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
STATUSES = [
    (200, Outcome.OK), (203, Outcome.OK), (206, Outcome.OK), (400, Outcome.CLIENT_ERROR),
    (403, Outcome.CLIENT_ERROR), (404, Outcome.GONE), (410, Outcome.GONE), (429, Outcome.RATE_LIMITED),
    (500, Outcome.SERVER_ERROR), (503, Outcome.SERVER_ERROR), (300, Outcome.BAD_CONTENT),
    (999, Outcome.SERVER_ERROR),
]  # fmt: skip


@pytest.mark.parametrize(("status", "outcome"), STATUSES)
def test_every_status_has_its_outcome(feed_server: FeedServer, status: int, outcome: Outcome) -> None:
    feed_server.answer("/feed", status=status, body=RSS)
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.status) == (outcome, status)
    assert document.body == (RSS if outcome is Outcome.OK else b"")


@pytest.mark.parametrize("body", [b"", b" \n\n "])
def test_a_200_without_a_body_is_bad_content(feed_server: FeedServer, body: bytes) -> None:
    feed_server.answer("/feed", body=body)
    assert poll(feed_server.url("/feed")).outcome is Outcome.BAD_CONTENT


def test_we_say_who_we_are_and_keep_no_cookies(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", status=302, headers={"Location": "/feed2", "Set-Cookie": "id=1; Path=/"})
    feed_server.answer("/feed2", body=RSS, headers={"Set-Cookie": "id=2"})
    poll(feed_server.url("/feed"), contact="desk@news.example")
    asked = feed_server.asked("/feed2")[0].headers
    assert asked["user-agent"].startswith("Gatewatch/")
    assert "desk@news.example" in asked["user-agent"]
    assert asked["from"] == "desk@news.example"
    assert "cookie" not in asked


@pytest.mark.parametrize("name", ["Newsdesk/1.0 (desk@news.example)", "K\xe4ytt\xe4j\xe4 \u2713"])
def test_the_operator_may_name_us(feed_server: FeedServer, name: str) -> None:
    async def once() -> None:
        async with Fetcher("desk@news.example", name) as fetcher:
            await fetcher.fetch(Source("news", feed_server.url("/feed")), None, NOW)

    asyncio.run(once())
    asked = feed_server.requests[0].headers
    assert asked["user-agent"].encode("latin-1").decode() == name
    assert asked["from"] == "desk@news.example"


@pytest.mark.parametrize(
    "answer", [Answer(500), Answer(429), Answer(403), Answer(200), Answer(raw=b""), Answer(reset=True)]
)
def test_no_failure_is_asked_again_at_once(feed_server: FeedServer, answer: Answer) -> None:
    feed_server.answer("/feed", answer)
    assert poll(feed_server.url("/feed")).outcome is not Outcome.OK
    assert len(feed_server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(feed_server: FeedServer, status: int) -> None:
    feed_server.answer("/old", status=status, headers={"Location": "new?a=1#part"})
    feed_server.answer("/new?a=1", body=RSS)
    assert poll(feed_server.url("/old")).outcome is Outcome.OK


def test_five_hops_are_followed_and_six_are_not(feed_server: FeedServer) -> None:
    for hop in range(6):
        feed_server.answer(f"/{hop}", status=302, headers={"Location": f"/{hop + 1}"})
    feed_server.answer("/6", body=RSS)
    assert poll(feed_server.url("/1")).outcome is Outcome.OK
    refused = poll(feed_server.url("/0"))
    assert (refused.outcome, refused.detail) == (Outcome.BAD_CONTENT, "redirects more than 5 times")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/feed", "javascript:1", "http://", "::"])
def test_a_redirect_out_of_the_web_is_refused(feed_server: FeedServer, target: str) -> None:
    feed_server.answer("/feed", status=302, headers={"Location": target})
    document = poll(feed_server.url("/feed"))
    assert document.outcome in (Outcome.BAD_CONTENT, Outcome.NETWORK_ERROR, Outcome.GONE)
    assert document.body == b""
    assert document.detail


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("120", 120), ("0", 0), ("99999999999999999999", 86_400), ("soon", None), ("-5", None), ("", None),
        ("Fri, 17 Nov 2023 09:30:00 GMT", 1_800), ("Fri, 17 Nov 2023 08:00:00 GMT", 0),
        ("Wed, 22 Nov 2023 09:00:00 GMT", 86_400), ("Fri, 99 Nov 2023 09:30:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_all_its_forms(feed_server: FeedServer, said: str, understood: int | None) -> None:
    """As a date it counts from the server's clock, which is three hours behind ours here."""
    headers = {"Retry-After": said, "Date": "Fri, 17 Nov 2023 09:00:00 GMT"}
    feed_server.answer("/feed", status=429, headers=headers)
    document = poll(feed_server.url("/feed"))
    assert document.retry_after == (None if understood is None else timedelta(seconds=understood))


def test_a_retry_after_date_from_a_server_without_a_clock_counts_from_ours(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", status=503, headers={"Retry-After": "Fri, 17 Nov 2023 12:10:00 GMT"})
    assert poll(feed_server.url("/feed")).retry_after == timedelta(minutes=10)


def test_a_connection_that_breaks_off_is_a_network_error(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", Answer(body=RSS, headers={"Content-Length": "5000"}, reset=True))
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.body) == (Outcome.NETWORK_ERROR, b"")


@pytest.mark.parametrize("raw", [b"", b"rubbish\r\n\r\n", b"HTTP/1.1 200 OK\r\nBad header\r\n\r\n"])
def test_an_answer_that_is_not_http_is_a_network_error(feed_server: FeedServer, raw: bytes) -> None:
    feed_server.answer("/feed", Answer(raw=raw))
    document = poll(feed_server.url("/feed"))
    assert document.outcome is Outcome.NETWORK_ERROR
    assert document.detail


def test_a_thousand_headers_do_no_harm(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={f"X-{number}": "a" * 40 for number in range(1_000)})
    assert poll(feed_server.url("/feed")).outcome is Outcome.OK


def test_a_header_of_a_megabyte_is_a_network_error(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS, headers={"X-Huge": "a" * 1_000_000})
    assert poll(feed_server.url("/feed")).outcome is Outcome.NETWORK_ERROR


def test_a_body_that_drips_is_given_up_in_the_end(feed_server: FeedServer) -> None:
    """Each byte comes in time; only the whole takes too long."""
    feed_server.answer("/feed", Answer(body=RSS, drip=0.1))
    began = time.monotonic()
    document = poll(feed_server.url("/feed"), limits=Limits(read=5.0, total=0.3))
    assert (document.outcome, document.detail) == (Outcome.NETWORK_ERROR, "took longer than 0.3 seconds")
    assert time.monotonic() - began < 3  # the whole body would take six seconds


def test_a_server_that_says_nothing_is_given_up(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", Answer(body=RSS, delay=5.0))
    document = poll(feed_server.url("/feed"), limits=Limits(read=0.1))
    assert (document.outcome, document.detail) == (Outcome.NETWORK_ERROR, "nothing came for 0.1 seconds")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/feed", "http://[::", "http://a..b/", "", "feed", "ftp://a/b"])
def test_an_address_that_leads_nowhere_is_a_network_error(url: str) -> None:
    document = poll(url)
    assert document.outcome is Outcome.NETWORK_ERROR
    assert document.detail


def test_one_fetcher_serves_many_sources_at_once(feed_server: FeedServer) -> None:
    async def all_of_them() -> list[Outcome]:
        async with Fetcher() as fetcher:
            sources = [Source(str(n), feed_server.url(f"/{n}")) for n in range(20)]
            got = await asyncio.gather(*(fetcher.fetch(source, None, NOW) for source in sources))
            return [document.outcome for document in got]

    for number in range(19):
        feed_server.answer(f"/{number}", body=RSS)
    assert asyncio.run(all_of_them()) == [Outcome.OK] * 19 + [Outcome.GONE]
