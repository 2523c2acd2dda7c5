from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from feed_server import FeedServer
from gatewatch.model import Outcome
from gatewatch.sources.compression import TooLarge, decompress
from gatewatch.sources.http import Limits

from .polling import poll

RSS = b"<rss version='2.0'><channel><title>N</title></channel></rss>"
GZIPPED = gzip.compress(RSS, mtime=0)
RAW_DEFLATE = zlib.compress(RSS)[2:-4]
ENCODED = [
    ("gzip", GZIPPED), ("x-gzip", GZIPPED), ("GZIP", GZIPPED), ("deflate", zlib.compress(RSS)),
    ("deflate", RAW_DEFLATE), ("identity", RSS), ("", GZIPPED), ("gzip", RSS),
    ("br", brotli.compress(RSS)), ("zstd", zstandard.compress(RSS)),
    ("zstd", zstandard.compress(RSS[:9]) + zstandard.compress(RSS[9:])),
    ("gzip, gzip", gzip.compress(GZIPPED, mtime=0)), ("gzip", gzip.compress(GZIPPED, mtime=0)),
    ("gzip", gzip.compress(RSS[:9], mtime=0) + gzip.compress(RSS[9:], mtime=0)), ("gzip", GZIPPED + b"\0" * 20),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "body"), ENCODED)
def test_a_compressed_body_is_unpacked(feed_server: FeedServer, encoding: str, body: bytes) -> None:
    feed_server.answer("/feed", body=body, headers={"Content-Encoding": encoding})
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.body) == (Outcome.OK, RSS)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", GZIPPED[:-12]), ("gzip", b"\x1f\x8b\x08rubbish"), ("deflate", b"rubbish"), ("secret", RSS),
     ("gzip", b"rubbish"), ("br", brotli.compress(RSS)[:-4]), ("br", b"rubbish"), ("zstd", b"rubbish"),
     ("zstd", zstandard.compress(RSS)[:-4])],
)  # fmt: skip
def test_half_a_body_is_never_taken(feed_server: FeedServer, encoding: str, body: bytes) -> None:
    feed_server.answer("/feed", body=body, headers={"Content-Encoding": encoding})
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.body) == (Outcome.BAD_CONTENT, b"")


def test_a_gzip_bomb_is_too_large(feed_server: FeedServer) -> None:
    bomb = gzip.compress(gzip.compress(bytes(100_000_000)))
    feed_server.answer("/feed", body=bomb, headers={"Content-Encoding": "gzip, gzip"})
    document = poll(feed_server.url("/feed"))
    assert (document.outcome, document.body) == (Outcome.TOO_LARGE, b"")
    assert document.detail == "more than 10,000,000 bytes"


@pytest.mark.parametrize("declared", [True, False])
def test_the_cap_is_exact(feed_server: FeedServer, declared: bool) -> None:
    body = RSS if not declared else GZIPPED
    feed_server.answer("/feed", body=body, headers={"Content-Encoding": "gzip"} if declared else {})
    fits = poll(feed_server.url("/feed"), limits=Limits(body=max(len(RSS), len(GZIPPED))))
    assert fits.outcome is Outcome.OK
    over = poll(feed_server.url("/feed"), limits=Limits(body=len(RSS) - 1))
    assert over.outcome is Outcome.TOO_LARGE


def test_an_endless_body_is_cut_off(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=bytes(3_000_000), headers={"Content-Type": "text/xml"})
    assert poll(feed_server.url("/feed"), limits=Limits(body=1_000_000)).outcome is Outcome.TOO_LARGE


@given(st.binary(max_size=400), st.integers(1, 500))
def test_what_is_unpacked_is_whole_or_nothing(body: bytes, limit: int) -> None:
    if body.startswith(b"\x1f\x8b"):
        return
    packed = gzip.compress(body)
    if len(body) > limit:
        with pytest.raises(TooLarge):
            decompress(packed, ("gzip",), limit)
    else:
        assert decompress(packed, ("gzip",), limit) == body


def test_all_that_can_be_unpacked_is_asked_for(feed_server: FeedServer) -> None:
    feed_server.answer("/feed", body=RSS)
    poll(feed_server.url("/feed"))
    assert feed_server.requests[0].headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_brotli_is_unpacked_within_the_limit() -> None:
    assert decompress(brotli.compress(RSS), ("br",), 1_000) == RSS
    with pytest.raises(TooLarge):
        decompress(brotli.compress(bytes(50_000_000)), ("br",), 1_000)


def test_zstd_is_unpacked_within_the_limit() -> None:
    assert decompress(zstandard.compress(RSS), ("zstd",), 1_000) == RSS
    with pytest.raises(TooLarge):
        decompress(zstandard.compress(bytes(50_000_000)), ("zstd",), 1_000)


def test_a_body_that_is_not_what_it_says_is_not_asked_for_again_at_once(feed_server: FeedServer) -> None:
    """feedbin asks again without compression; here the next poll is soon enough."""
    feed_server.answer("/feed", body=b"rubbish", headers={"Content-Encoding": "deflate"})
    assert poll(feed_server.url("/feed")).outcome is Outcome.BAD_CONTENT
    assert len(feed_server.requests) == 1
