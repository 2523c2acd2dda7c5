"""What it costs to parse a feed, in milliseconds of processor time.

    python bench/parsing.py [--bodies DIRECTORY] [--feeds 60]

Every round lets each contender go over the same bodies, one after the other; figures are medians of rounds. The
bodies are generated, in the sizes of real ones (mean 67 kB, some 25 entries with text in HTML), unless a directory
of real ones is named. Nothing here fails by being slow.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import feedparser

from gatewatch.sources.encoding import bare_xml, clean_xml, decode
from gatewatch.sources.feeds import body_hash, parse_feed
from gatewatch.sources.lenient import read_leniently
from gatewatch.sources.raw import cleaned
from gatewatch.sources.wellformed import read_wellformed

URL = "https://news.example/feed"
WORDS = [
    "raja", "itäraja", "suljetaan", "rajanylityspaikka", "Vaalimaa", "hallitus", "päätti", "torstaina", "liikenne",
    "avataan", "gränsen", "stängs", "regeringen", "граница", "закрыта", "пункт", "пропуска", "border", "closed",
    "crossing", "government", "says", "traffic", "lorries", "queue",
]  # fmt: skip


def main() -> None:
    asked = arguments()
    bodies = real(asked.bodies) if asked.bodies else generated(asked.feeds)
    taken = [body for body in bodies if read_wellformed(bare_xml(decode(body, None)))]
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(", ".join(f"{name} {metadata.version(name)}" for name in ("feedparser", "selectolax")))
    print(
        f"{len(bodies)} bodies ({asked.bodies or 'generated'}), {mean_size(bodies):.0f} kB on the average;"
        f" {len(taken)} take the fast way\n"
    )
    print_rows(medians(CONTENDERS, taken, asked.rounds))
    if len(taken) < len(bodies):
        whole = statistics.median(cost(parse, bodies) for _ in range(asked.rounds))
        print(f"\nall bodies, each its own way: {whole:.2f} ms a feed")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--bodies", type=Path, help="a directory of feeds, looked through with all that is in it"
    )
    parser.add_argument("--feeds", type=int, default=60, help="how many to generate")
    parser.add_argument("--rounds", type=int, default=5, help="at least 5")
    asked = parser.parse_args()
    asked.rounds = max(5, asked.rounds)
    return asked


def parse(body: bytes) -> object:
    return parse_feed(body, URL, None)


def by_feedparser(body: bytes) -> object:
    return feedparser.parse(io.BytesIO(body))


def leniently(body: bytes) -> object:
    raw = read_leniently(clean_xml(decode(body, None)))
    return cleaned(raw, URL) if raw else None


def unclean(body: bytes) -> object:
    return read_wellformed(bare_xml(decode(body, None)))


CONTENDERS: dict[str, Callable[[bytes], object]] = {
    "feedparser alone, as it comes": by_feedparser,
    "through feedparser, to entries": leniently,
    "the fast way, to entries": parse,
    "the fast way, texts not cleaned": unclean,
    "an unchanged body: its hash": body_hash,
}


def medians(
    contenders: dict[str, Callable[[bytes], object]], bodies: Sequence[bytes], rounds: int
) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            taken[name].append(cost(contender, bodies))
    return {name: statistics.median(costs) for name, costs in taken.items()}


def cost(contender: Callable[[bytes], object], bodies: Sequence[bytes]) -> float:
    """Milliseconds a body."""
    begun = time.process_time()
    for body in bodies:
        contender(body)
    return (time.process_time() - begun) / len(bodies) * 1_000


def print_rows(rows: dict[str, float]) -> None:
    first = next(iter(rows.values()))
    print(f"{'':34}{'ms a feed':>10}{'a part of the first':>22}")
    for name, milliseconds in rows.items():
        print(f"{name:34}{milliseconds:10.2f}{'1 : ' + format(first / milliseconds, '.0f'):>22}")


def mean_size(bodies: Sequence[bytes]) -> float:
    return sum(map(len, bodies)) / len(bodies) / 1_000


def real(directory: Path) -> list[bytes]:
    files = sorted(path for path in directory.rglob("*") if path.suffix in (".xml", ".rss", ".atom", ".rdf"))
    if not files:
        raise SystemExit(f"no feeds (.xml, .rss, .atom, .rdf) in {directory}")
    return [path.read_bytes() for path in files]


def generated(count: int) -> list[bytes]:
    """Half of them RSS with teaser and article, half Atom; 10 to 125 kB."""
    chance = random.Random(1)
    return [(rss if number % 2 else atom)(chance, chance.randint(4, 46)).encode() for number in range(count)]


def rss(chance: random.Random, entries: int) -> str:
    items = "".join(
        f"<item><title>{sentence(chance)}</title><link>https://news.example/{n}?id={n}</link>"
        f'<guid isPermaLink="false">https://news.example/?p={n}</guid><dc:creator>A. Writer</dc:creator>'
        f"<pubDate>Fri, {1 + n % 28:02} Nov 2023 12:{n % 60:02}:00 +0200</pubDate><category>news</category>"
        f"<description>{sentence(chance)}</description><content:encoded><![CDATA[{article(chance)}]]>"
        "</content:encoded></item>\n"
        for n in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        f"<link>https://news.example/</link><description>All news</description>{items}</channel></rss>"
    )


def atom(chance: random.Random, entries: int) -> str:
    items = "".join(
        f'<entry><id>tag:news.example,2023:{n}</id><title type="html">{sentence(chance)}</title>'
        f'<link rel="alternate" href="https://news.example/{n}"/><updated>2023-11-{1 + n % 28:02}T12:00:00Z</updated>'
        f"<author><name>A. Writer</name></author><summary>{sentence(chance)}</summary>"
        f'<content type="html">{escaped(article(chance))}</content></entry>\n'
        for n in range(entries)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:news</id>{items}</feed>'


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 14)))


def article(chance: random.Random) -> str:
    link = '<a href="https://news.example/more" rel="nofollow">more</a>'
    paragraphs = (
        f"<p>{sentence(chance)}, {sentence(chance)} &amp; <b>{sentence(chance)}</b>. {link}</p>\n"
        for _ in range(7)
    )
    return "".join(paragraphs) + '<img src="https://news.example/picture.jpg" alt="" width="640" />'


def escaped(markup: str) -> str:
    return markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    main()
