"""What a web page may cost to parse. HTML parsers take time with the square of some things.

With selectolax and lxml 20,000 attributes on one tag took 0.7 s and 40,000 nested tags six; 600,000 attributes fit
into a page. So a page is looked over here first, in one pass that takes time with its length alone.
"""

from __future__ import annotations

import re
from collections import Counter

LONGEST_PAGE = 3_000_000  # bytes
MOST_TAGS = 30_000  # opening and closing; news pages have 2,000 to 16,000
DEEPEST = 256  # tags open at once; news pages have some forty

#: What no text is in. It is cut out before anybody parses the page, so that it does not matter where a parser
#: would have seen its end. An end that is missing is the end of the page, as browsers have it.
_SILENT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(script|style|svg|template|iframe|noscript|textarea|select|object)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
#: A tag with its first 200 attributes, as browsers split them. Possessive: each character is looked at once.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)"
    r"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+){0,200}+"
    r"[\s/]*+(>?)"
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
#: Closed by the next of their kind, so that nobody has to close them and they do not nest by themselves.
_SELF_CLOSING = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"])


def without_silent_parts(markup: str) -> str:
    """The page without scripts, styles, comments and the like."""
    return _SILENT.sub(" ", markup)


def is_bounded(markup: str) -> bool:
    """Whether a page without its silent parts can be parsed in well under a second."""
    opened: Counter[str] = Counter()
    depth = 0
    for count, tag in enumerate(_TAG.finditer(markup)):
        closing, name, end = tag[1], tag[2].lower(), tag[3]
        if count >= MOST_TAGS or not end or depth > DEEPEST:
            return False
        if name in _VOID or name in _SELF_CLOSING:
            continue
        if not closing:
            opened[name] += 1
            depth += 1
        elif opened[name]:  # one that closes nothing is passed over by parsers too
            opened[name] -= 1
            depth -= 1
    return depth <= DEEPEST
