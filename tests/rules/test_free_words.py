"""Free words: whole words, folded, with `*` for any ending, phrases in order, and `re:` as the way out."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gatewatch.model import Item, Match, Refusal, Span
from gatewatch.rules import RuleSet, judge

from .rule_texts import NOTHING, SOURCE, item, rule

letters = st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)
words = st.text(letters, min_size=1, max_size=10)
gaps = st.sampled_from([" ", ", ", " – ", ". ", "\n", "\u00a0", " «", "-"])


def says(term: str, title: str = "", text: str = "") -> str | None:
    """The wording that `term` finds, or None."""
    said = judge(rule(any=(term,)), item(title, text), SOURCE, NOTHING)
    if isinstance(said, Refusal):
        return None
    (span,) = said[0].evidence
    return (title if span.field == "title" else text)[span.start : span.end]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Jarvi", "Järvi jäätyi", "Järvi"),
        ("järvi", "JARVI", "JARVI"),
        ("Storskog", "At Storskog, Norway", "Storskog"),
        ("Storskog", "Storskogs grense", None),
        ("Storskog*", "Storskogs grense", "Storskogs"),
        ("Стурскуг*", "на КПП «Стурскуге»", "Стурскуге"),
        ("Boris*gleb*", "Borisoglebsk is open", "Borisoglebsk"),
        ("Boris*gleb*", "Boris Gleb", None),
        ("Boris*gleb", "Borisoglebsk is open", None),
        ("*raja*", "koko itärajalla", "itärajalla"),
        ("eastern border", "the Eastern Border's fate", "Eastern Border"),
        ("eastern border", "the border in eastern Finland", None),
        ("eastern border", "the eastern land border", None),
        ("eastern * border", "the eastern land border", "eastern land border"),
        ("Raja-Jooseppi", "Raja-Joosepissa", None),
        ("Raja-Joose*", "Raja-Joosepissa", "Raja-Joosepissa"),
        ("Raja Jooseppi", "auki on Raja–Jooseppi.", "Raja–Jooseppi"),
        ("raja", "itäraja", None),
        ("EU:n", "EU:n ulkoraja", "EU:n"),
        ("rajaasema", "raja\u00adasema", "raja\u00adasema"),
        (r"re:\bE\d{2}\b", "the e18 motorway", "e18"),
        (r"re: itära\w+", "Itärajan sulku", "Itärajan"),
        ("re:itara", "Itärajan sulku", None),
        ("re:x*", "no such letter", None),
        ("!!!", "Closed!!!", None),
    ],
)
def test_a_term_finds(term: str, text: str, found: str | None) -> None:
    assert says(term, text=text) == found


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    assert says("eastern border", "Finland's eastern", "border closes") is None


def test_the_title_is_searched_before_the_text() -> None:
    said = judge(rule(any=("closed",)), item("It is closed", "Closed since noon"), SOURCE, NOTHING)
    assert isinstance(said, tuple)
    assert said[0].evidence == (Span("title", 6, 12),)


def test_the_full_article_is_searched_instead_of_the_summary() -> None:
    full = Item(id="i", source="yle", title="", summary="short", body="The long article names Vartius")
    said = judge(rule(any=("vartius",)), full, SOURCE, NOTHING)
    assert isinstance(said, tuple)
    assert said[0].evidence == (Span("text", 23, 30),)


def test_any_wants_one_term_and_names_those_it_found() -> None:
    said = judge(rule(any=("Narva", "Luhamaa", "Koidula")), item("Koidula and Narva"), SOURCE, NOTHING)
    assert isinstance(said, tuple)
    assert said[0].words == ("Narva", "Koidula")
    assert len(said[0].evidence) == 2


def test_all_wants_every_term() -> None:
    both = rule(all=("Narva", "bicycle*"))
    assert isinstance(judge(both, item("Narva bans bicycles"), SOURCE, NOTHING), tuple)
    assert judge(both, item("Narva bans lorries"), SOURCE, NOTHING) == Refusal(
        "r", "all", "all: the item does not say 'bicycle*'"
    )


def test_none_says_no_to_one_term() -> None:
    asked = rule(any=("Narva",), none=("JK Narva", "football*"))
    said = judge(asked, item("Narva wins at football"), SOURCE, NOTHING)
    assert said == Refusal("r", "none", "none: the title says 'football*'")


def test_any_is_asked_before_all_and_all_before_none() -> None:
    strict = rule(any=("a",), all=("b",), none=("c",))
    clauses = [
        said.clause
        for title in ("c", "a c", "a b c")
        if isinstance(said := judge(strict, item(title), SOURCE, NOTHING), Refusal)
    ]
    assert clauses == ["any", "all", "none"]


def _bare(word: str) -> str:
    """As rules compare words: case, accents and the dot on the i don't count, so the run may stand earlier too."""
    plain = unicodedata.normalize("NFKD", word.casefold()).replace("ı", "i")
    return "".join(c for c in plain if not unicodedata.combining(c))


@given(st.lists(st.tuples(words, gaps), min_size=1, max_size=8), st.data())
def test_every_run_of_words_in_a_text_is_found_where_it_stands(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(word + gap for word, gap in pairs)
    said = [word for word, _ in pairs]
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first, len(said) - 1))
    found = says(" ".join(said[first : last + 1]), text=text)
    assert found is not None
    assert [_bare(w) for w in re.findall(r"\w+", found)] == [_bare(w) for w in said[first : last + 1]]


@given(words)
def test_case_and_accents_never_hide_a_word(word: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    assume(bare.isalpha())
    text = f"1 {unicodedata.normalize('NFD', word)} 2 3"
    assert says(bare.upper(), text=text) == unicodedata.normalize("NFD", word)


@given(words, words)
def test_a_star_finds_every_word_that_begins_so_and_the_bare_start_only_itself(start: str, rest: str) -> None:
    text = f"x {start}{rest} x"
    assert says(f"{start}*", text=text) in {start + rest, "x"}
    assume((start + rest).casefold() != start.casefold() and start.casefold() != "x")
    assume(says(start + rest, text=start) is None)
    assert says(start, text=text) is None


@given(words, words, words)
def test_a_star_inside_stands_for_any_letters(start: str, middle: str, end: str) -> None:
    assume("x" not in (start + end).casefold())
    assert says(f"{start}*{end}", text=f"x {start}{middle}{end} x") == start + middle + end
    assert says(f"{start}*{end}", text=f"x {start} {middle} {end} x") in {None, middle, start, end}


@given(st.text(max_size=80), st.text(max_size=20))
def test_no_text_and_no_term_is_too_odd(text: str, term: str) -> None:
    assume(not term.startswith("re:"))
    found = says(term, text=text)
    assert found is None or found in text


def test_the_same_term_in_many_rules_is_found_for_each() -> None:
    rules = RuleSet([rule(id=f"r{n}", any=("Narva", f"word{n}")) for n in range(5)])
    matches = rules.matches(item("Narva"), SOURCE, NOTHING)
    assert [match.rule for match in matches] == ["r0", "r1", "r2", "r3", "r4"]
    assert all(isinstance(match, Match) and match.words == ("Narva",) for match in matches)
