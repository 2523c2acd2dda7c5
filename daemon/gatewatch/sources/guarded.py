"""Connections that can't be led into the private network by what a feed or a page links to.

The check stands where the connection is made: names are resolved once, every address is looked at, and those
very addresses are connected to. Between check and use there is nothing that a name server could change.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import chain, zip_longest

import anyio
import httpcore
import httpx
from httpcore import AnyIOBackend, AsyncNetworkStream

#: Extension of a request: the origin that may be anywhere, since the operator has written it into config.toml.
TRUSTED = "gatewatch.trusted"
#: Seconds until the next address of a host gets its chance beside the first (RFC 8305).
HEAD_START = 0.25

Origin = tuple[str, str, int | None]
Forbidden = Callable[[str], str | None]
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


class Refused(Exception):
    """The host is at an address that nothing may lead to; nothing was sent to it. The text says why."""


def origin(url: httpx.URL) -> Origin:
    """Scheme, host and port: who is asked. The port is None where it is the usual one."""
    return url.scheme, url.host, url.port


class GuardedTransport(httpx.AsyncBaseTransport):
    """Public addresses only, but for a request to the very origin that its extension TRUSTED names.

    Two pools, so that a connection made under trust is never taken for a request without it.
    """

    def __init__(self, tls: ssl.SSLContext, connections: int, forbidden: Forbidden) -> None:
        # None is kept open: a host is asked every few minutes, and httpcore looks at each idle one at each request.
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=0)
        # No proxy from the environment: it would resolve names itself, behind the guard's back.
        self._trusted = httpx.AsyncHTTPTransport(verify=tls, trust_env=False, limits=limits)
        self._guarded = _Guarded(tls, limits, GuardedNetwork(forbidden))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trusted = request.extensions.get(TRUSTED) == origin(request.url)
        pool = self._trusted if trusted else self._guarded
        return await pool.handle_async_request(request)

    async def aclose(self) -> None:
        await self._trusted.aclose()
        await self._guarded.aclose()


class _Guarded(httpx.AsyncHTTPTransport):
    """httpx's own transport over another network, for which httpx 0.28 has no parameter."""

    def __init__(self, tls: ssl.SSLContext, limits: httpx.Limits, network: GuardedNetwork) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=network,
        )


async def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, IPv6 and IPv4 by turns. Raises OSError."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    six, four = (
        [str(address[0]) for family, _, _, _, address in found if family == wanted]
        for wanted in (socket.AF_INET6, socket.AF_INET)
    )
    return [address for address in chain.from_iterable(zip_longest(six, four)) if address]


class GuardedNetwork(AnyIOBackend):
    """Connects to a host only if all its addresses are allowed: one bad address among good ones is a trick."""

    def __init__(self, forbidden: Forbidden, resolve: Resolve = resolve) -> None:
        self._forbidden = forbidden
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> AsyncNetworkStream:
        """Raises Refused beside what httpcore raises. `timeout` (seconds) covers the name server too."""

        async def dial(address: str) -> AsyncNetworkStream:
            # An address is not resolved again, so what was checked is what is connected to.
            return await super(GuardedNetwork, self).connect_tcp(address, port, None, local_address, socket_options)

        try:
            with anyio.fail_after(timeout):
                return await _first(await self._allowed(host, port), dial)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions | None = None
    ) -> AsyncNetworkStream:
        """Raises Refused: no link leads to a socket of this machine."""
        raise Refused(f"{path} is a socket of this machine")

    async def _allowed(self, host: str, port: int) -> Sequence[str]:
        addresses = await self._resolve(host, port)
        if not addresses:
            raise OSError(f"{host} has no address")
        for address in addresses:
            if why := self._forbidden(address):
                where = host if address == host else f"{host}, at {address}"
                raise Refused(f"{where}, which is {why}")
        return addresses


async def _first(addresses: Sequence[str], dial: Callable[[str], Awaitable[AsyncNetworkStream]]) -> AsyncNetworkStream:
    """A connection to whichever address answers first. Raises httpcore.ConnectError if none does."""
    connected: list[AsyncNetworkStream] = []
    failures: list[httpcore.ConnectError] = []

    async def attempt(address: str, over: anyio.Event) -> None:
        try:
            connected.append(await dial(address))
        except httpcore.ConnectError as failure:
            failures.append(failure)
        finally:
            over.set()
        if connected:
            group.cancel_scope.cancel()

    async with anyio.create_task_group() as group:
        for address in addresses:
            over = anyio.Event()
            group.start_soon(attempt, address, over)
            with anyio.move_on_after(HEAD_START):
                await over.wait()
    if not connected:
        raise httpcore.ConnectError("no address answers") from ExceptionGroup("of these", failures)
    for late in connected[1:]:
        await late.aclose()
    return connected[0]
