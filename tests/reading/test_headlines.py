"""Headlines of one line in English and Finnish: who does what, and how sure it is."""

from __future__ import annotations

import pytest

from .conftest import Read

HEADLINES: list[tuple[str, str | None, str, str, str]] = [
    # language, home of the outlet, day, headline, what it says
    ("en", "FI", "2023-11-22", "Finland closes four border crossings with Russia at midnight", "FI closure_announced"),
    (
        "en",
        "FI",
        "2023-11-22",
        "Government decides to close border crossings in southeastern Finland",
        "FI closure_announced",
    ),
    ("en", "FI", "2023-11-14", "Finland is prepared to close its eastern border if necessary", "FI closure_considered"),
    ("en", "FI", "2023-11-14", "Government does not rule out closing the eastern border", "FI closure_considered"),
    ("en", "NO", "2023-11-23", "Norway sees no reason to close the border at Storskog", "NO closure_ruled_out"),
    (
        "en",
        "EE",
        "2023-11-23",
        "Estonia could close Narva crossing if pressure grows, minister says",
        "EE closure_considered",
    ),
    (
        "en",
        None,
        "2023-11-23",
        "Estonian interior minister: we will not close the border with Russia",
        "EE closure_ruled_out",
    ),
    (
        "en",
        "FI",
        "2023-12-12",
        "Finland to reopen two crossings on eastern border on Thursday",
        "FI reopening_announced",
    ),
    ("en", "FI", "2024-01-11", "Finland extends closure of eastern border until 11 February", "FI closure_extended"),
    ("en", "FI", "2024-02-08", "Eastern border to remain closed until April", "FI closure_extended"),
    ("en", "EE", "2024-04-30", "Narva border crossing to close at night from 1 May", "EE restriction_announced"),
    ("en", "FI", "2023-11-20", "Opposition MP demands closure of eastern border", "FI closure_considered"),
    ("en", "GB", "2023-11-20", "Road to the border closed after lorry overturns", ""),
    ("en", "FI", "2023-11-28", "Ice hockey: Finland closes in on the border of the play-offs", ""),
    ("en", "LV", "2023-11-28", "Latvia may close the border with Russia, says president", "LV closure_considered"),
    (
        "en",
        "LT",
        "2025-10-27",
        "Lithuania shuts its border with Belarus indefinitely over balloons",
        "LT closure_announced",
    ),
    ("en", "PL", "2025-09-09", "Poland to close border with Belarus on Thursday, Tusk says", "PL closure_announced"),
    (
        "en",
        "FI",
        "2023-11-30",
        "Finland will decide on Tuesday whether to close the last crossing",
        "FI closure_considered",
    ),
    ("fi", "FI", "2023-11-16", "Hallitus päätti sulkea neljä itärajan rajanylityspaikkaa", "FI closure_announced"),
    (
        "fi",
        "FI",
        "2023-11-16",
        "Valtioneuvosto sulkee Vaalimaan, Nuijamaan, Imatran ja Niiralan rajanylityspaikat",
        "FI closure_announced",
    ),
    ("fi", "FI", "2023-11-14", "Orpo: itärajan asemat voidaan sulkea tarvittaessa", "FI closure_considered"),
    ("fi", "FI", "2023-11-14", "Hallitus ei sulje pois itärajan sulkemista", "FI closure_considered"),
    ("fi", "FI", "2023-11-14", "Ministeri: Itärajan sulkemiselle ei ole tarvetta", "FI closure_ruled_out"),
    (
        "fi",
        "FI",
        "2023-11-22",
        "Suomi sulkee kaikki itärajan rajanylityspaikat Raja-Joosepia lukuun ottamatta",
        "FI closure_announced",
    ),
    ("fi", "FI", "2023-12-12", "Hallitus avaa kaksi itärajan rajanylityspaikkaa torstaina", "FI reopening_announced"),
    ("fi", "FI", "2024-01-11", "Itärajan sulkua jatketaan helmikuuhun asti", "FI closure_extended"),
    ("fi", "FI", "2024-02-08", "Itäraja pysyy kiinni huhtikuuhun saakka", "FI closure_extended"),
    (
        "fi",
        "FI",
        "2023-11-17",
        "Turvapaikkaa voi hakea vain Vartiuksen ja Sallan rajanylityspaikoilla",
        "FI restriction_announced",
    ),
    ("fi", "FI", "2023-11-20", "Poliisi otti kolme miestä kiinni rajan tuntumassa", ""),
    ("fi", "FI", "2023-11-20", "Bensan hinta rikkoi kahden euron rajan", ""),
    ("fi", "FI", "2023-11-20", "Valtatie 6 suljettiin Imatran kohdalla rekan kaaduttua", ""),
    ("fi", "FI", "2023-11-21", "Puola sulki Valko-Venäjän vastaisen rajansa", "PL closure_announced"),
    ("fi", "FI", "2023-11-23", "Norja harkitsee Storskogin raja-aseman sulkemista", "NO closure_considered"),
    ("fi", "FI", "2023-11-23", "Viro on valmis sulkemaan rajansa tarvittaessa", "EE closure_considered"),
    ("fi", "FI", "2023-11-23", "Viron ylikonsulaatti suljetaan ensi vuonna", ""),
]


@pytest.mark.parametrize(("language", "home", "day", "title", "says"), HEADLINES, ids=lambda value: str(value)[:60])
def test_a_headline_says(read: Read, language: str, home: str | None, day: str, title: str, says: str) -> None:
    reading = read(title, day=day, language=language, home=home)
    told = " + ".join(sorted(f"{e.country} {e.type}" for e in reading.events if not e.background))
    assert told == says
