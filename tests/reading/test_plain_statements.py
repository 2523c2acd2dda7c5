"""What is said in so many words is understood in every language, in a headline as in a text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from .conftest import Read

HERE = Path(__file__).parent


def rows(name: str) -> list[ParameterSet]:
    return [
        pytest.param(language, table["home"], kind, said, id=f"{language} {said}")
        for language, table in tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()
        for kind, sentences in table.items()
        if kind != "home"
        for said in sentences
    ]


@pytest.mark.parametrize("as_headline", [True, False], ids=["headline", "text"])
@pytest.mark.parametrize(("language", "home", "kind", "said"), rows("plain_statements.toml"))
def test_a_plain_statement_is_one_event(
    read: Read, as_headline: bool, language: str, home: str, kind: str, said: str
) -> None:
    headline, text = (said, "") if as_headline else ("…", f"{said}.")
    reading = read(headline, text, day="2023-11-15", language=language, home=home)
    assert [str(event.type) for event in reading.events if not event.background] == [kind]


@pytest.mark.parametrize(("language", "home", "kind", "said"), rows("plain_headlines.toml"))
def test_a_plain_headline_is_one_event(read: Read, language: str, home: str, kind: str, said: str) -> None:
    reading = read(said, "", day="2023-11-15", language=language, home=home)
    assert [str(event.type) for event in reading.events if not event.background] == [kind]
