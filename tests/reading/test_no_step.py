"""What was known before, is only proposed, is no state's or at no border is not told as a step taken, in every language."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gatewatch.model import EventType

from .conftest import Read

TAKEN = (
    EventType.CLOSURE_ANNOUNCED,
    EventType.CLOSURE_EXTENDED,
    EventType.REOPENING_ANNOUNCED,
    EventType.RESTRICTION_ANNOUNCED,
)
TEXTS = tomllib.loads(Path(__file__).with_name("no_step.toml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(language, table["home"], headline, text, id=f"{language} {kind}: {headline}")
    for language, table in TEXTS.items()
    for kind, told in table.items()
    if kind != "home"
    for headline, text in told
]


@pytest.mark.parametrize(("language", "home", "headline", "text"), ROWS)
def test_no_step_is_told_as_taken(read: Read, language: str, home: str, headline: str, text: str) -> None:
    reading = read(headline, text, day="2023-11-15", language=language, home=home)
    assert [str(event.type) for event in reading.events if event.type in TAKEN and not event.background] == []
