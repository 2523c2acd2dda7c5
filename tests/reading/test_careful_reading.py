"""What a careful person does not fall for: each row is a mistake that real news once led the reading into."""

from __future__ import annotations

import pytest

from .conftest import Read
from .wording import told

THURSDAY = "2023-11-16"

Row = tuple[str, str, str, str, set[str]]

ROWS: dict[str, list[Row]] = {
    "a letter to the editor decides nothing": [
        ("sv", "FI", "Insändare: Låt gränsen vara stängd", "", set()),
        ("en", "GB", "Finland must close the border with Russia, MP says", "", {"closure_considered FI"}),
    ],
    "mountain passes and ferries are crossings of no border": [
        (
            "no",
            "NO",
            "To overgangar framleis stengde torsdag morgon",
            "Fjellvegane er stengde for kolonnekøyring i uvêret på riksveg 7, melder Vegvesenet.",
            set(),
        ),
    ],
    "a shop that closes in a border town closes no border": [
        (
            "sv",
            "SE",
            "Klädkedja stänger i Haparanda – öppnar i Torneå",
            "Efter 17 år slår butiken i köpcentret vid gränsen igen.",
            set(),
        ),
    ],
    "a railway up to a border is no border": [
        (
            "de",
            "AT",
            "Bauarbeiten an der Westbahn",
            "Die Bahnstrecke zwischen Wels und der deutschen Grenze ist bis 3. März gesperrt.",
            set(),
        ),
    ],
    "the other side of a border that lies between two closes nothing": [
        (
            "en",
            "LV",
            "Latvia closes Silene border checkpoint",
            "The Silene checkpoint on the border between Latvia and Belarus will be closed from Friday.",
            {"closure_announced LV Silene from 2023-11-17"},
        ),
    ],
    "an opening that waits for something is no decision": [
        ("ru", "FI", "Орпо: восточная граница откроется, когда Россия изменит поведение", "", {"reopening_considered FI"}),
    ],
    "what is told to nobody who lacks something is a restriction": [
        (
            "en",
            "GB",
            "Norway closes its border to all who do not live there",
            "",
            {"restriction_announced NO"},
        ),
    ],
    "whom a closing spares is no step of its own": [
        (
            "fi",
            "FI",
            "Unkari sulkee rajansa",
            "Maahan pääsevät vain maan omat kansalaiset.",
            {"closure_announced HU"},
        ),
    ],
    "an infinitive is denied behind its object": [
        ("ru", "RU", "Астана: закрывать границу из-за приезжающих россиян не будут", "", {"closure_ruled_out KZ"}),
    ],
    "a condition of the next verb is not one of this": [
        (
            "en",
            "FI",
            "Finland opens two crossings",
            "Vaalimaa and Niirala will open on Friday, but will be closed again if people come.",
            {"reopening_announced FI Vaalimaa Niirala from 2023-11-17", "closure_considered FI"},
        ),
    ],
    "the ministers of a row of countries all decide": [
        (
            "et",
            "EE",
            "Piirid avanevad",
            "Eesti, Läti ja Leedu peaministrid leppisid kokku, et 17. novembril avatakse sisepiirid.",
            {f"reopening_announced {country} from 2023-11-17" for country in ("EE", "LV", "LT")},
        ),
    ],
    "a headline that rounds a number counts nobody twice": [
        (
            "en",
            "FI",
            "Over 500 asylum seekers came over the border in October",
            "In October 547 asylum seekers came to the Finnish border crossing points.",
            {"547 asylum_seekers month FI"},
        ),
    ],
    "a but that spares a crossing begins no new sentence": [
        (
            "en",
            "GB",
            "Finland closes all crossings but the northernmost from Friday, Norway could close Storskog",
            "",
            {"closure_announced FI from 2023-11-17", "closure_considered NO Storskog"},
        ),
    ],
    "immediate effect is today": [
        (
            "en",
            "GB",
            "Pakistan closes border crossing with India with immediate effect",
            "",
            {"closure_announced PK from 2023-11-16"},
        ),
    ],
}


@pytest.mark.parametrize(
    ("language", "home", "headline", "text", "expected"),
    [pytest.param(*row, id=f"{lesson} {at}") for lesson, rows in ROWS.items() for at, row in enumerate(rows)],
)
def test_a_careful_reader_sees(
    read: Read, language: str, home: str, headline: str, text: str, expected: set[str]
) -> None:
    assert told(read(headline, text, day=THURSDAY, language=language, home=home)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Marraskuussa itärajan yli tuli noin 600 turvapaikanhakijaa. Vielä lokakuussa heitä oli muutamia kymmeniä."),
        ("en", "Around 600 asylum seekers came to Finland's border in November, against a few dozen a month before."),
    ],
)
def test_a_number_that_another_is_measured_by_is_background(read: Read, language: str, text: str) -> None:
    counts = read("…", text, day="2023-11-27", language=language, home="FI").counts
    assert [count.background for count in counts] == [False, True]
