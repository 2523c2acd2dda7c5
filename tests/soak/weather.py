"""Feeds in bad weather: real HTTP on 127.0.0.1, in a process of its own, where a part of all answers goes wrong.

    python -m soak.weather SOURCES HOSTS SEED PACE   (in tests/)

Prints its ports. `/N` is feed N, on any port. `/calm` ends the bad weather; `/told` gives, as JSON, what was published and
what each feed answered. Every feed publishes now and then; the last WINDOW entries can be seen.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sys
import time
from dataclasses import dataclass, field

WINDOW = 20
BAD = 0.2
#: Seconds of the sped-up clock between two entries of one feed, at least and at most.
RHYTHM = (120.0, 900.0)

#: Bad answers in a row that a storm for certain has: as many as break a source.
STORM = 3

FAULTS = ("reset", "timeout", "500", "429", "garbage", "bomb", "drip", "truncated", "404", "challenge", "empty")
BOMB = gzip.compress(b"<rss>" + b" " * 40_000_000)


@dataclass
class Feed:
    """One feed: its entries, oldest first, and the answers that it gave ("ok" or a fault)."""

    number: int
    dice: random.Random
    entries: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    next_entry: float = 0.0
    storm: float = 0.0
    storm_left: int = STORM

    def publish(self, now: float) -> None:
        while now >= self.next_entry:
            self.entries.append(f"gatekeyword{self.number}x{len(self.entries)}")
            self.next_entry = max(self.next_entry, 1.0) + self.dice.uniform(*RHYTHM)

    def body(self) -> bytes:
        items = "".join(
            f"<item><guid>{word}</guid><link>https://news.example/{word}</link><title>Now {word}</title></item>"
            for word in reversed(self.entries[-WINDOW:])
        )
        return f'<rss version="2.0"><channel><title>{self.number}</title>{items}</channel></rss>'.encode()


class Weather:
    """What each feed answers, and when."""

    def __init__(self, feeds: int, seed: int, pace: float) -> None:
        self.feeds = [Feed(number, random.Random(seed * 100_003 + number)) for number in range(feeds)]
        self.began = time.monotonic()
        self.pace = pace
        self.calm = False

    def fault(self, feed: Feed, now: float) -> str:
        """The fault of this answer, or nothing. Now and then a storm makes all answers of a feed bad for a while.

        Every tenth feed meets one for certain, right behind its first good answer and for as many answers as break a
        source, calm or not: in a short soak on a slow machine there might be none by chance.
        """
        if feed.number % 10 == 0 and feed.storm_left and "ok" in feed.answers:
            feed.storm_left -= 1
            return "500"
        if self.calm:
            return ""
        if now >= feed.storm + 900 and feed.dice.random() < 0.02:
            feed.storm = now
        if now < feed.storm + 600 and feed.storm:
            return feed.dice.choice([fault for fault in FAULTS if fault != "429"])
        return feed.dice.choice(FAULTS) if feed.dice.random() < BAD else ""

    async def answer(self, number: int, writer: asyncio.StreamWriter) -> None:
        now = (time.monotonic() - self.began) * self.pace
        feed = self.feeds[number]
        feed.publish(now)
        fault = self.fault(feed, now)
        feed.answers.append(fault or "ok")
        await misbehave(fault, feed.body(), writer)


async def misbehave(fault: str, body: bytes, writer: asyncio.StreamWriter) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    match fault:
        case "":
            writer.write(head + body)
        case "reset":
            writer.write(head + body[: len(body) // 2])
            await writer.drain()
            writer.transport.abort()
        case "timeout":
            await asyncio.sleep(30)
        case "drip":
            writer.write(head)
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.4)
        case "500" | "404":
            writer.write(f"HTTP/1.1 {fault} No\r\nContent-Length: 2\r\n\r\nno".encode())
        case "429":
            writer.write(b"HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n")
        case "truncated":
            half = body[: len(body) // 2].rpartition(b"<item>")[0][:60]
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(half)}\r\n\r\n".encode() + half)
        case "garbage":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n" + bytes(range(256)) * 4)
        case "bomb":
            coded = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB)
            writer.write(coded + BOMB)
        case "challenge":
            page = b"<!DOCTYPE html><title>Just a moment...</title><p>wait"
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(page) + page)
        case "empty":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def told(weather: Weather) -> bytes:
    feeds = [{"entries": feed.entries, "answers": feed.answers} for feed in weather.feeds]
    return json.dumps(feeds).encode()


async def serve(weather: Weather, hosts: int) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode().strip("/")
                if path.isdigit():
                    await weather.answer(int(path), writer)
                else:
                    weather.calm = weather.calm or path == "calm"
                    body = told(weather) if path == "told" else b""
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    servers = [await asyncio.start_server(connected, "127.0.0.1", 0, backlog=1024) for _ in range(hosts)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    sources, hosts, seed, pace = sys.argv[1:]
    asyncio.run(serve(Weather(int(sources), int(seed), float(pace)), int(hosts)))
