"""Short news in Lithuanian, and what each says: who decides, what is only weighed, how many came."""

from __future__ import annotations

import pytest

from .conftest import Read
from .wording import told

THURSDAY = "2023-11-16"

Row = tuple[str, str, set[str]]
"""Headline, text and what they say, in a paper of Lithuania."""

ROWS: list[Row] = [
    # What may come is not what comes.
    ("Vyriausybė svarsto galimybę uždaryti sieną su Baltarusija", "", {"closure_considered LT"}),
    ("Lietuva prireikus pasirengusi uždaryti visus pasienio punktus", "", {"closure_considered LT"}),
    ("Ministrė neatmeta, kad siena su Baltarusija bus uždaryta", "", {"closure_considered LT"}),
    ("Opozicija reikalauja uždaryti sieną su Baltarusija", "", {"closure_considered LT"}),
    ("Ekspertas: Lietuva turėtų užverti sieną", "", {"closure_considered LT"}),
    ("Latvija gali uždaryti sieną su Rusija", "", {"closure_considered LV"}),
    ("Lenkija grasina uždaryti visus sienos perėjimo punktus su Baltarusija", "", {"closure_considered PL"}),
    ("Jei spaudimas didės, Estija uždarys Luhamo pasienio punktą", "", {"closure_considered EE Luhamaa"}),
    ("Ar Lietuva uždarys sieną su Baltarusija?", "", {"closure_considered LT"}),
    ("Vyriausybė rytoj spręs, ar uždaryti Medininkų punktą", "", {"closure_considered LT Medininkai"}),
    ("Suomija rengiasi uždaryti visą sieną su Rusija", "", {"closure_considered FI"}),
    ("Seimo narys siūlo uždaryti sieną su Baltarusija", "", {"closure_considered LT"}),
    ("Sprendimo dėl sienos uždarymo dar nėra", "", {"closure_considered LT"}),
    # Refused.
    ("Vyriausybė neketina uždaryti sienos su Baltarusija", "", {"closure_ruled_out LT"}),
    ("Prezidentas: poreikio uždaryti sieną su Baltarusija nėra", "", {"closure_ruled_out LT"}),
    ("Estija sienos su Rusija neuždarys", "", {"closure_ruled_out EE"}),
    ("Siena su Baltarusija uždaryta nebus", "", {"closure_ruled_out LT"}),
    ("Medininkų punktas nebus uždarytas", "", {"closure_ruled_out LT Medininkai"}),
    ("Premjerė atmeta siūlymą uždaryti sieną", "", {"closure_ruled_out LT"}),
    ("Latvija nusprendė neuždaryti sienos su Baltarusija", "", {"closure_ruled_out LV"}),
    ("Norvegija nemato priežasties uždaryti Storskugo punktą", "", {"closure_ruled_out NO Storskog"}),
    ("Kol kas nesvarstoma uždaryti likusių pasienio punktų, sako ministrė", "", {"closure_ruled_out LT"}),
    # Decided, in the words of headlines.
    ("Lietuva uždaro sieną su Baltarusija", "", {"closure_announced LT"}),
    ("Uždaromi du pasienio punktai su Baltarusija", "", {"closure_announced LT"}),
    ("Raigardo ir Lavoriškių pasienio punktai uždaryti", "", {"closure_announced LT Raigardas Lavoriškės"}),
    ("Vyriausybė nutarė užverti Medininkų punktą", "", {"closure_announced LT Medininkai"}),
    ("Šalčininkų pasienio kontrolės punktas nebeveikia", "", {"closure_announced LT Šalčininkai"}),
    ("Nuo pirmadienio neveiks Medininkų PKP", "", {"closure_announced LT Medininkai from 2023-11-20"}),
    ("Lenkija stabdo eismą per sieną su Baltarusija", "", {"closure_announced PL"}),
    ("Nutrauktas judėjimas per Raigardo pasienio punktą", "", {"closure_announced LT Raigardas"}),
    ("Sustabdytas Šumsko pasienio punkto darbas", "", {"closure_announced LT Šumskas"}),
    ("Siena su Baltarusija nuo vidurnakčio bus uždaryta", "", {"closure_announced LT from 2023-11-17"}),
    ("Suomija užtrenkia duris Rusijai: uždaroma visa siena", "", {"closure_announced FI"}),
    ("Pritarta sienos su Baltarusija uždarymui", "", {"closure_announced LT"}),
    (
        "Vyriausybė uždarys du punktus",
        "Nuo 2023 m. gruodžio 1 d. uždaromi Tverečiaus ir Šumsko pasienio kontrolės punktai. Sprendimas galios "
        "iki 2024 m. kovo 1 d.",
        {"closure_announced LT Tverečius Šumskas from 2023-12-01 until 2024-03-01"},
    ),
    (
        "Suomijos pasienyje – tik vienas punktas",
        "Suomija nuo lapkričio 24-osios uždaro visus pasienio punktus su Rusija, išskyrus Raja Joseppi.",
        {"closure_announced FI Raja-Jooseppi from 2023-11-24"},
    ),
    # What is closed stays closed, or opens.
    ("Suomija pratęsė sienos su Rusija uždarymą", "", {"closure_extended FI"}),
    ("Siena su Baltarusija liks uždaryta dar mėnesį", "", {"closure_extended LT"}),
    ("Medininkų punktas lieka uždarytas iki gruodžio 1 d.", "", {"closure_extended LT Medininkai until 2023-12-01"}),
    ("Lenkija neatidarys sienos su Baltarusija iki sausio", "", {"closure_extended PL"}),
    ("Lietuva atidaro sieną su Baltarusija", "", {"reopening_announced LT"}),
    ("Medininkų punktas vėl veikia", "", {"reopening_announced LT Medininkai"}),
    ("Atnaujintas eismas per Šalčininkų pasienio punktą", "", {"reopening_announced LT Šalčininkai"}),
    ("Lenkija atveria Kuznicos ir Bobrovnikų punktus", "", {"reopening_announced PL Kuźnica Bobrowniki"}),
    ("Vėl atidaryta siena su Baltarusija", "", {"reopening_announced LT"}),
    ("Suomija svarsto atidaryti sieną su Rusija", "", {"reopening_considered FI"}),
    ("Vežėjai prašo atidaryti Medininkų punktą", "", {"reopening_considered LT Medininkai"}),
    ("Premjerė: sieną atidarysime, kai liausis balionai", "", {"reopening_considered LT"}),
    ("Siena su Baltarusija gali būti atidaryta kitą savaitę", "", {"reopening_considered LT"}),
    # Short of closing.
    ("Narvos pasienio punktas naktimis bus uždarytas", "", {"restriction_announced EE Narva"}),
    ("Koidulos punktas dirbs tik dienomis", "", {"restriction_announced EE Koidula"}),
    ("Latvija nebeįleidžia automobilių baltarusiškais numeriais", "", {"restriction_announced LV"}),
    ("Lietuva uždaro sieną rusų turistams", "", {"restriction_announced LT"}),
    ("Norvegija ribos rusų atvykimą per Storskugą", "", {"restriction_announced NO Storskog"}),
    ("Pėsčiomis sienos su Baltarusija kirsti nebebus galima", "", {"restriction_announced LT"}),
    ("Vokietija pratęsia kontrolę prie sienų su Lenkija", "", {"restriction_announced DE"}),
    ("Lenkija įveda laikiną kontrolę prie sienos su Lietuva", "", {"restriction_announced PL"}),
    ("Suomijoje prieglobsčio prašymai bus priimami tik Vartijaus punkte", "", {"restriction_announced FI Vartius"}),
    ("Baltarusija uždraudė lietuviškiems vilkikams įvažiuoti į šalį", "", {"restriction_announced BY"}),
    # How many.
    ("Per parą į Lietuvą neįleista 20 migrantų", "", {"20 migrants day LT"}),
    ("Per naktį pasienyje su Baltarusija sulaikyta beveik šimtas migrantų", "", {"~100 migrants day LT"}),
    (
        "Migrantai prie Latvijos sienos",
        "Latvijos pasieniečiai per savaitę sulaikė 85 neteisėtus migrantus.",
        {"85 migrants week LV"},
    ),
    (
        "Pasienyje – ramiau",
        "Šiemet į Lietuvą iš Baltarusijos bandė patekti per 2,3 tūkst. žmonių, pranešė VSAT.",
        {"~2300 irregular_crossings year LT"},
    ),
    (
        "Suomijoje daugėja migrantų",
        "Lapkritį į Suomiją atvyko keli šimtai prieglobsčio prašytojų.",
        {"~200-900 asylum_seekers month FI"},
    ),
    ("Nė vieno migranto: siena su Baltarusija – ramu", "", set()),
    # What else is closed.
    ("Uždaromas kelias į Medininkus", "", set()),
    ("Pasienio kaime uždaryta mokykla", "", set()),
    ("Vilniaus oro uostas uždarytas dėl balionų", "", set()),
    ("Vyriausybė uždaro oro erdvę palei sieną su Baltarusija", "", set()),
    ("Šalčininkuose uždaryta paskutinė parduotuvė", "", set()),
    ("Uždarytas Rusijos konsulatas Klaipėdoje", "", set()),
    ("Berlyno siena: kaip ji griuvo", "", set()),
    ("Pabėgėlių stovykla Medininkuose uždaroma", "", set()),
    ("Vilkikų eilė prie Medininkų – per tūkstantį automobilių", "", set()),
    ("Futbolas: vartininkas uždarė vartus, Lietuva įveikė Latviją", "", set()),
    ("Teismo posėdis dėl migrantų gabenimo bus uždaras", "", set()),
]


@pytest.mark.parametrize(("headline", "text", "said"), ROWS)
def test_short_news_in_lithuanian(read: Read, headline: str, text: str, said: set[str]) -> None:
    reading = read(headline, text, day=THURSDAY, language="lt", home="LT")
    assert reading.language == "lt"
    assert told(reading) == said
