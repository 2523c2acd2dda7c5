"""A feed server for the inside of a machine. A program and not a test: `feeds.py PORT DIRECTORY`.

/NAME is the file NAME.xml of the directory, with an ETag, as a good server does it.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Feeds(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    directory = Path()

    def do_GET(self) -> None:
        try:
            body = (self.directory / f"{Path(self.path).name}.xml").read_bytes()
        except FileNotFoundError:
            self.send_error(404)
            return
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        unchanged = self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the journal is for what is on trial."""


if __name__ == "__main__":
    Feeds.directory = Path(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Feeds).serve_forever()
