"""A web server on 127.0.0.1 that publishes the demo's news as the clock passes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Thread
from types import TracebackType
from typing import Self

from gatewatch.demo.feeds import content_type, write_feed
from gatewatch.demo.news import Outlet
from gatewatch.demo.quiet_server import QuietServer
from gatewatch.model import Clock


class FeedServer:
    """Serves `/ID/feed` for each outlet while the `with` block runs, with ETag and Last-Modified."""

    def __init__(self, outlets: Sequence[Outlet], clock: Clock) -> None:
        self._http = QuietServer(("127.0.0.1", 0), _handler(outlets, clock))
        self._thread = Thread(target=self._http.serve_forever, args=[0.05], name="demo-feeds", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def url(self, outlet: Outlet) -> str:
        """Where this outlet's feed is."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/{outlet.id}/feed"


def _handler(outlets: Sequence[Outlet], clock: Clock) -> type[BaseHTTPRequestHandler]:
    by_path = {f"/{outlet.id}/feed": outlet for outlet in outlets}

    class Feeds(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Header and body in one packet: two small ones cost 40 ms a poll (Nagle and the delayed ACK).
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            outlet = by_path.get(self.path)
            if outlet is None:
                self._answer(HTTPStatus.NOT_FOUND, b"", {})
                return
            published = outlet.published(clock())
            body = write_feed(outlet, published)
            headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
            if published:
                headers["Last-Modified"] = format_datetime(published[-1].at, usegmt=True)
            if self.headers.get("If-None-Match") == headers["ETag"]:
                self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
            else:
                self._answer(HTTPStatus.OK, body, {**headers, "Content-Type": content_type(outlet)})

        def _answer(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status is not HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the terminal belongs to the view."""

    return Feeds
