"""What a day of news leaves in the memory of the service.

    python bench/day.py [--items FILE.jsonl[.gz]] [--new 3000] [--minutes 3]

It starts the real `gatewatch run` with 140 sources on a feed server of its own on 127.0.0.1, and with a mail server
that takes its alerts. Once all sources are seeded, the news of a day come within minutes: half of them texts on
borders in seven languages, labelled for the tests of the reading, half of them sentences mixed from those of one
language, so that words come in new company. Nothing here fails by being large or slow.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from aiosmtpd.controller import Controller
from contenders.texts import items_in

from gatewatch.model import Item
from service import cpu_ticks, resident

SOURCES = 140
SHOWN = 30
"""Items in each feed, old ones first."""
EVERY = 4
"""Seconds between two polls of a source: a day has as many polls of each as come in ten minutes of this."""

CONFIG = """state = "state"
{sources}
[[channel]]
name = "desk"
type = "email"
host = "127.0.0.1"
port = {port}
security = "none"
from = "gatewatch@news.example"
to = "desk@news.example"
cap = 0

[[route]]
to = ["desk"]
"""


class Press:
    """The news of the day, source by source: `SHOWN` of each are out from the start, the others come in time."""

    def __init__(self, new: int, minutes: float, path: str | None) -> None:
        news = texts(SOURCES * SHOWN + new, path)
        self._feeds = [news[source::SOURCES] for source in range(SOURCES)]
        self._pace = new / SOURCES / (minutes * 60)
        self._began: float | None = None

    def begin(self) -> None:
        self._began = time.monotonic()

    def feed(self, source: int) -> tuple[int, str]:
        """How many items of a source are out, and its feed of the last ones."""
        elapsed = 0.0 if self._began is None else time.monotonic() - self._began
        news = self._feeds[source]
        out = min(SHOWN + int(elapsed * self._pace), len(news))
        items = "".join(entry(source, n, news[n]) for n in range(out - SHOWN, out))
        return out, f'<rss version="2.0"><channel><title>Source {source}</title>{items}</channel></rss>'


def entry(source: int, number: int, item: Item) -> str:
    address = f"https://news.example/{source}/{number}"
    moment = format_datetime(datetime.now(UTC) - timedelta(minutes=1))
    return (
        f"<item><guid>{address}</guid><link>{address}</link><title>{escape(item.title)}</title>"
        f"<description>{escape(item.text)}</description><pubDate>{moment}</pubDate></item>"
    )


def texts(number: int, path: str | None) -> list[Item]:
    """As many items: those of a file or of the project first, then others mixed from their sentences."""
    choice = random.Random(1)
    told = [item for item, _ in items_in(path)]
    sentences = defaultdict(list)
    for item in told:
        sentences[item.language].extend(re.split(r"(?<=[.!?])\s+", item.text))
    languages = list(sentences)
    mixed = []
    for n in range(max(number - len(told), number // 2)):
        pool = sentences[languages[n % len(languages)]]
        mixed.append(Item(f"m{n}", "", choice.choice(pool), summary=" ".join(choice.choices(pool, k=5))))
    news = [*told[: number - len(mixed)], *mixed]
    choice.shuffle(news)
    return news


def server_of(press: Press, answers: Counter[int]) -> ThreadingHTTPServer:
    class Feeds(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            out, feed = press.feed(int(self.path.strip("/")))
            tag = f'"{out}"'
            known = self.headers.get("If-None-Match") == tag
            body = b"" if known else feed.encode()
            answers[304 if known else 200] += 1
            self.send_response(304 if known else 200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Feeds)


class Mailbox:
    """Counts the mails that it takes."""

    def __init__(self) -> None:
        self.mails = 0

    async def handle_DATA(self, *_: Any) -> str:
        self.mails += 1
        return "250 OK"


def measure(path: Path, press: Press, minutes: float) -> None:
    daemon = subprocess.Popen(
        [Path(sys.executable).parent / "gatewatch", "run", "--config", path / "config.toml"],
        stderr=subprocess.PIPE,
        text=True,
    )
    rows: Counter[str] = Counter()
    threading.Thread(target=count_rows, args=(daemon, rows), daemon=True).start()
    while rows["event=seeded"] < SOURCES:
        time.sleep(0.2)
    time.sleep(5)
    report("seeded", daemon.pid)
    before = cpu_ticks(daemon.pid)
    press.begin()
    for part in range(1, 5):
        time.sleep(minutes * 60 / 4)
        report(f"{part * 6} hours", daemon.pid)
    time.sleep(2 * EVERY)
    used = cpu_ticks(daemon.pid) - before
    report("at rest", daemon.pid)
    print(f"processor  {used / 100:.0f} s for the day")
    daemon.terminate()
    daemon.wait(30)


def count_rows(daemon: subprocess.Popen[str], rows: Counter[str]) -> None:
    for row in daemon.stderr or ():
        rows.update(word for word in row.split() if word.startswith("event="))


def report(when: str, pid: int) -> None:
    peak = next(row for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row.startswith("VmHWM"))
    print(f"{when:<10} {resident(pid):4.0f} MB resident, {int(peak.split()[1]) / 1024:.0f} at most", flush=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", help="real items (JSONL, .gz) in the place of the labelled ones")
    parser.add_argument("--new", type=int, default=3_000, help="new items of the day")
    parser.add_argument("--minutes", type=float, default=3, help="how long the day takes")
    return parser.parse_args()


def configure(path: Path, feeds: ThreadingHTTPServer, mail_port: int) -> None:
    address = f"http://127.0.0.1:{feeds.server_address[1]}"
    sources: Sequence[str] = [
        f'[[source]]\nid = "s{n}"\nurl = "{address}/{n}"\nevery = "{EVERY}s"\n' for n in range(SOURCES)
    ]
    (path / "config.toml").write_text(CONFIG.format(sources="".join(sources), port=mail_port))
    (path / "rules").symlink_to(Path(__file__).parent.parent / "rules")


def main() -> None:
    asked = arguments()
    print(f"machine    {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"versions   Python {platform.python_version()}, gatewatch {metadata.version('gatewatch')}")
    print(f"input      {SOURCES} sources, {SOURCES * SHOWN:,} items at first, {asked.new:,} new in {asked.minutes} min")
    box, answers = Mailbox(), Counter[int]()
    press = Press(asked.new, asked.minutes, asked.items)
    mail = Controller(box, hostname="127.0.0.1", port=free_port())  # it can't tell which one it was given
    mail.start()
    with tempfile.TemporaryDirectory() as directory, server_of(press, answers) as feeds:
        threading.Thread(target=feeds.serve_forever, daemon=True).start()
        path = Path(directory)
        configure(path, feeds, mail.port)
        measure(path, press, asked.minutes)
        with sqlite3.connect(path / "state" / "gatewatch.db") as database:
            [(items,)] = database.execute("SELECT count(*) FROM items")
            [(alerts,)] = database.execute("SELECT count(*) FROM alerts")
        print(f"traffic    {answers[200]:,} feeds read, {answers[304]:,} unchanged")
        print(f"           {items:,} items, {alerts:,} alerts, {box.mails:,} mails")
        feeds.shutdown()
    mail.stop()


if __name__ == "__main__":
    main()
