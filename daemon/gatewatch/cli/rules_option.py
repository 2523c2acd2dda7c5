"""`--rules`: commands that need rules and words, but no sources and channels."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gatewatch.cli.settings_option import tell_and_exit
from gatewatch.model import Retention, Rule
from gatewatch.reading import Reader
from gatewatch.settings import InvalidSettings, Settings, learned, load_rules, load_words, shipped_rules


def reader_or_exit(rules: Path | None, *, second_look: bool = True) -> Reader:
    """A reader with the words of a folder of rules (default: the shipped one); exit 78 where they are wrong."""
    try:
        return Reader(*load_words(rules or shipped_rules()), learned() if second_look else b"")
    except InvalidSettings as error:
        tell_and_exit(error)


def rules_or_exit(rules: Path | None) -> tuple[Rule, ...]:
    """The rules of a folder (default: the shipped ones); exit 78 where they are wrong."""
    try:
        return load_rules(rules or shipped_rules())
    except InvalidSettings as error:
        tell_and_exit(error)


def rules_alone(rules: Path | None) -> Settings:
    """Settings that hold rules and words, and neither sources nor channels: for replays."""
    folder = rules or shipped_rules()
    try:
        vocabularies, gazetteer = load_words(folder)
        found = load_rules(folder)
    except InvalidSettings as error:
        tell_and_exit(error)
    return Settings(
        config=folder,
        state_dir=folder,
        rules_dir=folder,
        timezone="UTC",
        language="en",
        contact=None,
        user_agent=None,
        every=timedelta(minutes=10),
        operator=(),
        retention=Retention(),
        sources=(),
        channels=(),
        routes=(),
        quiet=(),
        rules=found,
        vocabularies=vocabularies,
        gazetteer=gazetteer,
    )
