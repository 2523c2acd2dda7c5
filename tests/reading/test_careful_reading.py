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
    "a headline that keeps shut what was closed on Monday prolongs nothing": [
        (
            "en",
            "CN",
            "Freight trains held up as Poland keeps border shut",
            "Container trains are waiting after Poland closed all crossings on Monday, operators say.",
            {"closure_announced PL from 2023-11-13"},
        ),
    ],
    "an if ends with the words of who said it": [
        (
            "en",
            "EE",
            "Eight ask to be let in at Narva",
            '"If it is needed, we will close the border crossing points," the minister said, noting that Finland is '
            "shutting four of its own from Saturday.",
            {"closure_considered EE", "closure_announced FI from 2023-11-18"},
        ),
    ],
    "a day on which it was said begins nothing": [
        (
            "en",
            "LT",
            "Border with Belarus could open earlier",
            "Lithuania may lift the closure before long, Prime Minister Inga Ruginienė said on Monday.",
            {"reopening_considered LT"},
        ),
    ],
    "a Thursday midnight is when Thursday ends": [
        ("en", "PL", "Poland to seal border with Belarus from Thursday midnight", "", {"closure_announced PL from 2023-11-17"}),
    ],
    "the end of a month is its last day": [
        (
            "de",
            "DE",
            "Litauen schließt die Grenze zu Belarus bis Ende November",
            "",
            {"closure_announced LT until 2023-11-30"},
        ),
    ],
    "a day from which and a day until which are two": [
        (
            "fi",
            "FI",
            "Viimeinen asema kiinni",
            "Raja-Jooseppi suljetaan torstaista alkaen 13. joulukuuta saakka, hallitus päätti.",
            {"closure_announced FI Raja-Jooseppi from 2023-11-16 until 2023-12-13"},
        ),
    ],
    "cattle that may not cross keep nobody out": [
        ("no", "NO", "USA stenger grensa for meksikanske kyr", "", set()),
    ],
    "a defence that closes a border plays football": [
        (
            "ru",
            "LV",
            "Румынская оборона закрыла границу на замок",
            "Украинских форвардов к воротам не подпускали: матч закончился 3:0.",
            set(),
        ),
    ],
    "an example is not one who acts": [
        (
            "sv",
            "FI",
            "Partiet Isamaa vill stänga gränsen",
            "Oppositionspartiet kräver att Estland gör som Finland och stänger gränsstationerna mot Ryssland.",
            {"closure_considered EE"},
        ),
    ],
    "none of the crossings opens": [
        (
            "no",
            "NO",
            "Finland holder østgrensa stengt",
            "Ingen av overgangene mot Russland åpner på søndag.",
            {"closure_extended FI"},
        ),
    ],
    "no need now, but ready to act": [
        (
            "en",
            "LV",
            "Siliņa: no reason to shut Pāternieki for now",
            "Should the number of migrants rise, the government is ready to act within hours.",
            {"closure_considered LV Pāternieki", "closure_ruled_out LV Pāternieki"},
        ),
    ],
    "nobody says when it opens": [
        (
            "no",
            "NO",
            "USA har stengt grensestasjonen i Lukeville",
            "Myndighetene vil ikke si når stasjonen åpner.",
            {"closure_announced US Lukeville"},
        ),
    ],
    "in a survey nobody decides": [
        ("fi", "FI", "Kyselyssä enemmistö avaisi itärajan", "Vastaajista 71 prosenttia avaisi raja-aseman.", set()),
    ],
    "a country before a colon is what it is about": [
        ("no", "NO", "Iran-krigen: Pakistan lukker alle overganger", "", {"closure_announced PK"}),
    ],
    "a disease abroad is a reason and no step of its own": [
        (
            "de",
            "AT",
            "Österreich sperrt 23 kleine Grenzübergänge",
            "Wegen der Seuche in Ungarn und der Slowakei sperrt das Innenministerium ab Samstag 21 Übergänge zu Ungarn "
            "und zwei zur Slowakei.",
            {"closure_announced AT from 2023-11-18"},
        ),
    ],
    "two names of crossings are one list": [
        (
            "en",
            "FI",
            "Night closure of Luhamaa and Koidula extended until 24 August",
            "",
            {"restriction_announced EE Luhamaa Koidula until 2024-08-24"},
        ),
    ],
    "who was turned away is counted, and no ban": [
        (
            "sv",
            "SE",
            "Färre stoppas på väg in",
            "Under fjolåret avvisades 1 870 personer vid gränskontrollerna.",
            {"1870 people unspecified SE"},
        ),
    ],
    "a coast is a border too": [
        (
            "en",
            "GB",
            "Boats keep coming",
            "Some 412 migrants reached Britain in small boats on Wednesday.",
            {"~412 migrants day GB"},
        ),
    ],
    "what is told of another country is counted there": [
        (
            "en",
            "LT",
            "14 illegal migrants stopped at Belarusian border on Wednesday",
            "In Latvia, 73 attempts to cross the border illegally were prevented on Wednesday.",
            {"14 migrants day LT", "73 irregular_crossings day LV"},
        ),
    ],
    "what closes a gap in a fence closes no border": [
        (
            "et",
            "EE",
            "Kagupiiri tara viimane lõik sai valmis",
            "Politsei- ja piirivalveamet võttis vastu idapiiri viimase etapi, mis sulges Võrumaal tarasse jäänud augud.",
            set(),
        ),
    ],
    "a road that the wind closes is no border": [
        (
            "no",
            "NO",
            "Bommen nede på Bjørnfjell",
            "E10 mellom Narvik og riksgrensen er stengt på grunn av sterk vind og null sikt.",
            set(),
        ),
    ],
    "the day of a decision is not the day from which it holds": [
        (
            "fi",
            "FI",
            "Hallitus päätti torstaina sulkea Vaalimaan rajanylityspaikan",
            "",
            {"closure_announced FI Vaalimaa"},
        ),
        (
            "fi",
            "FI",
            "Vaalimaa suljetaan",
            "Hallitus päätti keskiviikkona sulkea rajanylityspaikan lauantaista alkaen.",
            {"closure_announced FI Vaalimaa from 2023-11-18"},
        ),
        (
            "en",
            "FI",
            "Vaalimaa border crossing to close",
            "The closure, announced on Tuesday, takes effect on Saturday.",
            {"closure_announced FI Vaalimaa from 2023-11-18"},
        ),
        (
            "en",
            "PL",
            "Poland closes the Kuźnica border crossing",
            "The cabinet approved the closure of the crossing at a sitting on 14 November.",
            {"closure_announced PL Kuźnica"},
        ),
        (
            "ru",
            "EE",
            "Эстония закрывает погранпункт «Нарва»",
            "Кабинет одобрил закрытие пункта пропуска на заседании 14 ноября.",
            {"closure_announced EE Narva"},
        ),
        (
            "de",
            "DE",
            "Finnland schließt den Grenzübergang Vaalimaa",
            "Die am Dienstag angekündigte Schließung tritt am Samstag in Kraft.",
            {"closure_announced FI Vaalimaa from 2023-11-18"},
        ),
    ],
    "a neighbour that weighs it behind a comma weakens no closing": [
        (
            "en",
            "GB",
            "Poland closes its border with Belarus, Latvia is considering a similar step",
            "",
            {"closure_announced PL", "closure_considered LV"},
        ),
    ],
    "where both sides are named the one across closes nothing": [
        ("de", "DE", "Niger: Benin schließt die Grenze", "", {"closure_announced BJ"}),
        ("en", "GB", "Haiti border: Dominican Republic closes all gates", "", {"closure_announced DO"}),
        (
            "en",
            "GB",
            "Thailand and Cambodia close all border crossings",
            "",
            {"closure_announced TH", "closure_announced KH"},
        ),
        ("ru", "RU", "Узбекистан закрыл границу с Таджикистаном", "", {"closure_announced UZ"}),
    ],
    "who is said to have closed it closes it, not who says so": [
        ("en", "GB", "Cambodia says Thailand has closed all border crossings", "", {"closure_announced TH"}),
    ],
    "a reason is known": [
        (
            "de",
            "DE",
            "Offene und geschlossene Grenzen",
            "Wir können nicht verreisen, weil die Grenzen ganz geschlossen sind.",
            {"closure_announced DE background"},
        ),
    ],
    "the border of a province is no state's": [
        (
            "fi",
            "FI",
            "Uudenmaan ja muun Suomen välinen raja suljetaan",
            "Perjantaina raja suljetaan hallituksen päätöksellä kolmeksi viikoksi.",
            set(),
        ),
    ],
    "carriers are not the government of their country": [
        (
            "en",
            "GB",
            "Lithuanian hauliers stranded in Belarus",
            "Vilnius closed the border on Wednesday, and more than a thousand lorries are stuck.",
            {"closure_announced LT from 2023-11-15"},
        ),
    ],
    "a day long past is not next year's": [
        (
            "no",
            "NO",
            "Butikken ved grensen er tom",
            "Den 12. januar stengte Norge grensen.",
            {
                "closure_announced NO from 2023-01-12 background",
            },
        ),
        (
            "fi",
            "FI",
            "Imatralla on hiljaista",
            "Suomi sulki rajan viime marraskuussa.",
            {"closure_announced FI background"},
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


BY_RULES = [
    (
        "en",
        "GB",
        "Trucks stuck at the border",
        "The Torkham crossing was shut down on Tuesday by Taliban authorities.",
        {"closure_announced AF Torkham from 2023-11-14"},
    ),
    (
        "no",
        "NO",
        "Taliban lukket grenseovergangen Torkham",
        "Afghanerne låste porten ved Torkham tirsdag fordi en pasients følge ikke slapp inn i Pakistan.",
        {"closure_announced AF Torkham from 2023-11-14"},
    ),
    (
        "en",
        "FI",
        "Finland opens two crossings",
        "Vaalimaa and Niirala will open on Friday, but will be closed again if people come.",
        {"reopening_announced FI Vaalimaa Niirala from 2023-11-17", "closure_considered FI"},
    ),
    (
        "no",
        "NO",
        "Grensen holdes åpen inntil videre, men kan bli stengt på kort varsel",
        "",
        {"closure_considered NO", "closure_ruled_out NO"},
    ),
]


@pytest.mark.parametrize(("language", "home", "headline", "text", "expected"), BY_RULES)
def test_the_rules_alone_see_what_the_second_look_holds_for_unlikely(
    by_rules: Read, language: str, home: str, headline: str, text: str, expected: set[str]
) -> None:
    assert told(by_rules(headline, text, day=THURSDAY, language=language, home=home)) == expected


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


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("fi", "Viimeinenkin naapuri sulkee rajansa", "Norja ilmoitti rajoittavansa venäläisautojen maahantuloa."),
        ("en", "The last neighbour closes its border", "Norway announced that it restricts entry for Russian cars."),
    ],
)
def test_a_headline_that_closes_all_is_a_restriction_where_the_text_limits_some(
    read: Read, language: str, headline: str, text: str
) -> None:
    events = read(headline, text, day="2023-09-20", language=language, home="FI").events
    assert [(event.country, str(event.type)) for event in events] == [("NO", "restriction_announced")]
