"""The last configuration that was right, as it was written, so that a broken rule file stops nobody.

Kept in the state directory as one file, which is replaced as a whole: there is never half a copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gatewatch.settings.loading import Settings, load, rules_dir_of
from gatewatch.settings.problems import InvalidSettings, Problem
from gatewatch.settings.toml_file import read_toml
from gatewatch.settings.words import toml_files

NAME = "last-good.json"

#: How often files are read that somebody writes meanwhile.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True, init=False)
class Files:
    """The text of config.toml, and those of rules/ by their path in it.

    Each lies packed: a service holds them as long as they are in force, and all words of all languages are 3 MB.
    """

    fingerprint: str
    """Eight digits that tell two configurations apart."""
    _config: bytes
    _rules: Mapping[str, bytes]

    def __init__(self, config: str, rules: Mapping[str, str]) -> None:
        told = hashlib.sha256(json.dumps(config).encode())
        packed = {}
        for name, text in sorted(rules.items()):
            told.update(json.dumps([name, text]).encode())
            packed[name] = _packed(text)
        object.__setattr__(self, "fingerprint", told.hexdigest()[:8])
        object.__setattr__(self, "_config", _packed(config))
        object.__setattr__(self, "_rules", packed)

    @property
    def config(self) -> str:
        return _unpacked(self._config)

    @property
    def rules(self) -> dict[str, str]:
        return {name: _unpacked(text) for name, text in self._rules.items()}

    def written(self) -> Iterator[bytes]:
        """As they are kept, one file after the other, up to the moment at which they were."""
        yield f'{{"config": {json.dumps(self.config, ensure_ascii=False)}, "rules": {{'.encode()
        for number, (name, text) in enumerate(self._rules.items()):
            comma = ", " if number else ""
            yield f"{comma}{json.dumps(name)}: {json.dumps(_unpacked(text), ensure_ascii=False)}".encode()
        yield b"}"


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def _unpacked(text: bytes) -> str:
    return zlib.decompress(text).decode()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was right at a moment, and may be run again."""

    files: Files
    at: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and the files that they were read from (None: nobody asks).

    `problems` are those of files whose last good copies, kept `at`, stand in for them.
    """

    settings: Settings
    files: Files | None = None
    problems: tuple[Problem, ...] = ()
    at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        return self.files.fingerprint if self.files else ""


def load_files(config: Path) -> Loaded:
    """The settings with the text of their files, of one and the same moment. Raises InvalidSettings.

    Somebody may save a file in between; then it is read again.
    """
    for _ in range(ATTEMPTS):
        before = _files_now(config)
        settings = load(config)
        if _files_now(config) == before:
            break
    return Loaded(settings, before)


def _files_now(config: Path) -> Files | None:
    try:
        return files_of(config, rules_dir_of(read_toml(config)))
    except (OSError, UnicodeDecodeError):
        return None  # `load` finds words for it


def files_of(config: Path, rules_dir: Path) -> Files:
    """As they lie on the disk now. Raises OSError and UnicodeDecodeError."""
    paths = [*toml_files(rules_dir), *toml_files(rules_dir / "vocabulary")]
    return Files(_text(config), {_within(path, rules_dir): _text(path) for path in paths})


def keep(files: Files, state_dir: Path, now: datetime) -> None:
    """Keeps `files` as the last good ones; writes nothing where they are kept already. Raises OSError."""
    target = state_dir / NAME
    if _is_kept(files, target):
        return
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as file:
        file.writelines(files.written())
        file.write(f', "at": "{now.isoformat()}"}}'.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)


def _is_kept(files: Files, target: Path) -> bool:
    try:
        with target.open("rb") as file:
            return all(file.read(len(part)) == part for part in files.written())
    except OSError:
        return False


def kept(state_dir: Path) -> Kept | None:
    """What `keep` has kept; None where there is nothing, or nothing that can be read."""
    try:
        content = json.loads((state_dir / NAME).read_text(encoding="utf-8"))
        rules = {str(path): str(text) for path, text in content["rules"].items()}
        return Kept(Files(str(content["config"]), rules), datetime.fromisoformat(content["at"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def load_or_last_good(config: Path) -> Loaded:
    """What a service starts with. Where rule files are broken, their last good copies stand in.

    First the broken files alone; where that does not fit together, the whole of rules/. A file that is broken
    and was never good is left out. Raises InvalidSettings where config.toml is broken, or nothing was kept.
    """
    try:
        return load_files(config)
    except InvalidSettings as error:
        problems = error.problems
    file = read_toml(config)
    rules_dir = rules_dir_of(file)
    state = file.data.get("state")
    known = kept(config.parent / state) if isinstance(state, str) else None
    if known is None or not all(_is_in(problem.path, rules_dir) for problem in problems):
        raise InvalidSettings(problems)
    for rules in (_mended(rules_dir, known.files, problems), known.files.rules):
        settings = _loaded(config, rules_dir, rules)
        if settings is not None:
            return Loaded(settings, Files(file.text, rules), problems, known.at)
    raise InvalidSettings(problems)


def load_kept(config: Path, state_dir: Path) -> Settings | None:
    """The last good settings as a whole, also where config.toml itself is broken. Paths are meant from `config`.

    None where nothing was kept or it is good no longer.
    """
    known = kept(state_dir)
    if known is None:
        return None
    return _in_a_copy(known.files.rules, lambda rules: _or_none(config, rules, known.files.config))


def _or_none(config: Path, rules_dir: Path, text: str | None = None) -> Settings | None:
    try:
        return load(config, rules_dir=rules_dir, text=text)
    except InvalidSettings:
        return None


def _mended(rules_dir: Path, good: Files, problems: Iterable[Problem]) -> dict[str, str]:
    """The files as they are, but for the broken ones."""
    broken = {_within(problem.path, rules_dir) for problem in problems}
    paths = [*toml_files(rules_dir), *toml_files(rules_dir / "vocabulary")]
    sound = [path for path in paths if _within(path, rules_dir) not in broken]
    texts = {_within(path, rules_dir): _text(path) for path in sound}
    return {**{name: text for name, text in good.rules.items() if name in broken}, **texts}


def _loaded(config: Path, rules_dir: Path, files: Mapping[str, str]) -> Settings | None:
    settings = _in_a_copy(files, lambda copy: _renamed(_or_none(config, copy), copy, rules_dir))
    return None if settings is None else replace(settings, rules_dir=rules_dir.absolute())


def _renamed(settings: Settings | None, copy: Path, rules_dir: Path) -> Settings | None:
    """Rules say where they stand: as the user knows it."""
    if settings is None:
        return None
    rules = tuple(
        replace(rule, path=str(rules_dir / Path(rule.path).relative_to(copy))) for rule in settings.rules
    )
    return replace(settings, rules=rules)


def _in_a_copy(files: Mapping[str, str], work: Callable[[Path], Settings | None]) -> Settings | None:
    with tempfile.TemporaryDirectory(prefix="gatewatch-rules-") as directory:
        for name, text in files.items():
            path = Path(directory) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return work(Path(directory))


def _is_in(path: Path, directory: Path) -> bool:
    return path == directory or directory in path.parents


def _within(path: Path, directory: Path) -> str:
    return path.relative_to(directory).as_posix()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
