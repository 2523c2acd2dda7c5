"""What stands behind a request that got no answer: in plain words, and whether it happened on our side."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator

import httpx

#: No way out of this machine: nothing that a source can do.
_NO_WAY = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)


def network_words(error: httpx.HTTPError, connect: float, read: float) -> str:
    """Why there is no answer. `connect` and `read` are the limits, in seconds."""
    match error:
        case httpx.ConnectTimeout():
            return f"no connection within {connect:g} seconds"
        case httpx.ReadTimeout():
            return f"nothing came for {read:g} seconds"
        case httpx.ConnectError():
            root = next(_roots(error), error)
            if isinstance(root, ssl.SSLError):
                return f"its certificate is not trusted: {error}"
            return f"can not connect: {_said(root) or error}"
        case _:
            return f"the connection failed: {error or type(error).__name__}"


def on_our_side(error: BaseException) -> bool:
    """Whether there is no way out of this machine, or no name server: all causes have to say so.

    A host with an IPv6 address that this machine has no way to, and an IPv4 address that refuses, is no
    outage of ours.
    """
    return all(map(_is_ours, _roots(error)))


def _is_ours(root: BaseException) -> bool:
    if isinstance(root, socket.gaierror):
        return root.errno == socket.EAI_AGAIN  # name servers are silent; EAI_NONAME is an answer of theirs
    return isinstance(root, OSError) and root.errno in _NO_WAY


def _said(root: BaseException) -> str:
    """asyncio words its errors with addresses and quotes in them; the system's are for people."""
    if isinstance(root, OSError) and not isinstance(root, socket.gaierror) and root.errno:
        return os.strerror(root.errno)
    return root.strerror if isinstance(root, socket.gaierror) and root.strerror else ""


def _roots(error: BaseException) -> Iterator[BaseException]:
    """The exceptions at the bottom: several where several addresses of a host were tried."""
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _roots(part)
    elif (deeper := error.__cause__ or error.__context__) is not None:
        yield from _roots(deeper)
    else:
        yield error
