"""Marks at the head of a text that say what kind it is: a correction of what the outlet told before."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.clauses import Sentence
from gatewatch.reading.lexicon import Hit

BEHIND = ":-–—)]|"
"""What stands right behind a mark, or before a closing bracket; "a correction of prices" is no mark."""


def corrects(split: Sequence[Sentence], texts: dict[str, str]) -> bool:
    """Whether headline or first sentence says that the text corrects an earlier one.

    "CORRECTION: …", "Oikaisu – …", "… (corrected)"; a phrase such as "this article has been corrected" is one anywhere
    in the first sentence.
    """
    heads = [s for s in split if s.number <= 1]
    return any(_marks(hit, s, texts[s.field]) for s in heads for hit in s.hits if hit.concept == "correction")


def _marks(hit: Hit, sentence: Sentence, text: str) -> bool:
    if hit.size > 1:
        return True
    start, end = sentence.row[hit.first].start, sentence.row[hit.last].end
    numbered = hit.last + 1 < len(sentence.row) and sentence.row[hit.last + 1].form.isdigit()  # "CORRECTION 2: …"
    if numbered:
        end = sentence.row[hit.last + 1].end
    behind, before = text[end:].lstrip(" ")[:1], text[:start].rstrip(" ")[-1:]
    bracketed = before in ("(", "[") and before != ""
    return (hit.first == 0 and behind != "" and behind in BEHIND) or bracketed
