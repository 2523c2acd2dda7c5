"""One row of a list to an entry: what the layout names, and where it names nothing, what stands out."""

from __future__ import annotations

from datetime import datetime

from selectolax.lexbor import LexborNode

from gatewatch.model import ListLayout
from gatewatch.sources.dates import find_date, parse_date
from gatewatch.sources.entries import SUMMARY_LIMIT, TITLE_LIMIT, Entry
from gatewatch.sources.pages.page import Page, lines_of, text_of

#: Elements that say of themselves that they hold a date. `<time datetime>` is the most certain.
_DATED = 'time, [datetime], [class*="date" i], [class*="time" i]'
_HEADINGS = "h1, h2, h3, h4, h5, h6"
#: Elements that call themselves a title, on cards without a heading.
_TITLED = '[class*="title" i], [class*="headline" i], [class*="heading" i], [class*="tytul" i], [class*="otsik" i]'
#: A link or button with no more characters than this is "Read more" or a category, not a part of the text.
_FURNITURE = 40
_DATE_LINE = 80  # characters; in a longer line the date belongs to a sentence


def read_row(row: LexborNode, page: Page, layout: ListLayout, at: datetime) -> Entry:
    """The entry of a row. Its title is empty where the layout names a title that is not there."""
    title = _title(row, layout)
    lines = _lines_beside(row, title)
    return Entry(
        link=_link(row, page, layout),
        title=_undated(title) if not layout.title else title,
        summary=_summary(row, layout, lines, at),
        published=_published(row, layout, lines, title, at),
    )


def _title(row: LexborNode, layout: ListLayout) -> str:
    if layout.title:
        found = row.css_first(layout.title)
        return text_of(found, TITLE_LIMIT) if found else ""
    links = sorted(row.css("a[href]"), key=_length, reverse=True)
    for choices in (row.css(_HEADINGS), row.css(_TITLED), links):
        for choice in choices[:3]:
            if title := text_of(choice, TITLE_LIMIT):
                return title
    return text_of(row, TITLE_LIMIT)


def _length(node: LexborNode) -> int:
    return len(node.text())


def _undated(title: str) -> str:
    """A link's text without the date before or after it: `02.03.2026 Narva border crossing closes`."""
    date = find_date(title)
    if date is None or (date.start > 0 and date.end < len(title)):
        return title
    rest = (title[: date.start] + title[date.end :]).strip(" |:,·•–-()[]")
    return rest if date.start == 0 or title[date.start - 1] in "|·•([" else title


def _link(row: LexborNode, page: Page, layout: ListLayout) -> str:
    """The link that the layout names, else that of the heading, else the first that leads to another page."""
    if layout.link:
        nodes = row.css(layout.link)
        nodes += [inner for node in nodes for inner in node.css("a[href]")]
    else:
        heading = row.css_first(_HEADINGS)
        nodes = [*(heading.css("a[href]") if heading else []), *_around(row, heading), *row.css("a[href]")]
    links = [link for node in nodes if (link := page.link(node.attributes.get("href")))]
    elsewhere = (link for link in links if link.partition("#")[0] != page.address.partition("#")[0])
    return next(elsewhere, links[0] if links else "")


def _around(row: LexborNode, heading: LexborNode | None) -> list[LexborNode]:
    """The link that a heading stands in, on cards that are one link."""
    node = heading
    while node is not None and node != row:
        node = node.parent
        if node is not None and node.tag == "a":
            return [node]
    return []


def _lines_beside(row: LexborNode, title: str) -> list[str]:
    """The lines of a row without its title and without the words of its short links and buttons."""
    short = {text_of(node, TITLE_LIMIT) for node in row.css("a, button, summary, label")[:30]}
    furniture = {text for text in short if len(text) <= _FURNITURE}
    lines: list[str] = []
    for line in lines_of(row, SUMMARY_LIMIT):
        rest = " ".join(line.replace(title, " ").split()) if title else line
        if rest and rest not in furniture and rest not in title:  # a title may be broken over two lines
            lines.append(rest)
    return lines


def _published(
    row: LexborNode, layout: ListLayout, lines: list[str], title: str, at: datetime
) -> datetime | None:
    for node in row.css(layout.date or _DATED)[:5]:
        for text in (node.attributes.get("datetime"), node.attributes.get("content"), text_of(node, 200)):
            if moment := parse_date(text, at):
                return moment
            if layout.date and text and (found := find_date(text, at)):
                return found.moment
    if layout.date:
        return None
    for line in lines:
        if len(line) <= _DATE_LINE and (moment := parse_date(line, at)):
            return moment
    found = find_date(title)
    return found.moment if found and _undated(title) != title else None


def _summary(row: LexborNode, layout: ListLayout, lines: list[str], at: datetime) -> str:
    if layout.summary:
        found = row.css_first(layout.summary)
        return "\n".join(lines_of(found, SUMMARY_LIMIT)) if found else ""
    return "\n".join(line for line in lines if len(line) > _DATE_LINE or parse_date(line, at) is None)
