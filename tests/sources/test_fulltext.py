"""Pages of articles to their text: pairs of NAME.html and NAME.expected.json in fulltext/."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.sources.boilerplate import without_offers
from gatewatch.sources.fulltext import SHORTEST, Article, extract, fits
from gatewatch.sources.markup_bounds import LONGEST_PAGE, is_bounded

PAGES = Path(__file__).parent / "fulltext"
NAMES = sorted(page.stem for page in PAGES.glob("*.html"))
URL = "https://news.example/a/1"
PROSE = "The border guard said on Monday that the Vaalimaa crossing stays closed, and that lorries are turned back."


def page_and_expected(name: str) -> tuple[bytes, dict[str, Any]]:
    return (PAGES / f"{name}.html").read_bytes(), json.loads((PAGES / f"{name}.expected.json").read_text())


def article_of(name: str) -> Article | None:
    """What is read of a page, or None where it is not trusted."""
    body, expected = page_and_expected(name)
    article = extract(body, URL, None)
    return article if article and fits(article, expected["title"], expected["summary"]) else None


def page(inside: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>".encode()


def paragraphs(count: int) -> str:
    return "".join(f"<p>{number}. {PROSE}</p>" for number in range(count))


@pytest.mark.parametrize("name", NAMES)
def test_the_article_is_read_and_what_stands_around_it_is_not(name: str) -> None:
    _, expected = page_and_expected(name)
    article = article_of(name)
    if expected.get("none"):
        assert article is None
        return
    assert article is not None
    assert [words for words in expected["has"] if words not in article.text] == []
    assert [words for words in expected["lacks"] if words.casefold() in article.text.casefold()] == []


@pytest.mark.parametrize("name", [name for name in NAMES if "language" in page_and_expected(name)[1]])
def test_language_and_date_are_what_the_page_declares(name: str) -> None:
    _, expected = page_and_expected(name)
    article = article_of(name)
    assert article is not None
    assert article.title == expected["title"]
    assert article.language == expected["language"]
    if "published" in expected:
        assert article.published == datetime.fromisoformat(expected["published"])


def test_there_are_pages_of_enough_kinds() -> None:
    pairs = [page_and_expected(name)[1] for name in NAMES]
    assert len(pairs) >= 14
    assert {pair.get("language") for pair in pairs} >= {"en", "fi", "sv", "no", "et", "ru", "de"}


def test_the_same_page_gives_the_same_text_whatever_was_read_before() -> None:
    first = [article_of(name) for name in NAMES]
    assert [article_of(name) for name in reversed(NAMES)] == first[::-1]


def test_valid_utf8_beats_a_meta_charset_that_lies() -> None:
    body = page(f"<article><h1>Pääsy</h1><p>Pääsy estetty. {PROSE}</p></article>", "<meta charset=windows-1251>")
    article = extract(body, URL, "text/html; charset=iso-8859-1")
    assert article is not None
    assert article.text.startswith("Pääsy estetty.")


def test_a_meta_charset_that_stands_far_down_is_found() -> None:
    head = "<!--" + "x" * 3_000 + "--><meta charset='windows-1251'>"
    words = "Граница закрыта. " * 12
    body = f"<html><head>{head}</head><body><article><h1>Граница</h1><p>{words}</p></article></body></html>"
    article = extract(body.encode("cp1251"), URL, "text/html; charset=iso-8859-1")
    assert article is not None
    assert article.text.startswith("Граница закрыта.")


def test_a_long_article_is_cut_at_twenty_thousand_characters() -> None:
    article = extract(page(f"<article><h1>Long</h1>{paragraphs(400)}</article>"), URL, None)
    assert article is not None
    assert len(article.text) == 20_000


HOSTILE = {
    "40,000 tags in each other": "<div>" * 40_000 + PROSE,
    "stray ends hide the depth": "<div></i>" * 20_000 + PROSE,
    "an attribute of a megabyte": f"<p class='{'a ' * 500_000}'>{PROSE}</p>",
    "400,000 attributes on one tag": f"<p {' '.join(f'a{i:x}' for i in range(400_000))}>{PROSE}</p>",
    "10,000 links in one paragraph": f"<article><h1>x</h1><p>{'<a href=/x>word</a> text ' * 7_000}</p></article>",
    "open formatting that is repeated for each paragraph": "".join(f"<b id={i}>" for i in range(250)) + "<p>x" * 14_000,
    "scripts that never end": "<script" * 400_000,
    "comments that never end": "<!--" * 700_000,
    "quotes that never end": "<p a=\"<p a='" * 220_000,
    "JSON in JSON": "<script type=application/ld+json>" + "[" * 490_000 + "</script>",
    "a word of two megabytes": f"<article><h1>x</h1><p>{'w' * 2_000_000}</p></article>",
    "paragraphs by the thousand": f"<article><h1>x</h1>{paragraphs(5_900)}</article>",
    "deep and wide": f"<article><h1>x</h1>{('<div>' * 240 + PROSE + '</div>' * 240) * 60}</article>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little(name: str) -> None:
    extract(page(f"<p>{PROSE}</p>"), URL, None)  # the import is not what is measured
    body = page(HOSTILE[name])
    began = time.process_time()
    extract(body, URL, "text/html")
    assert time.process_time() - began < 5  # without bounds: minutes


def test_depth_and_attributes_are_bounded_and_real_pages_are_within() -> None:
    assert not is_bounded("<div>" * 300)
    assert not is_bounded("<div></b>" * 300)
    assert not is_bounded("<p " + " ".join(f"a{i}=1" for i in range(300)) + ">")
    assert is_bounded("<p>One<p>Two<li>Three<br>" * 300)
    assert is_bounded("<div class='a > b'></div>" * 300)


def test_a_page_over_three_megabytes_is_not_read() -> None:
    body = page(f"<article><h1>x</h1>{paragraphs(2)}</article>")
    assert extract(body, URL, None) is not None
    assert extract(body + b" " * LONGEST_PAGE, URL, None) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"%PDF-1.7 ...",
        b'{"title": "not a page"}',
        page("<article><h1>Short</h1><p>Too short to say more than the headline.</p></article>"),
        page(f"<script src=/cdn-cgi/challenge-platform/x.js></script><article><h1>x</h1><p>{PROSE}</p></article>"),
    ],
)
def test_what_is_no_article_gives_nothing(body: bytes) -> None:
    assert extract(body, URL, None) is None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=utf-7", "charset=\x00"]))
def test_extraction_never_raises(noise: bytes, content_type: str | None) -> None:
    body = b"<html><article><h1>x</h1><p>" + PROSE.encode() * 2 + noise + b"</p>" + noise
    article = extract(body, URL, content_type)
    assert article is None or SHORTEST <= len(article.text) <= 20_000


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("Read also: Poland closes its border", ""),
        ("Lue myös: Puola sulki rajansa", ""),
        ("Läs också: Polen stänger gränsen", ""),
        ("Les også: Polen stenger grensen", ""),
        ("Loe ka: Poola sulges piiri", ""),
        ("Читайте также: Польша закрыла границу", ""),
        ("Читайте також: Польща закрила кордон", ""),
        ("Czytaj także: Polska zamknęła granicę", ""),
        ("Lasi arī: Polija slēdz robežu", ""),
        ("Skaitykite taip pat: Lenkija uždarė sieną", ""),
        ("Lesen Sie auch: Polen schließt Grenze", ""),
        ("Most read", "Poland closes its border"),
        ("Luetuimmat", "Puola sulki rajansa"),
        ("Самое читаемое", "Польша закрыла границу"),
        ("Continue reading with a subscription", ""),
        ("Vi använder kakor på webbplatsen.", ""),
    ],
)
def test_offers_of_other_things_are_left_out(line: str, after: str) -> None:
    text = "\n".join(part for part in ("The road is closed.", line, after, "It opens on Monday.") if part)
    assert without_offers(text) == "The road is closed.\nIt opens on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "Related incidents were reported at two crossings.",
        "Latest figures show 300 arrivals.",
        "Läsarna skriver att gränsen är stängd.",
        "Seotud riskide tõttu suletakse piiripunkt.",
    ],
)
def test_sentences_that_begin_like_an_offer_stay(line: str) -> None:
    assert without_offers(line) == line


def test_a_long_line_that_ends_no_sentence_is_a_headline_and_a_short_one_may_be_a_crossing() -> None:
    text = "The lead of an article may\nThese close:\nNiirala\nImatra\nWorth a look: Latvia closes Silene crossing\nThat is all."
    assert without_offers(text) == "The lead of an article may\nThese close:\nNiirala\nImatra\nThat is all."


def test_a_broken_installation_is_not_taken_for_pages_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("lxml_html_clean")

    monkeypatch.setattr("gatewatch.sources.fulltext._trafilatura", missing)
    with pytest.raises(ImportError):
        extract(page(f"<article><h1>x</h1>{paragraphs(2)}</article>"), URL, None)


def test_cards_of_other_articles_are_not_read_even_where_their_text_is_not_linked() -> None:
    card = "<div class=card><a href=/1>Medininkai closes</a><p>The Medininkai crossing is shut for a month.</p></div>"
    article = extract(page(f"<article><h1>x</h1>{paragraphs(3)}{card}</article>"), URL, None)
    assert article is not None
    assert "Medininkai" not in article.text


ARTICLE = Article(text=f"{PROSE} {PROSE}")


def test_a_text_fits_what_shares_its_words() -> None:
    assert fits(ARTICLE, "Vaalimaa crossing stays closed", "Lorries are turned back.")


def test_a_text_on_something_else_does_not_fit() -> None:
    assert not fits(ARTICLE, "Minister resigns over budget", "The cabinet meets tonight.")


def test_a_text_that_is_shorter_than_the_summary_does_not_fit() -> None:
    assert not fits(ARTICLE, "Vaalimaa crossing stays closed", ARTICLE.text + " And more.")


def test_words_fit_in_other_forms() -> None:
    told = Article(text="Rajanylityspaikkaa ei avata. Hallituksen päätöksestä kertoi ministeri.")
    assert fits(told, "Hallitus ei avaa rajanylityspaikkoja", "")
