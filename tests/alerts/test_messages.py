from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.alerts.messages import Budget, Family, render
from gatewatch.alerts.wording import one_line, safe_link, shortened, span_of_time
from gatewatch.model import AlertKind

from .samples import NOW, an_alert

FAMILIES = list(Family)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_message_tells_what_where_when_how_sure_by_whom_in_which_words(family: Family) -> None:
    message = render(an_alert(), family, NOW)
    title = message.title.replace("\\", "")  # Markdown's escapes
    assert title.startswith("[critical] Finland: closure announced – Valtioneuvosto")
    for words in (
        "Finland closes its border or a crossing",
        "Vaalimaa, Nuijamaa, Imatra, Niirala",
        "18 November 2023",
        "decided, official: Rajavartiolaitos",
        "2023-11-16 14:00 UTC",
        "Hallitus päätti sulkea Vaalimaan",
        "https://raja.example/uutinen?id=1&",
        "Finnish",
        "gatewatch ack a1b2c3",
        "alert a1b2c3",
    ):
        assert words in message.body


def test_what_is_only_considered_never_reads_as_decided() -> None:
    body = render(an_alert(event="closure_considered"), Family.PLAIN, NOW).body
    assert "only considered, not decided" in body


def test_an_outlet_reports_where_an_authority_tells() -> None:
    body = render(an_alert(source="Yle", official=False), Family.PLAIN, NOW).body
    assert "reported by Yle" in body
    assert "official" not in body


def test_times_are_told_as_the_clocks_of_the_readers_show_them() -> None:
    body = render(an_alert(), Family.PLAIN, NOW, timezone=ZoneInfo("Europe/Helsinki")).body
    assert "2023-11-16 16:00 EET" in body


def test_an_update_says_that_it_is_one() -> None:
    assert "Finland: update, closure" in render(an_alert(kind=AlertKind.UPDATE), Family.PLAIN, NOW).title


def test_a_count_stands_in_the_title() -> None:
    alert = an_alert(event=None, count=120, facts=("120 asylum seekers, day",))
    assert "Finland: 120 asylum seekers, day –" in render(alert, Family.PLAIN, NOW).title


def test_words_alone_are_told_by_the_rule() -> None:
    alert = an_alert(event=None, country=None, says="Anything that names Storskog")
    assert render(alert, Family.PLAIN, NOW).title.startswith("[critical] Anything that names Storskog –")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_late_message_says_how_late(family: Family) -> None:
    late = NOW + timedelta(hours=2, minutes=10, seconds=30)
    assert "delayed 2 h 10 min" in render(an_alert(), family, late).body
    assert "delayed" not in render(an_alert(), family, NOW + timedelta(minutes=10)).body


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "https://", "http:///x"])
@pytest.mark.parametrize("family", FAMILIES)
def test_only_web_addresses_become_links(family: Family, url: str) -> None:
    body = render(an_alert(url=url), family, NOW).body
    assert "href" not in body
    assert "|Read it there" not in body
    assert not url or url not in body


@given(
    st.sampled_from(FAMILIES),
    st.integers(20, 4000),
    st.text(max_size=300),
    st.text(alphabet="ab <>&.\n@", max_size=5000),
    st.text(max_size=1500),
)
def test_every_message_keeps_its_budget_and_its_id(
    family: Family, room: int, title: str, quote: str, fact: str
) -> None:
    alert = an_alert(title=title, quote=quote, facts=(fact, fact))
    message = render(alert, family, NOW, Budget(title=150, body=room))
    assert len(message.body) <= room
    assert "alert a1b2c3" in message.body
    assert len(message.title.splitlines()) == 1


@given(st.text())
def test_a_line_is_one_line_of_visible_characters(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == one_line(line)
    assert not set(line) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200e\u200f\ufeff\x00\x1b\x7f\x85")
    line.encode()


def test_letters_of_other_scripts_and_their_joiners_stay() -> None:
    for text in ("Граница закрыта", "مرز بسته می\u200cشود", "Грузія ’22", "e\u0301"):
        assert one_line(text) == text


@given(st.text(alphabet="ab. !", max_size=80), st.integers(0, 60))
def test_a_shortened_text_keeps_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…") or limit == 0


def test_text_is_cut_after_a_sentence_or_else_after_a_word() -> None:
    assert shortened("It closes. It opens tomorrow again.", 20) == "It closes.…"
    assert shortened("It closes for a very long time", 20) == "It closes for a…"


def test_links_are_quoted_so_that_nothing_ends_them_early() -> None:
    assert safe_link("https://e.example/ä b|<!x>\u202e\"'") == (
        "https://e.example/%C3%A4%20b%7C%3C!x%3E%E2%80%AE%22'"
    )
    assert safe_link("https://e.example/%C3%A4?a=1&b=2#c") == "https://e.example/%C3%A4?a=1&b=2#c"
    assert safe_link("https://e.example/" + "x" * 2000) == ""
    assert safe_link("https://e.example/\ud800") == "https://e.example/?"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=30), "0 min"),
        (timedelta(minutes=11), "11 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=10), "2 h 10 min"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h"),
    ],
)
def test_times_are_told_in_two_units(length: timedelta, words: str) -> None:
    assert span_of_time(length) == words
