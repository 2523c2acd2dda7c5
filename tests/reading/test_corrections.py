"""A text that calls itself a correction says so in its headline or first sentence; the word alone is no mark."""

from __future__ import annotations

import pytest

from .conftest import Read

MARKED = [
    ("en", "CORRECTION: Finland closes the Imatra crossing on Saturday", ""),
    ("en", "CORRECTED-UPDATE 2-Finland closes the Imatra crossing on Saturday", ""),
    ("en", "Finland closes the Imatra crossing on Saturday [corrected]", ""),
    ("en", "Finland closes the Imatra crossing on Saturday", "An earlier version of this story named Friday."),
    ("fi", "Oikaisu: Imatran rajanylityspaikka suljetaan lauantaina", ""),
    ("fi", "Imatran rajanylityspaikka suljetaan lauantaina", "Juttua on korjattu kello 9.10: sulku alkaa lauantaina."),
    ("sv", "Rättelse – gränsstationen i Imatra stängs på lördag", ""),
    ("no", "Retting: Finland stenger overgangen i Imatra lørdag", ""),
    ("et", "Parandus: Soome sulgeb laupäeval Imatra piiripunkti", ""),
    ("ru", "Поправка: Финляндия закрывает в субботу пункт пропуска «Иматра»", ""),
    ("lt", "Patikslinta: Suomija šeštadienį uždaro Imatros pasienio punktą", ""),
    ("de", "Richtigstellung: Finnland schließt am Samstag den Übergang Imatra", ""),
]

UNMARKED = [
    ("en", "Finland closes the Imatra crossing after correction of the timetable", ""),
    ("en", "Finland closes the Imatra crossing", "It opens on Saturday. Correction: the café is open, too."),
    ("fi", "Korjaus sulkee Imatran rajanylityspaikan lauantaina", ""),
    ("ru", "Поправка к закону закрывает пункт пропуска «Иматра»", ""),
    ("de", "Korrektur der Pläne: Finnland schließt den Übergang Imatra", ""),
]


@pytest.mark.parametrize(("language", "title", "text"), MARKED, ids=[row[1] for row in MARKED])
def test_a_mark_tells_a_correction(language: str, title: str, text: str, read: Read) -> None:
    assert read(title, text, language=language, home="EE").corrects


@pytest.mark.parametrize(("language", "title", "text"), UNMARKED, ids=[row[1] for row in UNMARKED])
def test_the_word_elsewhere_is_no_mark(language: str, title: str, text: str, read: Read) -> None:
    assert not read(title, text, language=language, home="EE").corrects


def test_what_is_set_right_is_read_and_not_what_was_wrong(read: Read) -> None:
    reading = read("Correction: Finland closes Imatra on Saturday, not Vaalimaa on Friday", "", language="en", home="EE")
    (event,) = reading.events
    assert event.crossings == ("Imatra",)
    assert event.since is not None
    assert event.since.strftime("%A") == "Saturday"
