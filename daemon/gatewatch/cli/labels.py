"""Labels that people give to texts, one JSON object a line. Every mistake is told with its file and line.

The form is that of `gatewatch read`'s output with the text beside it; docs/measuring.md explains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

import click
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError
from pydantic_core import ErrorDetails

from gatewatch.cli.contract import item_of, lines_of, rows_of, source_of
from gatewatch.model import Count, Event, EventType, Item, Per, Scope, Source, Unit
from gatewatch.reading.scoring import Said

Country = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$")]
People = Annotated[StrictInt, Field(ge=0)]


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class EventLabel(_Label):
    country: Country
    type: EventType
    neighbour: Country | None = None
    crossings: tuple[StrictStr, ...] = ()
    scope: Scope = Scope.UNSPECIFIED
    since: date | None = Field(None, alias="from")
    until: date | None = None
    background: StrictBool = False
    says: StrictStr = Field("", alias="evidence")


class CountLabel(_Label):
    country: Country
    value: People
    value_max: People | None = None
    approximate: StrictBool = Field(False, alias="approx")
    unit: Unit = Unit.PEOPLE
    per: Per = Per.UNSPECIFIED
    period: StrictStr | None = None
    background: StrictBool = False
    says: StrictStr = Field("", alias="evidence")


class Answer(BaseModel):
    """What somebody or something read in the item of that id."""

    id: StrictStr
    events: tuple[EventLabel, ...]
    counts: tuple[CountLabel, ...]

    @property
    def said(self) -> Said:
        events = tuple(Event(**label.model_dump()) for label in self.events)
        return Said(events, tuple(Count(**label.model_dump()) for label in self.counts))


class LabelledText(Answer):
    """An item with its labels. Without its day "on Friday" could not be scored."""

    title: StrictStr
    text: StrictStr = ""
    lang: StrictStr
    date: date


@dataclass(frozen=True, slots=True)
class Labelled:
    """An item, its source, and what it says by its labels."""

    item: Item
    source: Source
    language: str
    said: Said


Row = TypeVar("Row", bound=Answer)


def labelled(path: str) -> list[Labelled]:
    """The labelled items of a JSONL file; or every mistake in it, and exit code 1."""
    return [
        Labelled(item_of(row), source_of(row), answer.lang, answer.said)
        for answer, row in _answers(path, LabelledText)
    ]


def predicted(path: str) -> dict[str, Said]:
    """The answers of another reader, by the ids of their items."""
    return {answer.id: answer.said for answer, _ in _answers(path, Answer)}


def _answers(path: str, kind: type[Row]) -> list[tuple[Row, dict[str, Any]]]:
    found: list[tuple[Row, dict[str, Any]]] = []
    places: dict[str, str] = {}
    wrong: list[str] = []
    with lines_of(path) as lines:
        for where, row in rows_of(lines, path):
            try:
                answer = kind.model_validate(row)
            except ValidationError as error:
                wrong += [f"{where}: {what}" for what in _mistakes(error)]
                continue
            first = places.setdefault(answer.id, where)
            if first != where:
                wrong.append(f"{where}: the id {answer.id!r} stands at {first} already")
            found.append((answer, row))
    if wrong:
        raise click.ClickException("\n".join(wrong))
    return found


def _mistakes(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        yield _mistake(detail)


def _mistake(detail: ErrorDetails) -> str:
    """`events[0].type: …`, counted from 0 as in jq and Python."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
    match detail["type"]:
        case "missing":
            return f"{place}: missing"
        case "extra_forbidden":
            return f"{place}: unknown key"
        case "string_pattern_mismatch":
            return f"{place}: not a country code such as 'FI': {detail['input']!r}"
    return f"{place}: {detail['msg'][0].lower()}{detail['msg'][1:]}, not {detail['input']!r}"
