"""A config.toml with sources of a test's own, and the commands run on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gatewatch.cli import main

REST = '[[channel]]\nname = "desk"\ntype = "console"\n\n[[route]]\nto = "desk"\n'
RULE = '[[rule]]\nid = "r"\nsays = "Anything"\nseverity = "info"\nany = ["border"]\n'

#: A few words stand in for the shipped ones, which take a second to load.
WORDS = {
    "fi": "ja on ei että joka mutta kun",
    "sv": "och att det som inte en på",
    "no": "og at det som ikke en på",
    "et": "ja on ei et see kui oma",
    "de": "und der die das nicht ist ein",
    "ru": "и в не на что с по",
    "en": "the and of to in is for",
}


class Watch:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.config = path / "config.toml"
        (path / "rules").mkdir()
        (path / "rules" / "r.toml").write_text(RULE)
        (path / "rules" / "vocabulary").mkdir()
        for language, words in WORDS.items():
            written = f'language = "{language}"\nname = "{language}"\ncommon = {json.dumps(words.split(), ensure_ascii=False)}\n'
            (path / "rules" / "vocabulary" / f"{language}.toml").write_text(written, encoding="utf-8")
        countries = (f'[[country]]\ncode = "{code}"\nnames = ["{code.lower()}land"]\n' for code in ("FI", "PL", "SE"))
        (path / "rules" / "places.toml").write_text("".join(countries))
        self.polls()

    def polls(self, **urls: str) -> None:
        """Writes a config.toml with these sources, id → address, behind one that is never asked."""
        listed = {"first": "https://first.example/rss", **urls}
        blocks = [f'[[source]]\nid = "{id}"\nurl = "{url}"\n' for id, url in listed.items()]
        self.config.write_text("\n".join([*blocks, REST]), encoding="utf-8")

    def call(self, *arguments: str, exit_code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["sources", *arguments, "--config", str(self.config)], catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result

    def told(self, *arguments: str, exit_code: int = 0) -> list[dict[str, Any]]:
        """What a command prints as JSON, one value a line."""
        return [json.loads(line) for line in self.call(*arguments, "--json", exit_code=exit_code).stdout.splitlines()]

    def added(self) -> str:
        """What stands between the first source and the channels."""
        text = self.config.read_text(encoding="utf-8")
        return text[text.index("first.example/rss") :].partition("\n")[2].removesuffix(REST).strip("\n")


def rss(*titles: str, title: str = "The Feed", day: str = "") -> bytes:
    dated = f"<pubDate>{day}</pubDate>" if day else ""
    items = "".join(f"<item><title>{each}</title><guid>{each}</guid>{dated}</item>" for each in titles)
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def page(*feeds: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return f"<!doctype html><html><head><title>A page</title>{links}</head><body><p>News</p></body></html>".encode()
