"""Lists of feeds as feed readers exchange them: OPML, read and written. Pure: bytes in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from gatewatch.model import Source

#: Our own attributes: what an OPML has no word for, so that what we export comes back whole.
NAMESPACE = "urn:gatewatch:opml"
_OWN = f"{NAMESPACE} "  # expat joins namespace and name by a blank
_LONGEST = 2_000  # characters of an attribute that are believed

#: Query parameters whose value is a key to a door rather than a name of a feed.
_KEYS = frozenset(
    (
        *("access_token", "api_key", "apikey", "auth", "authkey", "key", "pass", "passwd", "password", "pwd"),
        *("secret", "sig", "signature", "token", "user_token"),
    )
)


class BadOpml(Exception):
    """The text is no OPML. `line` counts from 1; 0 means the file as a whole."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that an OPML names, with the `line` where it stands. What it does not say is empty.

    `every` is a length of time as config.toml writes it; `id`, `country`, `official`, `every` and `full_text` come from
    our own exports only.
    """

    url: str
    line: int
    title: str = ""
    language: str = ""
    id: str = ""
    country: str = ""
    official: bool = False
    every: str = ""
    full_text: str = ""


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds of an OPML in its order, out of all its folders. Raises BadOpml.

    Whatever has an `xmlUrl` is a feed: many exports leave out `type`. Entities are refused, for a few lines of them can
    fill any memory.
    """
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EntityDeclHandler = lambda *_: reading.refuse_entities()
    reading.parser = parser
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code) or "broken"
        raise BadOpml(error.lineno, f"not valid XML: {words}{_advice(words)}") from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise BadOpml(parser.CurrentLineNumber, f"can not be read: {error}") from None
    return tuple(reading.outlines)


class _Reading:
    """What expat has told so far. It calls for each element, so that depth costs nothing."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self.parser: Any = None
        self._root = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._root:
            self._root = name.lower()
            if self._root != "opml":
                raise BadOpml(self._line, f"not an OPML file: it begins with <{name.rpartition(' ')[2]}>")
        if name.lower() == "outline":
            self._outline({key if key.startswith(_OWN) else key.lower(): value for key, value in attributes.items()})

    def refuse_entities(self) -> None:
        raise BadOpml(self._line, "declares entities, which no list of feeds needs: remove its DOCTYPE")

    def _outline(self, told: Mapping[str, str]) -> None:
        url = told.get("xmlurl", "").strip()
        if not url:
            return  # a folder, a link, a note
        own = {name: _line(told.get(f"{_OWN}{name}", "")) for name in ("id", "country", "every", "full_text")}
        official = told.get(f"{_OWN}official", "") == "true"
        title = _line(told.get("title", "")) or _line(told.get("text", ""))
        language = told.get("language", "")[:2].lower()
        self.outlines.append(Outline(url, self._line, title, language, official=official, **own))

    @property
    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber)


def _line(text: str) -> str:
    """One line without control characters, as the settings take it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[:_LONGEST]).split())


def _advice(words: str) -> str:
    if "undefined entity" in words:
        return "; of names between & and ; XML knows amp, lt, gt, quot and apos only"
    if "invalid token" in words:
        return "; an & inside an address has to be written &amp;"
    return ""


def write_opml(sources: Iterable[Source], at: datetime, usual: timedelta) -> str:
    """An OPML 2.0 of `sources`, which have to be feeds, by country. `at` is when it was made; an `every` that is the
    `usual` one is left out, for it is not the source's own."""
    folders: dict[str, list[Source]] = {}
    for source in sources:
        folders.setdefault(source.country or "", []).append(source)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:gatewatch="{NAMESPACE}">',
        "  <head>",
        "    <title>Sources of Gatewatch</title>",
        f"    <dateCreated>{format_datetime(at)}</dateCreated>",
        "  </head>",
        "  <body>",
    ]
    for country, inside in folders.items():
        lines.append(f"    <outline text={quoteattr(country or 'Elsewhere')}>")
        lines += [f"      <outline {_attributes(source, usual)}/>" for source in inside]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _attributes(source: Source, usual: timedelta) -> str:
    name = source.name or source.id
    told = {
        "type": "rss",
        "text": name,
        "title": name,
        "xmlUrl": source.url,
        "language": source.language or "",
        "gatewatch:id": source.id,
        "gatewatch:country": source.country or "",
        "gatewatch:official": "true" if source.official else "",
        "gatewatch:every": "" if source.every == usual else _written(source.every),
        "gatewatch:full_text": "" if source.full_text == "never" else source.full_text,
    }
    return " ".join(f"{key}={quoteattr(value)}" for key, value in told.items() if value)


def _written(span: timedelta) -> str:
    """A length of time as config.toml has it."""
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def holds_a_key(url: str) -> bool:
    """Whether an address lets in whoever has it: a password before the host, a token among its parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    names = {name.lower().replace("-", "_") for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return "@" in parts.netloc or not names.isdisjoint(_KEYS)
