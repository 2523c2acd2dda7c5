"""Where others ask how Gatewatch is: a Unix socket, and a port of this machine for those who need one.

Threads of its own, so that it answers even if the event loop hangs, and says so.
"""

from __future__ import annotations

import os
import socket
import socketserver
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from gatewatch.service.health_request import LARGEST, Exposition, HealthRequest, Look
from gatewatch.service.unix_address import Occupied as Occupied
from gatewatch.service.unix_address import address_of, clear_away

#: Requests that are answered at once; who comes beyond that is told to come back.
AT_ONCE = 8

#: Seconds that one of those may take up.
GLANCE = 0.05

LOOPBACK = "127.0.0.1"
BUSY = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def socket_path(state_dir: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the socket of a daemon lies: in the runtime directory that systemd made, else beside the database."""
    runtime = environment.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return (Path(runtime) if runtime else state_dir) / "health.sock"


class HealthServer:
    """`look` and `metrics` are called in threads of the server; `metrics` gets the Accept header."""

    def __init__(self, socket: Path | None, port: int | None, look: Look, metrics: Exposition) -> None:
        self._socket = socket
        self._port = port
        self._handler = partial(HealthRequest, look, metrics)
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._servers: list[_Server] = []

    def start(self) -> None:
        """Opens socket and port. Raises `Occupied`, with neither open, where something else is there."""
        try:
            if self._socket is not None:
                self._servers.append(_open_socket(self._socket, self._handler, self._room))
            if self._port is not None:
                self._servers.append(_open_port(self._port, self._handler, self._room))
        except BaseException:
            self.stop()
            raise
        for server in self._servers:
            server.serve()

    def stop(self) -> None:
        """Closes them; requests that are being answered are not waited for."""
        servers, self._servers = self._servers, []
        for server in servers:
            server.end()
        if self._socket is not None and servers:
            self._socket.unlink(missing_ok=True)


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """A thread for each request, as many as there is `room` for. `bound` holds the listening socket already."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, bound: socket.socket, handler: Any, room: threading.BoundedSemaphore) -> None:
        super().__init__(bound.getsockname(), handler, bind_and_activate=False)
        self.socket.close()
        self.socket = bound
        self._room = room
        self._thread = threading.Thread(target=self.serve_forever, args=[0.1], name="health", daemon=True)

    def serve(self) -> None:
        self._thread.start()

    def end(self) -> None:
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._room.acquire(blocking=False):
            try:
                super().process_request(request, client_address)
            except BaseException:  # no more threads: nobody will give the room back
                self._room.release()
                raise
            return
        request.settimeout(GLANCE)
        with suppress(OSError):
            request.recv(LARGEST)  # what is left unread at the end would take the answer away
            request.sendall(BUSY)
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle of it is no fault of ours, and standard error is the log."""


def _open_socket(path: Path, handler: Any, room: threading.BoundedSemaphore) -> _Server:
    clear_away(path)
    bound = socket.socket(socket.AF_UNIX)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with address_of(path) as address:
            bound.bind(address)
        path.chmod(0o660)  # nobody can connect before listen()
        bound.listen(AT_ONCE)
        return _Server(bound, handler, room)
    except OSError as fault:
        bound.close()
        raise Occupied(f"the health socket {path} can't be opened: {fault.strerror}") from fault


def _open_port(port: int, handler: Any, room: threading.BoundedSemaphore) -> _Server:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
        bound.listen(AT_ONCE)
        return _Server(bound, handler, room)
    except OSError as fault:
        bound.close()
        what = f"port {port} of [health] can't be opened: {fault.strerror}"
        raise Occupied(f"{what}; choose another `port`, or leave it out") from fault
