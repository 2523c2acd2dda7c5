"""Where on a page the news stands, for sources that have no feed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListLayout:
    """A list of news on an HTML page, by CSS selectors.

    `rows` finds one element for each piece of news; empty means that the list is found by itself. The others
    are looked for inside a row; where one is empty, the row's own heading, link, date and text are taken.
    """

    rows: str = ""
    title: str = ""
    link: str = ""
    date: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class JsonLayout:
    """A list of news in JSON, by paths such as `releases` and `versions.fi.title` (a number is a place in a list).

    `script` is the CSS selector of the element whose text is the JSON; empty means that the body is JSON.
    `rows` is the path to the list (empty: the body is the list); the others are looked for inside a row.
    """

    title: str
    rows: str = ""
    script: str = ""
    link: str = ""
    date: str = ""
    summary: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table of states ("Narva: open"), by CSS selectors: every change of a row is a piece of news.

    `rows` finds one element for each state; empty means the rows of the page's largest table. `name` and `status`
    are looked for inside a row; empty means its first and its second cell. Nothing but `status` makes a change.
    """

    rows: str = ""
    name: str = ""
    status: str = ""


Layout = ListLayout | JsonLayout | TableLayout
