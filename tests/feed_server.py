"""A real HTTP server on 127.0.0.1 that answers as it is told to, and remembers what it was asked.

server.answer("/feed", body=RSS, headers={"ETag": '"1"'})        # for ever
server.answer("/feed", Answer(status=500), Answer(body=RSS))     # in turn, the last for ever
server.publish("/feed", RSS, etag='"1"')                         # 304 to whoever knows the ETag
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked. Header names in lower case, values byte for byte as latin-1."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out, nothing added but Content-Length. `raw` replaces everything, byte for byte.

    `drip` sends one byte of the body at a time, so many seconds apart; `delay` waits before the first;
    `reset` breaks the connection off after what was written.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] | Sequence[tuple[str, str]] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    reset: bool = False
    raw: bytes | None = None


Script = Answer | Callable[[Request], Answer]


class _Quiet(ThreadingHTTPServer):
    """Clients that leave early, or trust no certificate of ours, are no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class FeedServer:
    """Use it as a context manager; `url(path)` is what to poll. With `tls` it is an https server."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self._scripts: dict[str, list[Script]] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._scheme = "https" if tls else "http"
        self._server = _Quiet((host, 0), self._handler())
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> FeedServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        """The address of a path on this server."""
        host, port = self._server.server_address[:2]
        return f"{self._scheme}://{host!s}:{port}{path}"

    def answer(
        self,
        path: str,
        *scripts: Script,
        status: int = 200,
        body: bytes = b"",
        headers: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    ) -> None:
        """Sets what a path answers from now on: `scripts` in turn, or one answer of the given parts."""
        with self._lock:
            self._scripts[path] = list(scripts) or [Answer(status, body, headers)]

    def publish(self, path: str, body: bytes, etag: str, content_type: str = "application/rss+xml") -> None:
        """Serves a body as a good server does: 304 to a request that names this ETag."""

        def script(request: Request) -> Answer:
            if request.headers.get("if-none-match") == etag:
                return Answer(304, headers={"ETag": etag})
            return Answer(200, body, {"ETag": etag, "Content-Type": content_type})

        self.answer(path, script)

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, oldest first."""
        return [request for request in self.requests if request.path == path]

    def _next(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            scripts = self._scripts.get(request.path, [Answer(404, b"nothing here")])
            script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        return script(request) if callable(script) else script

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = server._next(Request(self.path, headers))
                try:
                    self._write(answer)
                except OSError:
                    self.close_connection = True  # the client has left, as it may

            def _write(self, answer: Answer) -> None:
                server._stopping.wait(answer.delay)
                if answer.raw is not None:
                    self.wfile.write(answer.raw)
                    self.close_connection = True
                else:
                    self.wfile.write(head(answer))
                    self._write_body(answer)
                if answer.reset:
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                    self.close_connection = True

            def _write_body(self, answer: Answer) -> None:
                if not answer.drip:
                    self.wfile.write(answer.body)
                    return
                for byte in answer.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if server._stopping.wait(answer.drip):
                        return

            def log_message(self, format: str, *args: object) -> None:
                """Quiet: pytest shows what matters."""

        return Handler


def head(answer: Answer) -> bytes:
    """Status line and headers as they go over the wire."""
    pairs = list(answer.headers.items() if isinstance(answer.headers, Mapping) else answer.headers)
    named = {name.lower() for name, _ in pairs}
    if answer.status != 304 and not named & {"content-length", "transfer-encoding"}:
        pairs.append(("Content-Length", str(len(answer.body))))
    lines = [f"HTTP/1.1 {answer.status} Scripted", *(f"{name}: {value}" for name, value in pairs), "", ""]
    return "\r\n".join(lines).encode("latin-1")
