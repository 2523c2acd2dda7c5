"""Whatever TOML a document shows is what Gatewatch takes."""

import shutil
import tomllib
from pathlib import Path

import pytest

from docs.documents import Block, blocks
from gatewatch.cli.floors import floors_or_exit
from gatewatch.settings import load, load_rules, load_words, shipped_rules

SOURCE = '[[source]]\nid = "a-source"\nurl = "https://feed.example/rss"\n'
CHANNEL = '[[channel]]\nname = "a-channel"\ntype = "console"\n'
EVERYTHING = '[[route]]\nto = "{}"\n'

#: The tables by which one knows a file of words.
WORDS = {"words", "numbers", "multipliers", "months", "weekdays"}

#: The tables by which one knows a file of floors.
FIGURES = {"events", "closure_announced", "counts", "lang"}


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_a_toml_block_is_valid_where_it_belongs(block: Block, tmp_path: Path) -> None:
    keys = tomllib.loads(block.text).keys()
    assert keys, "an empty block shows nothing"
    if "rule" in keys:
        (tmp_path / "shown.toml").write_text(block.text, encoding="utf-8")
        assert load_rules(tmp_path)
    elif keys & WORDS:
        named = "" if "language" in keys else 'language = "xx"\nname = "A language"\n'
        (tmp_path / "vocabulary").mkdir()
        (tmp_path / "vocabulary" / "xx.toml").write_text(named + block.text, encoding="utf-8")
        assert load_words(tmp_path)
    elif keys & FIGURES:
        (tmp_path / "floors.toml").write_text(block.text, encoding="utf-8")
        assert floors_or_exit(tmp_path / "floors.toml")
    elif keys & {"country", "crossing"}:
        known = "" if "country" in keys else '[[country]]\ncode = "FI"\nnames = ["finland"]\n'
        known += "" if "country" in keys else '[[country]]\ncode = "RU"\nnames = ["russia"]\n'
        (tmp_path / "places.toml").write_text(known + block.text, encoding="utf-8")
        assert load_words(tmp_path)
    else:
        shutil.copytree(shipped_rules(), tmp_path / "rules")
        (tmp_path / "config.toml").write_text(completed(block.text), encoding="utf-8")
        assert load(tmp_path / "config.toml").sources


def completed(fragment: str) -> str:
    """A part of config.toml with what a whole one needs beside it."""
    shown = tomllib.loads(fragment)
    parts = [fragment]
    if "source" not in shown:
        parts.append(SOURCE)
    if "channel" not in shown:
        parts.append(CHANNEL)
    if "route" not in shown:
        channel = shown.get("channel", [{"name": "a-channel"}])[0]["name"]
        parts.append(EVERYTHING.format(channel))
    return "\n".join(parts)
