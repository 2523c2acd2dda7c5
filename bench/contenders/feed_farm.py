"""A thousand feeds on 127.0.0.1, in a process of their own so that serving is on nobody's bill.

    python bench/contenders/feed_farm.py FEEDS [DIRECTORY]

Prints its port. `/N` is feed N; `/phase/NAME` says how all of them answer from then on:

    validators   ETag and Last-Modified; 304 to whoever knows them
    stubborn     200 with the same body, whatever was asked
    news         as `validators`, but every twentieth feed has one new entry on top

Bodies are made here, of the sizes that were measured in the wild (10 to 200 kB, 67 kB in the mean, 33 entries); a
DIRECTORY of real ones (*.xml) takes their place.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import sys
from pathlib import Path

KINDS = 200
EVERY_TWENTIETH = 20
WORDS = [
    "border", "crossing", "traffic", "ministry", "government", "police", "guard", "station", "road", "bridge",
    "council", "winter", "summer", "market", "energy", "school", "hospital", "weather", "season", "village",
    "mayor", "harbour", "railway", "forest", "budget", "election", "minister", "police", "report",
]  # fmt: skip
ADDRESS = re.compile(rb"xmlns[\w:.-]*\s*=\s*[\"'][^\"']*[\"']|(?P<address>https?://[\w.-]+)/")
#: A guid that is no address.
NAME = re.compile(rb"(<(?:guid|id)\b[^>]*>)(?!\s*(?:<!\[CDATA\[)?\s*https?:)")


class Farm:
    """The bodies, and how they are served just now."""

    def __init__(self, feeds: int, bodies: list[bytes]) -> None:
        self.bodies = [unlike(bodies[number % len(bodies)], number) for number in range(feeds)]
        self.phase = "validators"
        self.round = 0

    def answer(self, path: str, conditions: bytes) -> bytes:
        if path.startswith("/phase/"):
            self.phase = path.rpartition("/")[2]
            self.round += self.phase == "news"
            return response(b"200 OK", b"", b"")
        number = int(path.strip("/"))
        body = self.bodies[number]
        if self.phase == "news" and number % EVERY_TWENTIETH == 0:
            body = with_news(body, self.round)
        if self.phase == "stubborn":
            return response(b"200 OK", b"", body)
        tag = hashlib.sha256(body).hexdigest()[:16].encode()
        if tag in conditions:
            return response(b"304 Not Modified", tag, b"")
        return response(b"200 OK", tag, body)


def response(status: bytes, tag: bytes, body: bytes) -> bytes:
    validators = b'ETag: "%s"\r\n' % tag if tag else b""
    kind = b"" if status.startswith(b"304") else b"Content-Type: application/xml\r\nContent-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 %s\r\n%s%s\r\n" % (status, validators, kind) + body


def unlike(body: bytes, number: int) -> bytes:
    """Each feed has links and guids of its own, as feeds of different sites have; namespaces stay what they are."""
    own, named = rb"\g<address>/f%d/" % number, rb"\g<1>f%d-" % number
    body = ADDRESS.sub(lambda found: found.expand(own) if found["address"] else found[0], body)
    return NAME.sub(lambda found: found.expand(named), body)


def with_news(body: bytes, round: int) -> bytes:
    first = re.search(rb"<(item|entry)[\s>]", body)
    if first is None:
        return body
    address = b"https://news.example/fresh/%d/%s" % (round, hashlib.sha256(body).hexdigest()[:8].encode())
    if first[1] == b"item":
        new = b"<item><title>A quiet day, number %d</title><link>%s</link><guid>%s</guid></item>"
    else:
        new = b"<entry><title>A quiet day, number %d</title><link href='%s'/><id>%s</id></entry>"
    return body[: first.start()] + new % (round, address, address) + body[first.start() :]


def made_body(number: int) -> bytes:
    dice = random.Random(number)
    size = dice.choice((10_000, 25_000, 40_000, 60_000, 80_000, 120_000, 200_000)) // 33
    entries = []
    for entry in range(33):
        link = f"https://site{number}.example/news/{entry}-{dice.randrange(10**6)}"
        text = " ".join(dice.choice(WORDS) for _ in range(size // 8))
        entries.append(
            f"<item><title>{' '.join(dice.choice(WORDS) for _ in range(9))}</title><link>{link}</link>"
            f"<guid>{link}</guid><pubDate>Thu, 15 Jan 2026 12:{entry:02}:00 GMT</pubDate>"
            f"<description><![CDATA[<p>{text}</p>]]></description></item>"
        )
    head = f"<title>Site {number}</title><link>https://site{number}.example/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'.encode()


async def serve(farm: Farm) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                path = request.split(b" ", 2)[1].decode()
                writer.write(farm.answer(path, request))
                await writer.drain()
                if b"connection: close" in request.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    given = sorted(Path(sys.argv[2]).glob("*.xml")) if len(sys.argv) > 2 else []
    bodies = [path.read_bytes() for path in given] or [made_body(number) for number in range(KINDS)]
    asyncio.run(serve(Farm(int(sys.argv[1]), bodies)))


if __name__ == "__main__":
    main()
