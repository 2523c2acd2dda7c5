"""A broken rule file stops nobody: what was right before stands in for it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gatewatch.settings.kept_files import Files, files_of, kept, paths_of, text_of, within
from gatewatch.settings.loading import Settings, load, rules_dir_of
from gatewatch.settings.problems import InvalidSettings, Problem
from gatewatch.settings.toml_file import read_toml

#: How often files are read that somebody writes meanwhile.
ATTEMPTS = 3


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
    rules_dir = rules_dir_of(read_toml(config))
    files = None
    for _ in range(ATTEMPTS):
        before = _stamps(config, rules_dir)
        settings = load(config)
        with suppress(OSError, UnicodeDecodeError):  # gone or half written since; then it has another stamp, too
            files = files_of(config, rules_dir)
        if _stamps(config, rules_dir) == before:
            break
    return Loaded(settings, files)


def _stamps(config: Path, rules_dir: Path) -> list[tuple[Path, int, int]]:
    """Changes with every file that is written, comes or goes."""
    found = []
    for path in (config, *paths_of(rules_dir)):
        with suppress(OSError):
            stat = path.stat()
            found.append((path, stat.st_mtime_ns, stat.st_ino))
    return found


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
    broken = {within(problem.path, rules_dir) for problem in problems}
    sound = [path for path in paths_of(rules_dir) if within(path, rules_dir) not in broken]
    texts = {within(path, rules_dir): text_of(path) for path in sound}
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
