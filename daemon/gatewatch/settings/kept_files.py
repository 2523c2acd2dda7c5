"""The files of the last configuration that was right, kept in the state directory as one file.

That is replaced as a whole: there is never half a copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatewatch.settings.words import toml_files

NAME = "last-good.json"


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


def files_of(config: Path, rules_dir: Path) -> Files:
    """As they lie on the disk now. Raises OSError and UnicodeDecodeError."""
    return Files(text_of(config), {within(path, rules_dir): text_of(path) for path in paths_of(rules_dir)})


def paths_of(rules_dir: Path) -> list[Path]:
    """The files that rules and words may stand in."""
    return [*toml_files(rules_dir), *toml_files(rules_dir / "vocabulary")]


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


def within(path: Path, directory: Path) -> str:
    """What a file is called in `directory`."""
    return path.relative_to(directory).as_posix()


def text_of(path: Path) -> str:
    """Raises OSError and UnicodeDecodeError."""
    return path.read_bytes().decode("utf-8")
