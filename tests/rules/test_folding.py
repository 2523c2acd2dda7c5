"""Words are equal however they are accented, cased or broken."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.rules.folding import WORD, fold

words = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Järvi", "jarvi"),
        ("JÄRVI", "jarvi"),
        ("Åland", "aland"),
        ("Tromsø", "tromso"),
        ("Włodawa", "wlodawa"),
        ("Straße", "strasse"),
        ("Подъём", "подъем"),
        ("Брусничный", "брусничныи"),
        ("raja\u00adasema", "rajaasema"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_invisible_characters_do_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(words)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(words)
def test_composed_and_decomposed_text_fold_alike(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


def test_a_decomposed_word_stays_one_word() -> None:
    assert WORD.findall(unicodedata.normalize("NFD", "Läänemaa, Võru")) == [
        unicodedata.normalize("NFD", "Läänemaa"),
        unicodedata.normalize("NFD", "Võru"),
    ]


def test_hyphens_dashes_and_underscores_part_words() -> None:
    assert WORD.findall("Raja-Jooseppi Шумилкино–Лухамаа _Storskog_ EU:n") == [
        "Raja", "Jooseppi", "Шумилкино", "Лухамаа", "Storskog", "EU", "n",
    ]  # fmt: skip
