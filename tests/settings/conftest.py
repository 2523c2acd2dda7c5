"""A configuration that is right, for tests to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.settings import InvalidSettings, load

CONFIG = """\
[[source]]
id = "raja-fi"
url = "https://example.org/raja.rss"

[[channel]]
name = "console"
type = "console"

[[route]]
to = "console"
"""

RULE = """\
[[rule]]
id = "border"
says = "Anything about the border"
severity = "info"
any = "border"
"""


class Place:
    """A directory with a config.toml and rules/ that are right until a test writes over them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.config = path / "config.toml"
        self.rules = path / "rules"
        self.write("config.toml", CONFIG)
        self.write("rules/border.toml", RULE)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def problems(self) -> list[str]:
        """What `load` complains of, with paths from here."""
        try:
            load(self.config)
        except InvalidSettings as error:
            return [str(problem).replace(f"{self.path}/", "") for problem in error.problems]
        return []


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
