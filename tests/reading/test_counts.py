"""How many people came: numbers, vague words, ranges, over what time, and what is not people."""

from __future__ import annotations

import pytest

from gatewatch.model import Count

from .conftest import Read


def _only(read: Read, title: str, home: str, language: str) -> Count:
    counts = read(title, home=home, language=language).counts
    assert len(counts) == 1
    return counts[0]


@pytest.mark.parametrize(
    ("language", "home", "title", "value", "high", "about", "per"),
    [
        ("en", "FI", "Border Guard: 92 asylum seekers arrived at the eastern border on Monday", 92, None, False, "day"),
        ("fi", "FI", "Itärajalle saapui tiistaina 39 turvapaikanhakijaa", 39, None, False, "day"),
        ("fi", "FI", "Yli 300 turvapaikanhakijaa tuli itärajan yli viikossa", 300, None, True, "week"),
        ("fi", "FI", "Kymmeniä turvapaikanhakijoita saapui Niiralan rajanylityspaikalle", 20, 90, True, "unspecified"),
        ("en", "NO", "A few dozen asylum seekers crossed the border at Storskog last month", 24, 60, True, "month"),
        ("en", "FI", "Between 30 and 40 asylum seekers arrived at Vartius on Sunday", 30, 40, False, "day"),
    ],
)
def test_a_count_is_read(
    read: Read, language: str, home: str, title: str, value: int, high: int | None, about: bool, per: str
) -> None:
    count = _only(read, title, home, language)
    assert (count.country, count.value, count.value_max) == (home, value, high)
    assert (count.approximate, count.per.value) == (about, per)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Rajavartiolaitos sai 40 uutta autoa itärajalle"),
        ("en", "The border fence will be 200 kilometres long"),
        ("en", "Border Guard to get 30 million euros for the eastern border"),
        ("fi", "Itärajalle siirretään 150 rajavartijaa"),
        ("en", "Traffic at the border fell by 7 percent"),
    ],
)
def test_what_is_not_people_arriving_is_no_count(read: Read, language: str, title: str) -> None:
    assert read(title, home="FI", language=language).counts == ()


@pytest.mark.parametrize(
    ("language", "home", "title", "text", "counted"),
    [
        # A word for the sum, another crossing, another country's guards: the number goes on with the one before.
        (
            "en",
            "FI",
            "71 asylum seekers came to the eastern border on Thursday",
            "The tally now stands at 415.",
            {("FI", 71), ("FI", 415)},
        ),
        ("fi", "FI", "Nuijamaalle tuli torstaina 60 turvapaikanhakijaa, Vaalimaalle 15", "", {("FI", 60), ("FI", 15)}),
        (
            "ru",
            "LV",
            "На границе с Беларусью неспокойно",
            "Литовские пограничники за сутки развернули 20 мигрантов, латвийские — 31.",
            {("LT", 20), ("LV", 31)},
        ),
        (
            "no",
            "NO",
            "Rolig helg i Baltikum",
            "Litauen avviste lørdag 17 migranter ved grensen til Belarus, Latvia 12.",
            {("LT", 17), ("LV", 12)},
        ),
        # Cases of turning back are counted, and so are those who come by boat or "into the country".
        (
            "de",
            "DE",
            "Bundespolizei kontrolliert an der Grenze zu Polen",
            "In 312 Fällen wurde am Freitag die Einreise verweigert.",
            {("DE", 312)},
        ),
        ("en", "GB", "More than 900 people crossed the Channel in small boats on Friday", "", {("GB", 900)}),
        (
            "ru",
            "RU",
            "Словения закрыла переход",
            "От закрытой Хорватией границы люди двинулись на запад, за день в страну вошли около 900 беженцев.",
            {("SI", 900)},
        ),
        # Nobody comes in a scenario, and who watches a match crosses no border.
        ("sv", "NO", "Polisen vid Storskog", "I scenariot kommer 200 asylsökande till gränsen på en natt.", set()),
        ("et", "EE", "Narva meeskond võitis turniiri", "Matši vaatas 300 inimest, osa oli tulnud üle jõe.", set()),
    ],
)
def test_a_text_counts(
    read: Read, language: str, home: str, title: str, text: str, counted: set[tuple[str, int]]
) -> None:
    reading = read(title, text, home=home, language=language)
    assert {(count.country, count.value) for count in reading.counts} == counted
