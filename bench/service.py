"""What the service costs: time to start, memory when idle, bytes in the database for each thousand items.

Run it with `.venv/bin/python bench/service.py`: it starts the real `gatewatch run` with 140 sources on a feed
server of its own on 127.0.0.1, in a directory that it deletes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCES = 140
ITEMS = 40
"""Of each source at its first poll: 5,600 in all."""
IDLE = 60
"""Seconds of the idle time that is measured; every source is asked once in ten minutes."""

CHANNELS = """
[[channel]]
name = "file"
type = "file"
path = "{path}/told.jsonl"

[[channel]]
name = "desk"
type = "email"
host = "127.0.0.1"
port = 9
security = "none"
from = "gatewatch@news.example"
to = "desk@news.example"

[[route]]
to = ["file", "desk"]
"""
"""Nothing is sent, but what sends is loaded."""

SUMMARY = (
    "The Border Guard says that traffic at the crossing points runs as on other days of this season. " * 4
)


class Feeds(BaseHTTPRequestHandler):
    """Each path is a feed of `ITEMS` items, about as long as those of news agencies."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        body = rss(self.path.strip("/")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def rss(feed: str) -> str:
    items = "".join(
        f"<item><guid>https://news.example/{feed}/{n}</guid><link>https://news.example/{feed}/{n}</link>"
        f"<title>Report {n} of {feed}: a quiet day at the crossing points</title>"
        f"<description>{SUMMARY}</description><pubDate>Thu, 15 Jan 2026 12:{n:02}:00 GMT</pubDate></item>"
        for n in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'


def configure(path: Path, address: str) -> None:
    sources = "".join(
        f'[[source]]\nid = "s{n}"\nurl = "{address}/s{n}"\nevery = "10m"\n' for n in range(SOURCES)
    )
    (path / "config.toml").write_text(f'state = "state"\n{sources}{CHANNELS.format(path=path)}')
    shipped = Path(__file__).parent.parent / "rules"
    (path / "rules").symlink_to(shipped)


def resident(pid: int) -> float:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(row for row in status.splitlines() if row.startswith("VmRSS")).split()[1]) / 1024


def measure(path: Path) -> None:
    began = time.monotonic()
    daemon = subprocess.Popen(
        [Path(sys.executable).parent / "gatewatch", "run", "--config", path / "config.toml"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert daemon.stderr is not None
    seeded = 0
    for row in daemon.stderr:
        if "event=started" in row:
            print(f"start-up:    {time.monotonic() - began:.2f} s to the start line")
        seeded += "event=seeded" in row
        if seeded == SOURCES:
            break
    print(f"first polls: {time.monotonic() - began:.2f} s until {SOURCES} sources x {ITEMS} items are stored")
    time.sleep(10)
    ticks = cpu_ticks(daemon.pid)
    time.sleep(IDLE)
    used = cpu_ticks(daemon.pid) - ticks
    print(f"idle:        {resident(daemon.pid):.0f} MB resident, {used / IDLE:.2f} % of a core in {IDLE} s")
    began = time.monotonic()
    daemon.terminate()
    daemon.wait(20)
    print(f"stop:        {time.monotonic() - began:.2f} s")
    size = sum(file.stat().st_size for file in (path / "state").glob("gatewatch.db*"))
    print(f"database:    {size / 1024 * 1000 / (SOURCES * ITEMS):.0f} kB for each 1,000 items")


def cpu_ticks(pid: int) -> int:
    """Processor time used so far, in ticks of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def main() -> None:
    with tempfile.TemporaryDirectory() as directory, ThreadingHTTPServer(("127.0.0.1", 0), Feeds) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configure(Path(directory), f"http://127.0.0.1:{server.server_address[1]}")
        measure(Path(directory))
        server.shutdown()


if __name__ == "__main__":
    main()
