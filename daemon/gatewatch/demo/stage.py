"""The installation that a demo runs on: config.toml and rules as `gatewatch init` would make them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from gatewatch.demo.news import Outlet
from gatewatch.settings import shipped_rules

#: The file that the demo's channel appends to, beside config.toml.
TOLD = "alerts.jsonl"


def set_stage(
    directory: Path, outlets: Sequence[Outlet], url: Callable[[Outlet], str], every: timedelta
) -> Path:
    """Writes config.toml and rules/ into `directory`; gives the path of config.toml."""
    shutil.copytree(shipped_rules(), directory / "rules")
    config = directory / "config.toml"
    config.write_text("\n".join(_lines(outlets, url, every)), encoding="utf-8")
    return config


def _lines(outlets: Sequence[Outlet], url: Callable[[Outlet], str], every: timedelta) -> Iterator[str]:
    yield "# Written by `gatewatch demo`. The sources are gone: their server ended with the demo."
    yield 'timezone = "Europe/Helsinki"'
    yield f'every = "{round(every.total_seconds())}s"'
    for outlet in outlets:
        yield ""
        yield "[[source]]"
        yield f"id = {_quoted(outlet.id)}"
        yield f"name = {_quoted(outlet.name)}"
        yield f"url = {_quoted(url(outlet))}"
        yield f"country = {_quoted(outlet.country)}"
        yield f"language = {_quoted(outlet.language)}"
        yield f"official = {str(outlet.official).lower()}"
    yield f'\n[[channel]]\nname = "told"\ntype = "file"\npath = {_quoted(TOLD)}'
    yield '\n[[route]]\nto = ["told"]\n'


def _quoted(text: str) -> str:
    """A JSON string is a TOML basic string, too."""
    return json.dumps(text, ensure_ascii=False)
