"""Learn the weights of the second look from the labelled texts of this repository: `make weights`.

The texts of tests/reading/labelled teach what sentences say. The texts of training/texts teach that too, and how
far the rules of grammar may be trusted: nobody tunes words on them. See docs/learning.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from examples import Text, questions, texts_of
from fitting import (
    by_others,
    candidates_of,
    heaviest,
    matrix_of,
    names_of,
    scores_by_others,
    trees_of,
    weights_of,
)
from packing import packed

from gatewatch.model import EventType
from gatewatch.reading import Reader
from gatewatch.reading.candidates import Candidate
from gatewatch.settings import load_words, shipped_rules

HERE = Path(__file__).parent
READ = HERE.parent / "tests" / "reading" / "labelled"
UNREAD = HERE / "texts"
WRITTEN = HERE.parent / "daemon" / "gatewatch" / "settings" / "learned.bin"

LANGUAGES = ("de", "en", "et", "fi", "no", "ru", "sv")
"""Languages with so many texts that the weights have a say in them."""

KEEP = 0.25
"""What the rules read stays where it is at least so sure."""
ADD = 0.6
"""What they did not read is told where it is at least so sure."""


def main(out: Path = WRITTEN, without: Sequence[str] = ()) -> None:
    began = time.monotonic()
    reader = Reader(*load_words(shipped_rules()))
    read, _ = texts_of(sorted(READ.glob("*.jsonl")), reader)
    unread, passed_over = texts_of(sorted(UNREAD.glob("*.jsonl")), reader)
    texts = [text for text in (*read, *unread) if text.language in LANGUAGES and text.id not in without]
    strange = {text.id for text in unread}
    ours = [at for at, text in enumerate(texts) if text.id in strange]
    asked = questions(texts)
    every = range(len(asked))
    print(f"{len(texts)} texts ({len(ours)} that nobody tuned words on), {len(asked)} questions")
    names = names_of(asked)
    first, _ = weights_of(matrix_of(asked, names), asked, every)
    print(f"{sum(map(len, names))} traits of at least three questions")
    names = heaviest(names, first)
    matrix = matrix_of(asked, names)
    scores = scores_by_others(matrix, asked, ours)
    judged = candidates_of(texts, asked, scores, ours)
    _report(judged, by_others(judged), passed_over)
    weights, starts = weights_of(matrix, asked, every)
    told = {"languages": LANGUAGES, "keep": KEEP, "add": dict.fromkeys(EventType, ADD)}
    out.write_bytes(packed(names, weights, starts, trees_of(judged), told))
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB, after {time.monotonic() - began:.0f} s")


def _report(
    judged: Sequence[tuple[Text, Sequence[Candidate]]], chances: Sequence[Sequence[float]], passed_over: int
) -> None:
    """How the unread texts would be read, each by weights and trees that never met it."""
    for title, keep, add in (("rules alone", 0.0, 2.0), ("with weights", KEEP, ADD), ("even", 0.5, 0.5)):
        right = found = wanted = 0
        for (text, candidates), sure in zip(judged, chances, strict=True):
            events = {
                (each.country, each.type)
                for each, chance in zip(candidates, sure, strict=True)
                if chance >= (keep if each.values[0] else add)
            }
            right += len(events & text.news)
            found += len(events)
            wanted += len(text.news)
        wanted += passed_over
        precision, recall = right / max(found, 1), right / wanted
        print(f"{title:14} precision {precision:.3f} recall {recall:.3f} F1 {2 * right / (found + wanted):.3f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
