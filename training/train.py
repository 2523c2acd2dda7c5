"""Learn the weights of the second look from the labelled texts of this repository: `make weights`.

The texts of tests/reading/labelled teach what sentences say. The texts of training/texts teach that too, and how
far the rules of grammar may be trusted: nobody tunes words on them. See docs/learning.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from counting import Number, chances_by_others, learned, numbers_of
from examples import Text, questions, texts_of
from fitting import SELDOM, Judged, by_others, candidates_of, scores_by_others, trees_of, weights_of
from matrix import columns_of, matrix_of
from packing import Packed, packed, table
from statements import counts, statements

from gatewatch.cli.labels import Labelled, labelled
from gatewatch.model import EventType
from gatewatch.reading import Reader
from gatewatch.reading.candidates import READ as READ_AS_NEWS
from gatewatch.settings import load_words, shipped_rules

HERE = Path(__file__).parent
READ = HERE.parent / "tests" / "reading" / "labelled"
UNREAD = HERE / "texts"
STATEMENTS = READ.parent / "plain_statements.toml"
HEADLINES = READ.parent / "plain_headlines.toml"
COUNTS = READ.parent / "plain_counts.toml"
WRITTEN = HERE.parent / "daemon" / "gatewatch" / "settings" / "learned.bin"

LANGUAGES = ("de", "en", "et", "fi", "lt", "lv", "no", "pl", "ru", "sv")
"""Languages with so many texts that the weights have a say in them."""

SHORT = ("cells", "plain", "seeming")
"""Files of texts of one or two lines that were labelled before they were read. Words were tuned on them since, so
they count half where the rules are judged; the other texts that words were tuned on, not at all."""

KEEP, KEEP_CLOSINGS = 0.4, 0.5
"""What the rules read stays where it is at least so sure; a closing, which wakes people, only where it is surer."""
ADD, ADD_CLOSINGS, ADD_PLANS = 0.55, 0.6, 0.65
"""What they did not read is told where it is at least so sure: a false alert costs more than a missed one here. A
closing that is only considered is the easiest to imagine."""
KEEP_COUNT, ADD_COUNT = 0.3, 0.55
"""The same for a number that counts people."""

LIMITS = {
    "keep": dict.fromkeys(EventType, KEEP) | {EventType.CLOSURE_ANNOUNCED: KEEP_CLOSINGS},
    "add": dict.fromkeys(EventType, ADD)
    | {EventType.CLOSURE_ANNOUNCED: ADD_CLOSINGS, EventType.CLOSURE_CONSIDERED: ADD_PLANS},
}


def main(out: Path = WRITTEN, tuned: Path = READ, strange: Path = UNREAD) -> None:
    began = time.monotonic()
    reader = Reader(*load_words(shipped_rules()))
    long = [path for path in sorted(tuned.glob("*.jsonl")) if not path.name.startswith(SHORT)]
    short = [path for path in sorted(tuned.glob("*.jsonl")) if path.name.startswith(SHORT)]
    read = texts_of(_all(long), reader, 0.0)[0]
    plain = [*statements(STATEMENTS), *statements(HEADLINES, as_text=False), *counts(COUNTS)]
    read += texts_of([*_all(short), *plain], reader, 0.5)[0]
    unread, passed_over = texts_of(_all(sorted(strange.glob("*.jsonl"))), reader, 1.0)
    texts = [text for text in (*read, *unread) if text.language in LANGUAGES]
    asked = questions(texts)
    print(f"{len(texts)} texts ({len(unread)} that nobody tuned words on), {len(asked)} questions")
    names = columns_of([question.traits for question in asked], SELDOM)
    print(f"{sum(map(len, names))} traits")
    matrix = matrix_of([question.traits for question in asked], names)
    judged = candidates_of(texts, asked, scores_by_others(matrix.rows, asked))
    _report(judged, by_others(judged), passed_over)
    weights, starts = weights_of(matrix.rows, asked, range(len(asked)))
    events = table(names, weights * matrix.loud, starts)
    told = {"languages": LANGUAGES, "keep": LIMITS["keep"], "add": LIMITS["add"]}
    out.write_bytes(packed(events, _numbers(texts), trees_of(judged), told))
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB, after {time.monotonic() - began:.0f} s")


def _numbers(texts: Sequence[Text]) -> Packed:
    """What is learned of numbers."""
    numbers = numbers_of(texts)
    _report_counts(texts, numbers, chances_by_others(numbers))
    names, weights, starts = learned(numbers)
    print(f"{len(numbers)} numbers, {sum(map(len, names))} traits")
    return table(names, weights, starts, keep=KEEP_COUNT, add=ADD_COUNT)


def _report_counts(texts: Sequence[Text], numbers: Sequence[Number], chances: Sequence[float]) -> None:
    """How the numbers of unread texts would be counted, each by weights that never met it."""
    asked = [each for each in zip(numbers, chances, strict=True) if texts[each[0].text].counts == 1]
    for title, keep, add in (("rules alone", 0.0, 2.0), ("with weights", KEEP_COUNT, ADD_COUNT)):
        told = [number for number, chance in asked if chance >= (keep if number.is_read else add)]
        right, wanted = sum(number.counts for number in told), sum(number.counts for number, _ in asked)
        print(f"{title:14} numbers    precision {right / len(told):.3f} recall {right / wanted:.3f}")


def _all(paths: Sequence[Path]) -> list[Labelled]:
    return [row for path in paths for row in labelled(str(path))]


def _report(judged: Sequence[Judged], chances: Sequence[Sequence[float]], passed_over: int) -> None:
    """How the unread texts would be read, each by weights and trees that never met it."""
    never = dict.fromkeys(EventType, 2.0)
    always = dict.fromkeys(EventType, 0.0)
    for title, keep, add in (("rules alone", always, never), ("with weights", LIMITS["keep"], LIMITS["add"])):
        for name, kinds in (("all", frozenset(EventType)), ("closings", frozenset({EventType.CLOSURE_ANNOUNCED}))):
            right = found = wanted = 0
            for (text, candidates), sure in zip(judged, chances, strict=True):
                if text.counts < 1:
                    continue
                events = {
                    (each.country, str(each.type))
                    for each, chance in zip(candidates, sure, strict=True)
                    if each.type in kinds and chance >= (keep if each.values[READ_AS_NEWS] else add)[each.type]
                }
                news = {event for event in text.news if event[1] in kinds}
                right, found, wanted = right + len(events & news), found + len(events), wanted + len(news)
            wanted += passed_over if name == "all" else 0
            print(
                f"{title:14} {name:10} precision {right / max(found, 1):.3f} recall {right / wanted:.3f} "
                f"F1 {2 * right / (found + wanted):.3f}"
            )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
