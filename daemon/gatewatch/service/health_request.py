"""One request to the health endpoint, read with a deadline and answered."""

from __future__ import annotations

import io
import json
import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from gatewatch.service.health import Health
from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: Seconds for a request to arrive, however slowly its parts do, and for the answer to be taken.
PATIENCE = 5.0

#: Bytes of a request. Who sends more wants something else than to know how we are.
LARGEST = 8192

TEXT = "text/plain; charset=utf-8"

Answer = tuple[HTTPStatus, str, bytes]

Look = Callable[[], Health]
Exposition = Callable[[str], tuple[str, bytes]]


class HealthRequest(BaseHTTPRequestHandler):
    """GET and HEAD of /health, /ready and /metrics. The head is all that is read: none of them has a body."""

    def __init__(self, look: Look, metrics: Exposition, request: Any, address: Any, server: Any) -> None:
        self._look = look
        self._metrics = metrics
        super().__init__(request, address, server)

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(PATIENCE)
        self.rfile = io.BufferedReader(io.BytesIO(head_of(self.connection)))

    def handle_one_request(self) -> None:
        self.close_connection = True
        self.raw_requestline = self.rfile.readline(LARGEST)
        if not self.raw_requestline or not self.parse_request():
            return
        with suppress(OSError):  # gone, or too slow to take the answer
            self._tell(*self._answer_or_fault())

    def _answer_or_fault(self) -> Answer:
        try:
            return self._answer()
        except Exception as fault:
            log.exception(line("health_failed", error=repr(fault)))
            return HTTPStatus.INTERNAL_SERVER_ERROR, TEXT, b"see the log\n"

    def _answer(self) -> Answer:
        if self.command not in ("GET", "HEAD"):
            return HTTPStatus.METHOD_NOT_ALLOWED, TEXT, b"only GET and HEAD\n"
        match self.path.partition("?")[0]:
            case "/health":
                health = self._look()
                status = HTTPStatus.OK if health.well else HTTPStatus.SERVICE_UNAVAILABLE
                return status, "application/json", json.dumps(health.described()).encode() + b"\n"
            case "/ready":
                ready = self._look().ready
                status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
                return status, TEXT, b"ready\n" if ready else b"not ready\n"
            case "/metrics":
                kind, text = self._metrics(self.headers.get("Accept", ""))
                return HTTPStatus.OK, kind, text
        return HTTPStatus.NOT_FOUND, TEXT, b"/health, /ready or /metrics\n"

    def _tell(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library finds wrong with a request. Nothing of the request is repeated."""
        self.command = self.command or "GET"
        self._tell(HTTPStatus(code), TEXT, f"{HTTPStatus(code).phrase}\n".encode())

    def version_string(self) -> str:
        """Which version, those are told who may ask for /health."""
        return "gatewatch"

    def log_message(self, format: str, *args: Any) -> None:
        """A scrape every fifteen seconds is no news."""


def head_of(connection: socket.socket) -> bytes:
    """The request up to its empty line; nothing where it is too long, or has not come within `PATIENCE`."""
    deadline, head = time.monotonic() + PATIENCE, b""
    while b"\r\n\r\n" not in head and b"\n\n" not in head:
        left = deadline - time.monotonic()
        if left <= 0 or len(head) > LARGEST:
            return b""
        connection.settimeout(left)
        try:
            part = connection.recv(LARGEST)
        except OSError:
            return b""
        if not part:
            return head
        head += part
    connection.settimeout(PATIENCE)
    return head
