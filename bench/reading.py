"""What reading and matching cost: items a second on one core, beside what only looks for the same words.

    python bench/reading.py [--stream FILE.jsonl[.gz]] [--items FILE.jsonl] [--lang fi]

Every round lets each contender go over the same next part of the texts, one after the other; figures are medians
of rounds, by processor time, so that a busy machine slows all alike. Reader and simplemma remember words that they
have met, as they would in service. Nothing here fails by being slow. simplemma comes with `pip install '.[bench]'`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from contenders.matchers import Matcher, lemmas, plain_re, terms_of
from contenders.rules import rule_set
from contenders.texts import Text, items_in, stream_of

from gatewatch.model import Item, Reading, Source, Vocabulary
from gatewatch.reading import Reader
from gatewatch.reading.folding import fold, normalise
from gatewatch.settings import learned, load_words, shipped_rules

PART = 1_000
"""Items of one round."""

PATIENCE = 2.0
"""Seconds after which a contender has shown in a round what it can do, wherever it has come to."""

RULES = (10, 100, 1_000)
Row = tuple[str, float, str]
Contender = Callable[[Item, Source], object]


def main() -> None:
    asked = arguments()
    vocabularies, gazetteer = load_words(shipped_rules())
    reader = Reader(vocabularies, gazetteer, learned())
    stream = stream_of(asked.stream)
    items = [text for text in items_in(asked.items) if says_something(reader.read(*text))]
    print_setting(vocabularies, asked, stream, items)
    for name, texts in (("stream: mostly irrelevant, short", stream), ("items: each needs the full analysis", items)):
        print_rows(name, against_others(reader, vocabularies, texts, asked), unit="items/s")
    print_rows("rules: matching the readings of the items", matching(reader, items, asked.rounds), unit="items/s")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", help="real items, most of them of no concern (JSONL, .gz)")
    parser.add_argument("--items", help="real items on borders (JSONL, .gz)")
    parser.add_argument("--lang", default="fi", help="the language of items that name none; simplemma has to be told")
    parser.add_argument("--rounds", type=int, default=5, help="at least 5")
    asked = parser.parse_args()
    asked.rounds = max(5, asked.rounds)
    return asked


def says_something(reading: Reading) -> bool:
    return bool(reading.events or reading.counts)


def against_others(
    reader: Reader, vocabularies: Sequence[Vocabulary], texts: Sequence[Text], asked: argparse.Namespace
) -> list[Row]:
    """The reader, end to end, and the others, to whom the folding of the texts is given for nothing."""
    numbered = distinct(texts)
    folded = {item.id: fold(normalise(f"{item.title}\n{item.text}")) for item, _ in numbered}
    of_lemmas = lemmas(vocabularies, folded, asked.lang)
    contenders: dict[str, Contender] = {
        "gatewatch: events, counts, places": reader.read,
        "plain re: words only": plain_re(vocabularies, folded),
    }
    if of_lemmas is not None:
        warm_up(of_lemmas, numbered)
        contenders["simplemma: lemmas only"] = of_lemmas
    rates = in_turns(contenders, numbered, asked.rounds)
    first = next(iter(rates.values()))
    rows = [(name, rate, f"gatewatch does {first / rate:.1f} x as many") for name, rate in rates.items()]
    rows[0] = (*rows[0][:2], "")
    return rows if of_lemmas is not None else [*rows, ("simplemma: lemmas only", 0.0, "not installed")]


def matching(reader: Reader, items: Sequence[Text], rounds: int) -> list[Row]:
    """Rules on readings that are there already: what more rules cost."""
    numbered = distinct(items)
    readings = {item.id: reader.read(item, source) for item, source in numbered}
    sets = {f"{number:,} rules": rule_set(number) for number in RULES}

    def matcher(name: str) -> Contender:
        return lambda item, source: sets[name].matches(item, source, readings[item.id])

    rates = in_turns({name: matcher(name) for name in sets}, numbered, rounds)
    first = next(iter(rates.values()))
    return [(name, rate, f"{first / rate:.2f} x the time of 10") for name, rate in rates.items()]


def distinct(texts: Sequence[Text]) -> list[Text]:
    """The texts with ids of their own: those of two files may be the same."""
    return [
        (Item(str(n), i.source, i.title, summary=i.text, published=i.dated, language=i.language), source)
        for n, (i, source) in enumerate(texts)
    ]


def warm_up(matcher: Matcher, texts: Sequence[Text]) -> None:
    """simplemma loads the dictionary of a language at its first word, for seconds."""
    seen: dict[str | None, Text] = {item.language or source.language: (item, source) for item, source in texts}
    for text in seen.values():
        matcher(*text)


def in_turns(contenders: dict[str, Contender], texts: Sequence[Text], rounds: int) -> dict[str, float]:
    """Items a second of each, the median of rounds; all go over the same part of the texts in a round."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        start = number * PART % max(1, len(texts))
        part = [texts[at % len(texts)] for at in range(start, start + PART)] if texts else []
        for name, contender in contenders.items():
            rates[name].append(rate(contender, part))
    return {name: statistics.median(found) for name, found in rates.items()}


def rate(contender: Contender, part: Sequence[Text]) -> float:
    done, began = 0, time.process_time()
    for item, source in part:
        contender(item, source)
        done += 1
        if time.process_time() - began > PATIENCE:
            break
    return done / max(time.process_time() - began, 1e-9)


def print_setting(
    vocabularies: Sequence[Vocabulary], asked: argparse.Namespace, stream: Sequence[Text], items: Sequence[Text]
) -> None:
    print(f"machine    {processor()}, {os.cpu_count()} cores, one used")
    print(f"versions   Python {platform.python_version()}, gatewatch {version('gatewatch')}, ", end="")
    print(f"simplemma {version('simplemma')}")
    print(f"words      {len(terms_of(vocabularies)):,} terms of {len(vocabularies)} languages")
    for name, path, texts in (("stream", asked.stream, stream), ("items", asked.items, items)):
        length = sum(len(item.title) + len(item.text) for item, _ in texts) / max(1, len(texts))
        print(f"{name:10} {path or 'of the project'}: {len(texts):,} texts of {length:.0f} characters")
    print(f"rounds     {asked.rounds}, in turns, {PART:,} texts each or {PATIENCE:.0f} s")


def processor() -> str:
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = (row.partition(":")[2].strip() for row in rows if row.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def print_rows(name: str, rows: Sequence[Row], unit: str) -> None:
    print(f"\n{name}")
    for label, rate, told in rows:
        figure = f"{rate:12,.0f} {unit}" if rate else " " * 13 + " " * len(unit)
        print(f"  {label:36}{figure}   {told}".rstrip())


if __name__ == "__main__":
    main()
