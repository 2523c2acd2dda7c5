"""Terms: endings, compounds, phrases, gaps, alternatives, and the look-alikes that `unless` keeps out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.model import Concept
from gatewatch.reading.folding import fold, normalise, tokens
from gatewatch.reading.lexicon import Lexicon


def _found(text: str, *terms: str, unless: tuple[str, ...] = ()) -> list[str]:
    row = tokens(fold(normalise(text)))
    hits = Lexicon({"c": Concept("c", terms, unless)}).find(row)
    return [text[row[hit.first].start : row[hit.last].end] for hit in hits]


def test_a_star_is_any_ending_and_a_plain_word_is_only_itself() -> None:
    assert _found("Raja ja rajan asema", "raja*") == ["Raja", "rajan"]
    assert _found("Raja ja rajan asema", "raja") == ["Raja"]


def test_a_star_in_front_finds_the_end_of_a_compound() -> None:
    assert _found("itäraja, ikäraja", "*raja", unless=("ikäraja*",)) == ["itäraja"]


def test_a_hyphen_and_a_space_are_the_same_in_a_phrase() -> None:
    assert _found("Raja-Joosepin asema", "raja joosep*") == ["Raja-Joosepin"]


def test_a_gap_takes_up_to_four_words() -> None:
    assert _found("macht seine Übergänge dicht", "macht ... dicht") == ["macht seine Übergänge dicht"]
    assert _found("macht a b c d e dicht", "macht ... dicht") == []


def test_alternatives_stand_for_one_word() -> None:
    assert _found("will not close, won't close", "not|won't close") == ["not close", "won't close"]


def test_a_gap_is_as_long_as_the_rest_of_the_term_needs() -> None:
    assert _found("lets no car let in", "lets ... let in") == ["lets no car let in"]
    assert _found("not let or allow in", "not ... let|allow in") == ["not let or allow in"]


def test_a_choice_may_be_of_two_words_with_a_hyphen() -> None:
    assert _found("no one may, nobody may", "no-one|nobody may") == ["no one may", "nobody may"]


def test_a_term_of_many_choices_is_kept_as_its_places_and_not_as_all_its_rows() -> None:
    choice = "|".join(one + other for one in "abcdefghijklmno" for other in "abcdefghijklmno")
    row = tokens("ab ba cd oo ka")
    assert len(Lexicon({"c": Concept("c", (f"{choice} {choice} {choice} {choice} {choice}",))}).find(row)) == 1


def test_a_longer_veto_keeps_a_word_out() -> None:
    assert _found("ei sulje pois sulkemista", "sulje", "sulkemista", unless=("sulje pois",)) == ["sulkemista"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_tokens_point_into_the_normalised_text(text: str) -> None:
    plain = normalise(text)
    folded = fold(plain)
    for token in tokens(folded):
        assert folded[token.start : token.end] == token.form
