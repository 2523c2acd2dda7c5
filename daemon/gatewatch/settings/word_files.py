"""rules/vocabulary/<language>.toml and rules/places.toml: the words that the reading goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictInt

from gatewatch.model import CONCEPTS, Concept, Country, Crossing, Gazetteer, Group, Vocabulary
from gatewatch.settings import values
from gatewatch.settings.known import shown, suggestion
from gatewatch.settings.toml_file import Finding, TomlFile

GAP = "..."
NumberWord = tuple[int, int | None, bool]
_LARGEST = 1_000_000_000


def _number_word(value: object) -> NumberWord:
    """2, { from = 20, to = 90 } or { about = 200 } as (value, value_max, approximate)."""
    match value:
        case bool():
            pass
        case int() if 0 <= value <= _LARGEST:
            return (value, None, False)
        case {"from": int(low), "to": int(high), **others} if not others:
            if not 0 <= low <= high <= _LARGEST:
                raise values.wrong(f"has to go from the lower to the higher, not from `{low}` to `{high}`")
            return (low, high, True)
        case {"about": int(middle), **others} if not others and 0 <= middle <= _LARGEST:
            return (middle, None, True)
    raise values.wrong(f"has to be 2, {{ from = 20, to = 90 }} or {{ about = 200 }}, not {shown(value)}")


def _term(text: str) -> str:
    parts = text.split()
    if parts and GAP in (parts[0], parts[-1]):
        raise values.wrong(f"begins or ends with a gap: {shown(text)}", "A gap stands between two words")
    if any(part != GAP and not any(map(str.isalnum, part)) and "*" not in part for part in parts):
        raise values.wrong(f"has a part without letters: {shown(text)}", "Punctuation is no part of a word")
    if any(part.strip("*") == "" for part in parts):
        raise values.wrong(f"has a `*` that stands alone: {shown(text)}", "A * is a part of a word")
    return text


Term = Annotated[values.Line, AfterValidator(_term)]
Terms = tuple[Term, ...]
Plain = tuple[values.Line, ...]


class ConceptTable(values.Table):
    terms: Terms
    unless: Terms = ()


class VocabularyFile(values.Table):
    language: values.Language
    name: values.Line
    abbreviations: Plain = ()
    common: Plain = ()
    words: dict[Annotated[str, values.Identifier], ConceptTable] = Field(default_factory=dict)
    numbers: dict[values.Line, Annotated[NumberWord, BeforeValidator(_number_word)]] = Field(
        default_factory=dict
    )
    multipliers: dict[values.Line, Annotated[StrictInt, Field(ge=2, le=_LARGEST)]] = Field(
        default_factory=dict
    )
    months: dict[values.Line, Annotated[StrictInt, Field(ge=1, le=12)]] = Field(default_factory=dict)
    weekdays: dict[values.Line, Annotated[StrictInt, Field(ge=1, le=7)]] = Field(default_factory=dict)


class CountryTable(values.Table):
    code: values.Code
    names: Terms
    adjectives: Terms = ()
    authorities: Terms = ()
    land_neighbours: tuple[values.Code, ...] = ()
    towards: dict[values.Code, Terms] = Field(default_factory=dict)
    closed: dict[values.Code, values.Day] = Field(default_factory=dict)


class CrossingTable(values.Table):
    name: values.Line
    country: values.Country
    neighbour: values.Country
    terms: Terms
    only: StrictBool = False


class GroupTable(values.Table):
    name: values.Line
    members: tuple[values.Country, ...]
    terms: Terms


class PlacesFile(values.Table):
    country: tuple[CountryTable, ...] = ()
    crossing: tuple[CrossingTable, ...] = ()
    group: tuple[GroupTable, ...] = ()


def vocabulary_in(written: VocabularyFile) -> Vocabulary:
    concepts = {name: Concept(name, table.terms, table.unless) for name, table in written.words.items()}
    plain = written.model_dump(exclude={"words", "name"})
    return Vocabulary(concepts=concepts, **plain)


def gazetteer_in(written: PlacesFile) -> Gazetteer:
    countries = tuple(Country(**table.model_dump()) for table in written.country)
    crossings = tuple(Crossing(**table.model_dump()) for table in written.crossing)
    return Gazetteer(countries, crossings, tuple(Group(**table.model_dump()) for table in written.group))


def unheard(file: TomlFile) -> Iterator[Finding]:
    """Concepts that the reading doesn't know: their words would do nothing."""
    words = file.data.get("words")
    for name in words if isinstance(words, dict) else ():
        if name not in CONCEPTS and name.isidentifier() and name.islower():  # else it is told to be no name at all
            yield Finding(("words", name), f"no concept is called `{name}`", suggestion(name, CONCEPTS), on_key=True)


def misnamed(file: TomlFile) -> Iterator[Finding]:
    """A vocabulary whose file has another language's name would stand in for the wrong shipped one."""
    language = file.data.get("language")
    if isinstance(language, str) and language != file.path.stem:
        yield Finding(("language",), f"`language` is `{language}` in a file for `{file.path.stem}`")
