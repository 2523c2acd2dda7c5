"""The words of all languages and the places, from a user's rules/ with the shipped ones filling in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gatewatch.model import Gazetteer, Vocabulary
from gatewatch.settings.known import Known
from gatewatch.settings.names import names_in, repeated
from gatewatch.settings.problems import InvalidSettings, Problem
from gatewatch.settings.shipped import shipped_rules
from gatewatch.settings.toml_file import TomlFile, read_toml
from gatewatch.settings.word_files import PlacesFile, VocabularyFile, gazetteer_in, misnamed, unheard, vocabulary_in
from gatewatch.settings.wording import validate

Words = tuple[tuple[Vocabulary, ...], Gazetteer]

UNIQUE = (("country", "code"), ("crossing", "name"), ("group", "name"))
"""The tables of places.toml, each with the key that no two of them may share."""


def load_words(rules_dir: Path) -> Words:
    """The vocabularies, by language, and the gazetteer. Raises InvalidSettings with every problem.

    A file in `rules_dir` replaces the shipped one of the same name as a whole: rules/vocabulary/fi.toml is
    then all the Finnish there is, and rules/places.toml all the places. What isn't there is the shipped one,
    so that a rules/ with rules alone is complete.
    """
    reading = read_words(rules_dir)
    if reading.problems:
        raise InvalidSettings(sorted(reading.problems))
    return reading.words


@dataclass(frozen=True, slots=True)
class WordReading:
    """What could be read, what is wrong, and the names of places that rules and sources may use."""

    words: Words
    problems: tuple[Problem, ...]
    known: Known


class Version(NamedTuple):
    """A file as it lies on the disk now; equal for as long as nobody writes to it."""

    path: Path
    changed: int = 0
    size: int = 0
    inode: int = 0


def read_words(rules_dir: Path) -> WordReading:
    """The words that hold for `rules_dir`. Half a second of work, so it is done again only after a file has changed."""
    places = _own_or_shipped(rules_dir, "places.toml")
    return _read(_version(places), tuple(map(_version, vocabulary_files(rules_dir))))


def _version(path: Path) -> Version:
    try:
        found = path.stat()
    except OSError:
        return Version(path)
    return Version(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=2)
def _read(places_file: Version, vocabulary_files: tuple[Version, ...]) -> WordReading:
    gazetteer, known, problems = _gazetteer(places_file.path)
    vocabularies = []
    for version in vocabulary_files:
        vocabulary, wrong = _vocabulary(version.path, known)
        problems += wrong
        vocabularies += [vocabulary] if vocabulary else []
    return WordReading((tuple(vocabularies), gazetteer), tuple(problems), known)


def vocabulary_files(rules_dir: Path) -> list[Path]:
    """One file a language, in the order of their names."""
    files = {path.name: path for path in toml_files(shipped_rules() / "vocabulary")}
    files |= {path.name: path for path in toml_files(rules_dir / "vocabulary")}
    return [files[name] for name in sorted(files)]


def toml_files(directory: Path) -> list[Path]:
    """By name; without the hidden ones that editors leave while they write."""
    return sorted(path for path in directory.glob("*.toml") if not path.name.startswith("."))


def _own_or_shipped(rules_dir: Path, name: str) -> Path:
    own = rules_dir / name
    return own if own.exists() else shipped_rules() / name


def _vocabulary(path: Path, known: Known) -> tuple[Vocabulary | None, list[Problem]]:
    """What a file says. Its tables, ten times its size, are gone before the next file is read."""
    file = read_toml(path)
    if file.broken:
        return None, [file.broken]
    written, findings = validate(VocabularyFile, file, known)
    problems = [file.problem(finding) for finding in (*findings, *misnamed(file), *unheard(file))]
    return (vocabulary_in(written) if written else None), problems


def _gazetteer(path: Path) -> tuple[Gazetteer, Known, list[Problem]]:
    file = read_toml(path)
    known = _known_places(file)
    if file.broken:
        return Gazetteer(), known, [file.broken]
    written, findings = validate(PlacesFile, file, known)
    problems = [file.problem(finding) for finding in findings]
    problems += [problem for table, key in UNIQUE for problem in repeated([file], table, key)]
    return (gazetteer_in(written) if written else Gazetteer()), known, problems


def _known_places(file: TomlFile) -> Known:
    if file.broken:
        return Known()
    names = {name.casefold(): code for code, called in _called(file) for name in called}
    return Known(
        countries=names_in(file, "country", "code"),
        country_names=names,
        crossings=names_in(file, "crossing", "name"),
    )


def _called(file: TomlFile) -> Iterator[tuple[str, Iterable[str]]]:
    """What countries are called, so that `country = "Finland"` can be told that it means FI."""
    for _, table in file.tables("country"):
        code, names = table.get("code"), table.get("names")
        if isinstance(code, str) and isinstance(names, list):
            yield (
                code,
                (form.rstrip("*") for name in names if isinstance(name, str) for form in name.split("|")),
            )
