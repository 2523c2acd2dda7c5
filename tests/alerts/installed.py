"""A config.toml with a state directory, and the commands run on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gatewatch.cli import main
from gatewatch.store import database_path

CONFIG = """
timezone = "Europe/Helsinki"

[[source]]
id = "raja-fi"
url = "https://raja.example/rss"
country = "FI"

[[source]]
id = "yle"
url = "https://yle.example/rss"

[[channel]]
name = "desk"
type = "console"

[[route]]
to = ["desk"]
"""

RULE = """
[[rule]]
id = "storskog"
says = "Anything that names Storskog"
severity = "info"
any = ["Storskog"]
"""


class Installed:
    def __init__(self, path: Path) -> None:
        self.config = path / "config.toml"
        self.config.write_text(CONFIG, encoding="utf-8")
        (path / "rules").mkdir()
        (path / "rules" / "storskog.toml").write_text(RULE, encoding="utf-8")
        self.database = database_path(path / "state")

    def call(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--config", str(self.config)], catch_exceptions=False)

    def told(self, *arguments: str) -> Any:
        """What a command prints as JSON, one value a line."""
        return [json.loads(line) for line in self.call(*arguments, "--json").stdout.splitlines()]
