"""Ids made from titles can be typed, and no two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from gatewatch.settings import values
from gatewatch.settings.source_ids import source_id

URL = "https://www.news.example.org/rss"


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Yle Uutiset | Pääuutiset", "yle-uutiset-paauutiset"),
        ("Straż Graniczna – Aktualności", "straz-graniczna-aktualnosci"),
        ("Sør-Varanger Avis", "sor-varanger-avis"),
        ("Новости Yle", "news-example-org"),
        ("", "news-example-org"),
        ("?!", "news-example-org"),
        ("A " + "very " * 20 + "long title", "a-very-very-very-very-very-very-very-ver"),
    ],
)
def test_a_title_becomes_an_id_or_its_host_does(title: str, made: str) -> None:
    assert source_id(title, URL, ()) == made


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert source_id("ERR", URL, {"err", "err-2"}) == "err-3"


@given(st.text(), st.sets(st.text(max_size=3)))
def test_whatever_the_title_the_id_is_one_that_the_settings_take(title: str, taken: set[str]) -> None:
    made = source_id(title, URL, taken)
    assert TypeAdapter(values.Id).validate_python(made) == made
    assert made not in taken
