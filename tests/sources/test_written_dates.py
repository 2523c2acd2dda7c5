"""Dates as ten languages write them on pages."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.sources.dates import DAYS_BACK, MONTHS, find_date, parse_date

AT = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
MARCH_2 = datetime(2026, 3, 2, tzinfo=UTC)
FIVE_PAST_TWO = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "02. märts 2026", "2. maaliskuuta 2026", "2 марта 2026 г.", "2 марта 2026 года", "2026 m. kovo 2 d.",
        "2026 kovo 2", "2026. gada 2. marts", "2026. gada 2. martā", "2 marca 2026", "2 marca 2026 r.", "2. mars 2026",
        "den 2 mars 2026", "2 MARS 2026", "2. März 2026", "2. März 26", "March 2, 2026", "2nd of March 2026",
        "Mar 2 2026", "2 Mar. 2026", "02.03.2026", "2.3.2026", "2. 3. 2026", "02.03.26", "2026-03-02", "2026/3/2",
        "2026.03.02", "Published: 2 March 2026", "Julkaistu maanantaina 2.3.2026", "Måndag 2 mars 2026", "2026-03-02T00:00:00Z",
    ],
)  # fmt: skip
def test_the_second_of_march_in_every_language(text: str) -> None:
    assert parse_date(text) == MARCH_2


@pytest.mark.parametrize(
    "text",
    [
        "2.3.2026 klo 14.05", "02.03.2026 kell 14:05", "2 mars 2026 kl. 14.05", "2. mars 2026 kl 14:05",
        "2 марта 2026, 14:05", "2 марта 2026 г. в 14:05", "2. März 2026, 14:05 Uhr", "2026. gada 2. marts, plkst. 14:05",
        "2026 m. kovo 2 d. 14:05", "2 marca 2026, godz. 14:05", "Mon, 2 March 2026 14:05", "March 2, 2026 2:05 pm",
        "March 2, 2026 at 2:05 p.m.", "14:05, 02.03.2026", "02.03.2026 | 14:05", "2 March 2026 15:05 CET",
        "2. maaliskuuta 2026 16.05 +0200", "ma, 02 maaliskuu 2026 14:05:00 +0000", "2026-03-02 14:05",
    ],
)  # fmt: skip
def test_the_time_of_the_day_beside_it(text: str) -> None:
    assert parse_date(text) == FIVE_PAST_TWO


@pytest.mark.parametrize("word", DAYS_BACK)
def test_a_day_without_a_date_counts_only_from_a_given_moment(word: str) -> None:
    day = MARCH_2 - timedelta(days=DAYS_BACK[word])
    assert parse_date(f"{word} 14:05") is None
    assert parse_date(word, AT) == day
    assert parse_date(f"{word.title()}, kl. 14.05", AT) == day + timedelta(hours=14, minutes=5)


@pytest.mark.parametrize(
    "text",
    [
        "", "2 March", "14:05", "45.03.2026", "02.13.2026", "31 February 2026", "12.30.45", "2/3/2026", "1.1.1970",
        "1 January 1900", "2.3.2026 25:00", "tel. 612 3000", "2.3.2026 - 4.3.2026", "192.168.1.26", "Narva 2026",
        "On 2 March 2026 the Government decided to close the border", "2 marching 2026", "May 5", "version 1.2.2026.4",
    ],
)  # fmt: skip
def test_what_is_no_date_alone_in_its_place(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_is_found_inside_a_sentence_with_its_place() -> None:
    text = "Grensen stenges (2. mars 2026 kl. 14:05) og åpnes 4. mars 2026"
    found = find_date(text)
    assert found is not None
    assert (found.moment, text[found.start : found.end]) == (FIVE_PAST_TWO, "2. mars 2026 kl. 14:05")


def test_every_month_has_words_in_all_languages_and_no_word_two_months() -> None:
    for number in range(1, 13):
        assert len([word for word in MONTHS if MONTHS[word] == number]) >= 14
    march = ["march", "maaliskuuta", "mars", "märts", "марта", "märz", "marts", "kovo", "marca"]
    assert {MONTHS[word] for word in march} == {3}


#: How each language writes a day: with the words of its twelve months.
FORMATS = {
    "en": ("{word} {day}, {year}", "January February March April May June July August September October November December"),
    "fi": ("{day}. {word} {year}", "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"),
    "sv": ("den {day} {word} {year}", "januari februari mars april maj juni juli augusti september oktober november december"),
    "no": ("{day}. {word} {year}", "januar februar mars april mai juni juli august september oktober november desember"),
    "et": ("{day:02}. {word} {year}", "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"),
    "ru": ("{day} {word} {year} г.", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    "de": ("{day}. {word} {year}", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "lv": ("{year}. gada {day}. {word}", "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris"),
    "lt": ("{year} m. {word} {day} d.", "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"),
    "pl": ("{day} {word} {year}", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
}


@pytest.mark.parametrize("language", FORMATS)
@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)), st.times(), st.booleans(), st.booleans())
def test_a_day_comes_back_from_what_each_language_writes(language: str, day: date, clock: object, timed: bool, loud: bool) -> None:
    form, words = FORMATS[language]
    written = form.format(day=day.day, year=day.year, word=words.split()[day.month - 1])
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if timed:
        written += f" {clock:%H:%M}"
        moment += timedelta(hours=clock.hour, minutes=clock.minute)  # type: ignore[attr-defined]
    assert parse_date(written.upper() if loud else written) == moment


@given(st.text(st.sampled_from("0123456789.:-/ ,маяmarchtoday+Z"), max_size=40), st.booleans())
def test_no_text_makes_it_fail(text: str, told: bool) -> None:
    moment = parse_date(text, AT if told else None)
    assert moment is None or (moment.tzinfo is UTC and moment.year >= 1989)


@pytest.mark.parametrize("piece", ["1.", "12:30 ", "2 ", " ", "2026-", "1.1.", "today ", "2 march "])
def test_a_long_text_costs_no_time(piece: str) -> None:
    began = time.process_time()
    find_date(piece * 100_000, AT)
    parse_date(piece * 100_000, AT)
    assert time.process_time() - began < 0.5
