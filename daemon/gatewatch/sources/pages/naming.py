"""A CSS selector for elements that were found, as a person would write it: `ul.news-list > li`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from gatewatch.sources.pages.page import Page

_HIGHEST = 12  # steps
_WELL_NAMED = re.compile(r"[A-Za-z][A-Za-z_-]*(?:\d{1,2})?[A-Za-z_-]*")
#: Classes that tell one row from the next, or today from tomorrow.
_PASSING = re.compile(
    r"(?:^|[_-])(?:odd|even|first|last|active|new|visible|hidden|is|js|post|category|cat|tag|status|format|row-\d)(?:$|[_-])"
)


def selector_for(page: Page, rows: Sequence[LexborNode]) -> str:
    """The shortest selector that finds the rows and nothing outside the elements that hold them.

    Siblings of the rows that are made like them are meant too: a headline may be short for once.
    """
    level = list(rows)
    holders = {parent.mem_id for row in rows if (parent := row.parent)}
    selector = _step(level)
    for _ in range(_HIGHEST):
        level = _parents(level)
        if not level:
            break
        selector = f"{_step(level)} > {selector}"
        if _is_exact(page, selector, holders) or level[0].tag == "body":
            break
    return selector


def _is_exact(page: Page, selector: str, holders: set[int]) -> bool:
    return all(node.parent is not None and node.parent.mem_id in holders for node in page.tree.css(selector))


def _parents(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    return list({parent.mem_id: parent for node in nodes if (parent := node.parent)}.values())


def _step(nodes: Sequence[LexborNode]) -> str:
    """One part of the selector: the tag and the lasting classes that all share, else the id of a single one."""
    tags = {node.tag or "" for node in nodes}
    tag = tags.pop() if len(tags) == 1 else "*"
    shared = set.intersection(*(set((node.attributes.get("class") or "").split()) for node in nodes))
    lasting = sorted(name for name in shared if _WELL_NAMED.fullmatch(name) and not _PASSING.search(name))
    name = nodes[0].attributes.get("id") or ""
    if not lasting and len(nodes) == 1 and _WELL_NAMED.fullmatch(name):
        return f"{tag}#{name}"
    return tag + "".join(f".{name}" for name in lasting[:2])
