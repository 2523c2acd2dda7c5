"""A real HTTP receiver on 127.0.0.1: what a channel's far end got, in order."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from gatewatch.demo.quiet_server import QuietServer


class Inbox:
    """Keeps each body that was posted. `delay` is how long it takes to answer, in seconds."""

    def __init__(self, server: QuietServer, delay: float) -> None:
        self.port = server.server_address[1]
        self.delay = delay
        self.bodies: list[str] = []
        self.hanging = threading.Event()
        self.go_on = threading.Event()


@contextmanager
def open_inbox(delay: float = 0.0, *, hangs: bool = False) -> Iterator[Inbox]:
    """With `hangs` it takes a message and answers nothing until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            # noted before the answer, as a far end does: a kill in between makes the message come twice
            inbox.bodies.append(body)
            if hangs:
                inbox.hanging.set()
                inbox.go_on.wait(60)
            time.sleep(inbox.delay)
            try:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                pass  # the sender was killed

        def log_message(self, *args: object) -> None:
            pass

    with QuietServer(("127.0.0.1", 0), Handler) as server:
        inbox = Inbox(server, delay)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield inbox
        finally:
            inbox.go_on.set()
            server.shutdown()
            thread.join()
