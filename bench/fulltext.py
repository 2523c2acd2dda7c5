"""What full text costs and what it lets in: milliseconds and memory an article, beside other ways to get the text.

    python bench/fulltext.py [--rounds 20]

The pages are those of the tests. Each contender runs in a process of its own, so that memory is its own and holds its
import. "kept" are the words that should be in the text, "let in" those of other articles, cookie banners and menus;
"said nothing" are the pages without a trustworthy text on which it held its tongue. readability-lxml takes part where
it is installed. Nothing here fails by being slow.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[1] / "tests" / "sources" / "fulltext"
Contender = Callable[[bytes, str, str], str]
"""Page, title and summary to text, empty where there is none."""


def gatewatch() -> Contender:
    from gatewatch.sources.fulltext import extract, fits

    def text(body: bytes, title: str, summary: str) -> str:
        article = extract(body, "https://news.example/a/1", None)
        return article.text if article and fits(article, title, summary) else ""

    return text


def trafilatura_alone(**options: bool) -> Contender:
    import trafilatura

    return lambda body, title, summary: trafilatura.extract(body, include_comments=False, **options) or ""


def paragraphs() -> Contender:
    from selectolax.lexbor import LexborHTMLParser

    def text(body: bytes, title: str, summary: str) -> str:
        return "\n".join(found for p in LexborHTMLParser(body).css("p") if len(found := p.text().strip()) > 40)

    return text


def pruned_paragraphs() -> Contender:
    """What would be left of Gatewatch's own without trafilatura."""
    from selectolax.lexbor import LexborHTMLParser

    from gatewatch.sources.boilerplate import prune, without_offers

    def text(body: bytes, title: str, summary: str) -> str:
        tree = LexborHTMLParser(body)
        prune(tree)
        return without_offers("\n".join(found for p in tree.css("p") if len(found := p.text().strip()) > 40))

    return text


def readability() -> Contender:
    from readability import Document  # type: ignore[import-not-found, unused-ignore]
    from selectolax.lexbor import LexborHTMLParser

    return lambda body, title, summary: LexborHTMLParser(Document(body.decode("utf-8", "replace")).summary()).text()


CONTENDERS: dict[str, Callable[[], Contender]] = {
    "gatewatch": gatewatch,
    "trafilatura, default": trafilatura_alone,
    "trafilatura, precision": lambda: trafilatura_alone(favor_precision=True),
    "trafilatura, precision and fast": lambda: trafilatura_alone(favor_precision=True, fast=True),
    "every <p>": paragraphs,
    "every <p> after our pruning": pruned_paragraphs,
    "readability-lxml": readability,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    fresh = multiprocessing.get_context("spawn")
    print(f"{'':34}{'ms/page':>9}{'MB':>7}{'kept':>9}{'let in':>9}{'said nothing':>14}")
    for name in CONTENDERS:
        if name == "readability-lxml" and find_spec("readability") is None:
            print(f"{name:34}  not installed")
            continue
        with fresh.Pool(1) as pool:
            print(pool.apply(row, (name, rounds)))


def row(name: str, rounds: int) -> str:
    """One line of the table; runs in a process of its own."""
    pages = [(page.read_bytes(), expected(page)) for page in sorted(PAGES.glob("*.html"))]
    before = megabytes()
    text = CONTENDERS[name]()
    texts = [text(body, told["title"], told["summary"]) for body, told in pages]
    times = []
    for _ in range(rounds):
        for body, told in pages:
            began = time.process_time()
            text(body, told["title"], told["summary"])
            times.append(time.process_time() - began)
    good = [(found.casefold(), told) for found, (_, told) in zip(texts, pages, strict=True) if "has" in told]
    kept = [words.casefold() in found for found, told in good for words in told["has"]]
    let_in = [words.casefold() in found for found, told in good for words in told["lacks"]]
    silent = [not found.strip() for found, (_, told) in zip(texts, pages, strict=True) if told.get("none")]
    return (
        f"{name:34}{statistics.median(times) * 1000:>9.2f}{megabytes() - before:>7.0f}"
        f"{share(kept):>9}{share(let_in):>9}{share(silent):>14}"
    )


def expected(page: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(page.with_suffix(".expected.json").read_text())
    return told


def share(found: list[bool]) -> str:
    return f"{sum(found)}/{len(found)}"


def megabytes() -> float:
    """The most that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
