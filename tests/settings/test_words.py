"""Vocabularies and places: a user's file stands in for the shipped one of its name."""

from __future__ import annotations

import pytest

from gatewatch.model import Concept, Country, Crossing
from gatewatch.settings import InvalidSettings, load_words

from .conftest import Place

FINNISH = """\
language = "fi"
name = "Finnish"
abbreviations = ["mm.", "klo"]
common = ["ja", "on"]
[words.close]
terms = ["sulke*", "menee kiinni"]
unless = ["sulkapallo*"]
[numbers]
"kaksi" = 2
"kymmeniä" = { from = 20, to = 90 }
"pari sataa" = { about = 200 }
[multipliers]
"tuhat*" = 1000
[months]
"tammikuu*" = 1
[weekdays]
"maanantai*" = 1
"""

PLACES = """\
[[country]]
code = "FI"
names = ["Suomi", "Suome*"]
authorities = ["Rajavartiolaitos"]
land_neighbours = ["RU", "NO"]
[country.towards]
RU = ["itäraja*"]

[[crossing]]
name = "Vaalimaa"
country = "FI"
neighbour = "FI"
terms = ["Vaalima*"]
"""


def test_a_vocabulary_says_all_that_its_file_says(place: Place) -> None:
    place.write("rules/vocabulary/fi.toml", FINNISH)
    finnish = next(each for each in load_words(place.rules)[0] if each.language == "fi")
    assert finnish.concepts == {"close": Concept("close", ("sulke*", "menee kiinni"), ("sulkapallo*",))}
    assert finnish.numbers == {
        "kaksi": (2, None, False),
        "kymmeniä": (20, 90, True),
        "pari sataa": (200, None, True),
    }
    assert finnish.multipliers == {"tuhat*": 1000}
    assert finnish.months == {"tammikuu*": 1}
    assert finnish.weekdays == {"maanantai*": 1}
    assert finnish.abbreviations == ("mm.", "klo")
    assert finnish.common == ("ja", "on")


def test_languages_that_a_user_does_not_write_are_the_shipped_ones(place: Place) -> None:
    shipped = {each.language: each for each in load_words(place.rules)[0]}
    place.write("rules/vocabulary/fi.toml", FINNISH)
    place.write("rules/vocabulary/is.toml", 'language = "is"\nname = "Icelandic"\n')
    own = {each.language: each for each in load_words(place.rules)[0]}
    assert own.keys() == shipped.keys() | {"is"}
    assert own["en"] == shipped["en"]
    assert own["fi"] != shipped["fi"]


def test_places_are_the_users_own_or_else_the_shipped_ones(place: Place) -> None:
    assert len(load_words(place.rules)[1].countries) > 5
    place.write("rules/places.toml", PLACES)
    gazetteer = load_words(place.rules)[1]
    assert gazetteer.countries == (
        Country(
            "FI",
            ("Suomi", "Suome*"),
            authorities=("Rajavartiolaitos",),
            towards={"RU": ("itäraja*",)},
            land_neighbours=("RU", "NO"),
        ),
    )
    assert gazetteer.crossings == (Crossing("Vaalimaa", "FI", "FI", ("Vaalima*",)),)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('language = "fi"', 'language = "sv"'), "1:12: `language` is `sv` in a file for `fi`"),
        (('"kaksi" = 2', '"kaksi" = "two"'), "9:11: `kaksi` has to be 2, { from = 20, to = 90 } or"),
        (('"kaksi" = 2', '"kaksi" = true'), "9:11: `kaksi` has to be"),
        (("about = 200", "about = 200, from = 1"), "11:16: `pari sataa` has to be"),
        (("= 1000", "= 1"), "13:12: `tuhat*` has to be 2 or more, not `1`"),
        (('"maanantai*" = 1', '"maanantai*" = 0'), "17:16: `maanantai*` has to be 1 or more"),
        (("[words.close]", "[words.Close-It]"), "has to be small letters, digits and _"),
        (("[words.close]", "[words.closes]"), "no concept is called `closes`. Did you mean `close`?"),
        (('terms = ["sulke*", "menee kiinni"]', ""), "5:1: `close` has no `terms`"),
        (('"menee kiinni"', '""'), "6:20: `terms` is empty"),
        (('"menee kiinni"', '"menee ..."'), "6:20: `terms` begins or ends with a gap: `menee ...`"),
        (('"menee kiinni"', '"miksi ... ?"'), "6:20: `terms` has a part without letters"),
    ],
)
def test_a_mistake_among_words_is_told(place: Place, change: tuple[str, str], told: str) -> None:
    assert change[0] in FINNISH
    place.write("rules/vocabulary/fi.toml", FINNISH.replace(*change))
    with pytest.raises(InvalidSettings) as raised:
        load_words(place.rules)
    (problem,) = raised.value.problems
    assert told in str(problem)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('neighbour = "FI"', 'neighbour = "RU"'), "12:13: `neighbour` names a country"),
        (('code = "FI"', 'code = "fin"'), "2:8: `code` has to be a country code"),
        (("[country.towards]\nRU", "[country.towards]\nrussia"), "7:"),
        (("terms = [", "therms = ["), "13:1: unknown key `therms`. Did you mean `terms`?"),
    ],
)
def test_a_mistake_among_places_is_told(place: Place, change: tuple[str, str], told: str) -> None:
    assert change[0] in PLACES
    place.write("rules/places.toml", PLACES.replace(*change))
    with pytest.raises(InvalidSettings) as raised:
        load_words(place.rules)
    assert any(told in str(problem) for problem in raised.value.problems)


def test_a_crossing_that_is_listed_twice_is_told(place: Place) -> None:
    place.write("rules/places.toml", PLACES + PLACES[PLACES.index("[[crossing") :])
    with pytest.raises(InvalidSettings, match="15:8: a second crossing with the name `Vaalimaa`"):
        load_words(place.rules)
