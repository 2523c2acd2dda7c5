"""What is wrong with a free word of a rule, before it matches half of the news or none of it."""

from __future__ import annotations

import re

REGEX = "re:"
FEWEST_LETTERS = 3
_WORD = re.compile(r"(?:[^\W_]|\*)+")
_NESTED_REPEAT = re.compile(r"[^\\][+*]\)(?:[+*]|\{\d*,)")


def complaint(term: str) -> tuple[str, str] | None:
    """What is wrong and what to do; None for a good term."""
    if term.startswith(REGEX):
        return _about_regex(term.removeprefix(REGEX).strip())
    words = _WORD.findall(term)
    if not words:
        return f"holds no letters: `{term}`", ""
    for word in words:
        start = word.partition("*")[0]
        if word.strip("*") == "":
            return f"has a `*` that stands alone: `{term}`", "A * is the ending of a word, never a word"
        if word.startswith("*"):
            return (
                f"has a word that begins with `*`: `{term}`",
                "A * is the ending of a word; write its beginning",
            )
        if "*" in word and len(start) < FEWEST_LETTERS:
            hint = f"Write at least {FEWEST_LETTERS} letters before the *, or the whole word"
            return f"fits too many words: `{term}`", hint
    return None


def _about_regex(pattern: str) -> tuple[str, str] | None:
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}", ""
    if compiled.search("") is not None:
        return f"fits every text, even an empty one: `re:{pattern}`", "Name something that has to be there"
    if _NESTED_REPEAT.search(pattern):
        hint = "A long text could keep it busy for hours; repeat one thing only"
        return f"has a repeat inside a repeat: `re:{pattern}`", hint
    return None
