"""A real HTTP server on 127.0.0.1 whose RSS feeds the tests fill while the daemon polls them."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from xml.sax.saxutils import escape

from gatewatch.demo.quiet_server import QuietServer


class Newsstand:
    """Feeds by name; each shows its newest `window` items. `before_answer` runs at each request of a feed."""

    def __init__(self, server: QuietServer, window: int = 200) -> None:
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        self.window = window
        self.before_answer: Callable[[str], None] = lambda feed: None
        self.requests: dict[str, int] = defaultdict(int)
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._fixed: dict[str, tuple[int, bytes]] = {}
        self._lock = threading.Lock()

    def url(self, feed: str) -> str:
        return f"{self.address}/{feed}"

    def publish(self, feed: str, *titles: str) -> None:
        """Adds items; their guid is their place in the feed."""
        with self._lock:
            self._titles[feed].extend(titles)

    def answer(self, feed: str, status: int, body: bytes) -> None:
        """From now on this feed answers nothing but that."""
        with self._lock:
            self._fixed[feed] = (status, body)

    def repair(self, feed: str) -> None:
        with self._lock:
            del self._fixed[feed]

    def respond(self, feed: str) -> tuple[int, bytes]:
        self.before_answer(feed)
        with self._lock:
            self.requests[feed] += 1
            if feed in self._fixed:
                return self._fixed[feed]
            titles = list(enumerate(self._titles[feed]))[-self.window :]
        return 200, rss(feed, titles)


def rss(feed: str, titles: list[tuple[int, str]]) -> bytes:
    items = "".join(
        f'<item><guid isPermaLink="false">{feed}-{number}</guid><title>{escape(title)}</title>'
        f"<link>https://news.example/{feed}/{number}</link></item>"
        for number, title in reversed(titles)
    )
    return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'.encode()


@contextmanager
def open_newsstand(window: int = 200) -> Iterator[Newsstand]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body = stand.respond(self.path.strip("/"))
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with QuietServer(("127.0.0.1", 0), Handler) as server:
        stand = Newsstand(server, window)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield stand
        finally:
            server.shutdown()
            thread.join()
