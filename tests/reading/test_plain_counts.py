"""A plain count is one count and no event; a closed road, a queue or last year's closing is no news of a border."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from .conftest import Read

PLAIN = tomllib.loads(Path(__file__).with_name("plain_counts.toml").read_text(encoding="utf-8"))
COUNTS = [
    pytest.param(language, table["counting_home"], row["says"], row["value"], row["unit"], id=f"{language} {row['says']}")
    for language, table in PLAIN.items()
    for row in table["counts"]
]
NO_NEWS = [
    pytest.param(language, table["home"], said, id=f"{language} {said}")
    for language, table in PLAIN.items()
    for said in table["no_news"]
]
either_place = pytest.mark.parametrize("as_headline", [True, False], ids=["headline", "text"])


def _placed(said: str, as_headline: bool) -> tuple[str, str]:
    return (said, "") if as_headline else ("…", f"{said}.")


@either_place
@pytest.mark.parametrize(("language", "home", "said", "value", "unit"), COUNTS)
def test_a_plain_count_is_one_count_and_no_event(
    read: Read, as_headline: bool, language: str, home: str, said: str, value: int, unit: str
) -> None:
    reading = read(*_placed(said, as_headline), day="2023-11-15", language=language, home=home)
    assert [(count.value, str(count.unit), count.background) for count in reading.counts] == [(value, unit, False)]
    assert reading.events == ()


@either_place
@pytest.mark.parametrize(("language", "home", "said"), NO_NEWS)
def test_a_look_alike_is_no_news_of_a_border(
    read: Read, as_headline: bool, language: str, home: str, said: str
) -> None:
    reading = read(*_placed(said, as_headline), day="2023-11-15", language=language, home=home)
    assert [event for event in reading.events if not event.background] == []
