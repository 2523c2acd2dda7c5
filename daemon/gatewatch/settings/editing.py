"""Adding sources to config.toml as a careful hand would: all that stands there stays as it is, to the byte."""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gatewatch.settings.loading import load
from gatewatch.settings.positions import positions
from gatewatch.settings.problems import InvalidSettings

BY_HAND = "Nothing was changed: add the sources by hand"


class CannotEdit(Exception):
    """The file can not be changed safely, or not written; it is as it was. Says why and what to do."""


def add_sources(config: Path, tables: Sequence[Mapping[str, Any]]) -> None:
    """Puts `tables` behind the last [[source]] of the file `config`.

    The new file takes the place of the old one only when it loads. Raises InvalidSettings, with the lines of the file
    as it would have become, or CannotEdit; the old file is untouched then.
    """
    try:
        before = config.read_bytes()
        text = before.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotEdit(f"{config}: can not be read: {error}. {BY_HAND}") from None
    after = with_sources(text, tables)
    if after is None:
        raise CannotEdit(f"{config}: its sources are written in a way that can not be added to. {BY_HAND}")
    try:
        _replace(config, before, after.encode())
    except OSError as error:
        raise CannotEdit(f"{config}: can not be written: {error.strerror or error}. {BY_HAND}") from None


def with_sources(text: str, tables: Sequence[Mapping[str, Any]]) -> str | None:
    """The text of a config.toml with further sources, or None where no place for them is safe.

    Safe is what reads as before plus the new tables: a [source.list] that stands far below its [[source]] would
    else come to belong to a new one.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join("\n".join(source_block(table) for table in tables).split("\n"))
    old = _read(text)
    if old is None or not isinstance(old.get("source", []), list):
        return None
    expected = old | {"source": [*old.get("source", ()), *tables]}
    for place in (_behind_the_last_source(text), len(text)):
        head, tail = text[:place], text[place:]
        gap = "" if not head else newline if head.endswith("\n") else newline * 2
        new = head + gap + block + (newline if tail.strip() and not tail.startswith(("\n", "\r\n")) else "") + tail
        if _read(new) == expected:
            return new
    return None


def source_block(table: Mapping[str, Any]) -> str:
    """A [[source]] as it is written down; tables inside it (`list`, `json`, `table`) come last."""
    lines = ["[[source]]", *_entries(table)]
    for name, inner in table.items():
        if isinstance(inner, Mapping):
            lines += [f"[source.{name}]", *_entries(inner)]
    return "\n".join(lines) + "\n"


def _entries(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)]


def _value(value: str | bool | int) -> str:
    # What JSON writes are TOML strings, booleans and whole numbers as well, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _behind_the_last_source(text: str) -> int:
    """The offset behind the last source and what is said of it. Comments above the next header belong to that."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values = positions(plain).values
    starts = [place.line for loc, place in values.items() if loc[0] == "source" and len(loc) == 2]
    if not starts:
        return len(text)
    last = max(starts)
    later = [place.line for loc, place in values.items() if loc[0] != "source" and place.line > last]
    lines = text.split("\n")
    end = min(later) - 1 if later else len(lines)
    while end > last and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    described = end
    while described < len(lines) and lines[described].lstrip().startswith("#"):
        described += 1
    if described == len(lines) or not lines[described].strip():
        end = described  # a comment that follows at once, and then a gap: it still speaks of this source
    return min(len("\n".join(lines[:end])) + 1, len(text))


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return None


def _replace(config: Path, before: bytes, after: bytes) -> None:
    """Writes beside the file, looks whether it loads from there (paths in it count from there), and renames."""
    target = config.resolve()  # a link stays a link
    handle, name = tempfile.mkstemp(dir=config.absolute().parent, prefix=f".{config.name}.", suffix=".new")
    candidate = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        owned = target.stat()
        candidate.chmod(owned.st_mode & 0o7777)
        if (owned.st_uid, owned.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(candidate, owned.st_uid, owned.st_gid)
        _load_as(candidate, config)
        if config.read_bytes() != before:
            raise CannotEdit(f"{config}: was changed by somebody else in between. {BY_HAND}, or try again")
        candidate.replace(target)
    finally:
        candidate.unlink(missing_ok=True)


def _load_as(candidate: Path, config: Path) -> None:
    """Loads the candidate; its problems are told as those of `config`."""
    try:
        load(candidate)
    except InvalidSettings as error:
        own = candidate.absolute()
        raise InvalidSettings(
            replace(problem, path=config) if problem.path.absolute() == own else problem
            for problem in error.problems
        ) from None
