"""Undoing Content-Encoding, never past a limit: a small answer can unfold to gigabytes.

httpx unfolds whole chunks before anybody can count them, so that is done here, on bytes already received.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

#: What Accept-Encoding says.
ACCEPTED = "gzip, deflate, br, zstd"

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_SLICE = 128


class TooLarge(Exception):
    """The bytes would unfold past the limit."""


class Broken(Exception):
    """The bytes are not what Content-Encoding says, or end early."""


def decompress(body: bytes, encodings: tuple[str, ...], limit: int) -> bytes:
    """`body` without its encodings (in the order in which they were applied), at most `limit` bytes.

    Raises TooLarge or Broken, never gives a part: half an XML document still parses (feedkit).
    """
    for encoding in reversed(encodings):
        if encoding not in ("", "identity"):
            body = _undo(body, encoding, limit)
    # Some servers send files that lie there as .gz and do not say so.
    if body.startswith(GZIP_MAGIC):
        body = _gunzip(body, limit)
    if len(body) > limit:
        raise TooLarge
    return body


def _undo(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding in ("gzip", "x-gzip"):
        # A proxy that unpacks and leaves the header behind: what is plain already stays as it is.
        return _gunzip(body, limit) if body.startswith(GZIP_MAGIC) or not body else _plain(body)
    undo = _UNDO.get(encoding)
    if undo is None:
        raise Broken(f"it is encoded as {encoding}, which was not asked for")
    return undo(body, limit)


def _plain(body: bytes) -> bytes:
    if body.lstrip()[:1] not in (b"<", b"{", b"\xef"):
        raise Broken("it should be gzip and is not")
    return body


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip file; zeros and rubbish after the last are passed over, as gzip does."""
    parts: list[bytes] = []
    while body.startswith(GZIP_MAGIC):
        part, body = _unzlib(body, 16 + zlib.MAX_WBITS, limit - sum(map(len, parts)))
        parts.append(part)
    return b"".join(parts)


def _inflate(body: bytes, limit: int) -> bytes:
    """`deflate` should be the zlib format; old IIS servers send it raw."""
    try:
        return _unzlib(body, zlib.MAX_WBITS, limit)[0]
    except Broken:
        return _unzlib(body, -zlib.MAX_WBITS, limit)[0]


def _unzlib(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    stream = zlib.decompressobj(window)
    try:
        out = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise Broken(f"it does not decompress: {error}") from error
    if len(out) > limit:
        raise TooLarge
    if not stream.eof:
        raise Broken("the compressed body ends early")
    return out, stream.unused_data


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    out = bytearray()
    try:
        out += stream.process(body, output_buffer_limit=limit + 1)
        while len(out) <= limit and not stream.is_finished() and not stream.can_accept_more_data():
            out += stream.process(b"", output_buffer_limit=limit + 1 - len(out))
    except brotli.error as error:
        raise Broken(f"it does not decompress: {error}") from error
    if len(out) > limit:
        raise TooLarge
    if not stream.is_finished():
        raise Broken("the compressed body ends early")
    return bytes(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    """All frames, one after the other: a server that flushes may send several."""
    out = bytearray()
    while body:
        part, body = _zstd_frame(body, limit - len(out))
        out += part
    return bytes(out)


def _zstd_frame(body: bytes, limit: int) -> tuple[bytes, bytes]:
    # RFC 9659: no window of more than 8 MB on the web.
    stream = zstandard.ZstdDecompressor(max_window_size=2**23).decompressobj()
    out = bytearray()
    try:
        # A block of four bytes can unfold to 128 kB and no call can be limited: hence small slices.
        for start in range(0, len(body), ZSTD_SLICE):
            out += stream.decompress(body[start : start + ZSTD_SLICE])
            if len(out) > limit:
                raise TooLarge
            if stream.eof:
                return bytes(out), stream.unused_data + body[start + ZSTD_SLICE :]
    except zstandard.ZstdError as error:
        raise Broken(f"it does not decompress: {error}") from error
    raise Broken("the compressed body ends early")


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
