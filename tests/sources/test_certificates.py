from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from feed_server import FeedServer
from gatewatch.model import Outcome

from .polling import article, poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
CERTIFICATES = Path(__file__).parent / "certificates"


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "certificate.pem", CERTIFICATES / "key.pem")
    return context


@pytest.fixture
def https_server(tls: ssl.SSLContext) -> Iterator[FeedServer]:
    with FeedServer(tls=tls) as server:
        server.answer("/feed", body=RSS, headers={"Content-Type": "text/html"})
        yield server


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who trusts the authority of his own house."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "certificate.pem"))


def test_a_certificate_that_nobody_vouches_for_is_refused(https_server: FeedServer) -> None:
    for document in (poll(https_server.url("/feed")), article(https_server.url("/feed"), https_server.url("/"))):
        assert (document.outcome, document.body) == (Outcome.NETWORK_ERROR, b"")
        assert document.detail.startswith("its certificate is not trusted")
        assert not document.our_outage
    assert https_server.requests == []


@pytest.mark.usefixtures("trusted")
def test_an_authority_of_the_house_can_be_trusted(https_server: FeedServer) -> None:
    assert poll(https_server.url("/feed")).outcome is Outcome.OK


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_host_is_refused(tls: ssl.SSLContext) -> None:
    with FeedServer("127.0.0.2", tls) as elsewhere:
        document = poll(elsewhere.url("/feed"))
    assert document.outcome is Outcome.NETWORK_ERROR
    assert document.detail.startswith("its certificate is not trusted")


@pytest.mark.usefixtures("trusted")
def test_an_https_source_does_not_follow_into_clear_text(https_server: FeedServer, feed_server: FeedServer) -> None:
    https_server.answer("/feed", status=301, headers={"Location": feed_server.url("/feed")})
    feed_server.answer("/feed", body=RSS)
    document = poll(https_server.url("/feed"), forbidden=lambda address: None)
    assert document.outcome is Outcome.BAD_CONTENT
    assert document.detail.endswith("which is not encrypted")
    assert feed_server.requests == []


@pytest.mark.usefixtures("trusted")
def test_an_http_source_may_move_to_https(https_server: FeedServer, feed_server: FeedServer) -> None:
    feed_server.answer("/feed", status=301, headers={"Location": https_server.url("/feed")})
    document = poll(feed_server.url("/feed"), forbidden=lambda address: None)
    assert (document.outcome, document.moved_to) == (Outcome.OK, https_server.url("/feed"))
