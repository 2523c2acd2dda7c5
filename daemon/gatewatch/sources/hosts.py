"""Manners towards a host, which may serve many sources: one question at a time, a pause, and peace after a 429."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from gatewatch.model import Document, Outcome, SourceState
from gatewatch.sources.addresses import forbidden

#: Seconds between two questions to one host.
PAUSE = 1.0
#: Seconds for those who ask for more: GDELT turns away who calls more than once in five.
PAUSES = {"api.gdeltproject.org:443": 6.0}
#: After a 429 that does not say how long (Reddit).
HOLD = timedelta(minutes=10)
#: A 429 is no reason to go blind (lion-reader #1114).
LONGEST_HOLD = timedelta(hours=6)
#: Sources that waited for the end of a hold come back over this time.
SPREAD = timedelta(minutes=2)

_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str | None:
    """`name:port` of a host that deserves manners, None for the operator's own machines.

    Those are localhost and literal addresses that are not public: nobody else is served by them.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    name = (parts.hostname or "").rstrip(".")
    if not name or name == "localhost" or name.endswith(".localhost") or _own_address(name):
        return None
    return f"{name}:{port}"


def _own_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return forbidden(name) is not None


def hold_after(document: Document) -> timedelta | None:
    """How long the host that answered wants peace from all its sources, None if it does not.

    A 429 concerns the host, not the feed (NetNewsWire, mediacloud); so does a 503 that says how long.
    """
    asked = document.retry_after
    if document.outcome is Outcome.RATE_LIMITED:
        return min(HOLD if asked is None else asked, LONGEST_HOLD)
    if document.status == 503 and document.outcome is Outcome.SERVER_ERROR and asked is not None:
        return min(asked, LONGEST_HOLD)
    return None


class Holds:
    """Hosts that are not to be asked before a certain time."""

    def __init__(self, states: Iterable[SourceState] = ()) -> None:
        """Hosts whose sources were rate limited when they were asked last are held on after a restart."""
        self._until: dict[str, datetime] = {}
        for state in states:
            if state.last_outcome is Outcome.RATE_LIMITED and state.polled is not None:
                self._hold(state.address or state.configured, min(state.next_poll, state.polled + LONGEST_HOLD))

    def heed(self, document: Document, now: datetime) -> None:
        """Holds the host of this answer, if it asks for that."""
        if (length := hold_after(document)) is not None:
            self._hold(document.url, now + length)

    def _hold(self, url: str, until: datetime) -> None:
        host = host_of(url)
        if host is not None:
            self._until[host] = max(until, self._until.get(host, until))

    def until(self, host: str | None, now: datetime) -> datetime | None:
        """When the hold of a host ends, None if it is free."""
        if host is None or (until := self._until.get(host)) is None:
            return None
        if until > now:
            return until
        del self._until[host]
        return None


def back_after(hold: datetime, source: str) -> datetime:
    """When a source of a held host is asked: after the hold, at a place that its id decides."""
    place = int.from_bytes(hashlib.sha256(source.encode()).digest()[:4], "big") / 2**32
    return hold + place * SPREAD


class Lines:
    """One line of those who wait for each host. A host is known only while it is asked or paused from.

    `pause` in seconds of the event loop. Whoever is called has to call `leave` when done.
    """

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._waiting: dict[str, deque[Callable[[], object]]] = {}

    def join(self, host: str | None, call: Callable[[], object]) -> None:
        """Calls at once if nobody is there, else when all who came before have left. No host: no line."""
        if host is None:
            call()
        elif host in self._waiting:
            self._waiting[host].append(call)
        else:
            self._waiting[host] = deque()
            call()

    def leave(self, host: str | None, asked: bool = True) -> None:
        """Lets the next one in, after the pause if the host was `asked`. Needs a running event loop."""
        if host is None:
            return
        if asked:
            asyncio.get_running_loop().call_later(max(self._pause, PAUSES.get(host, 0.0)), self._next, host)
        else:
            self._next(host)

    @asynccontextmanager
    async def turn(self, host: str | None) -> AsyncIterator[None]:
        """Waits in the line, and leaves it at the end. Not for one who is in that line already."""
        ready = asyncio.get_running_loop().create_future()

        def enter() -> None:
            if ready.done():  # cancelled while it waited
                self.leave(host, asked=False)
            else:
                ready.set_result(None)

        self.join(host, enter)
        try:
            await ready
        except asyncio.CancelledError:
            if not ready.cancelled():
                self.leave(host, asked=False)
            raise
        try:
            yield
        finally:
            self.leave(host)

    def _next(self, host: str) -> None:
        if waiting := self._waiting[host]:
            waiting.popleft()()
        else:
            del self._waiting[host]
