"""Short news in Polish, and what each says: who decides, what is only weighed, how many came."""

from __future__ import annotations

import pytest

from .conftest import Read
from .wording import told

THURSDAY = "2023-11-16"

Row = tuple[str, str, set[str]]

POLISH: list[Row] = [
    # What may come, what is asked for and what is refused is not what comes.
    ("Łotwa może zamknąć granicę z Rosją", "", {"closure_considered LV"}),
    ("Łotewski rząd rozważa zamknięcie granicy z Rosją i Białorusią", "", {"closure_considered LV"}),
    ("Nie zamkniemy granicy z Białorusią – zapewnia Kierwiński", "", {"closure_ruled_out PL"}),
    ("Kierwiński: nie ma planów zamykania kolejnych przejść", "", {"closure_ruled_out PL"}),
    ("Premier: nie wykluczam zamknięcia granicy z Białorusią", "", {"closure_considered PL"}),
    ("Kosiniak-Kamysz: jeśli prowokacje nie ustaną, zamkniemy granicę", "", {"closure_considered PL"}),
    ("Tusk: jesteśmy gotowi zamknąć wszystkie przejścia graniczne", "", {"closure_considered PL"}),
    ("PiS: należy natychmiast zamknąć granicę z Niemcami", "", {"closure_considered PL"}),
    ("Bosak: zamknijmy granicę z Ukrainą", "", {"closure_considered PL"}),
    ("Łukaszenka zagroził zamknięciem granicy z Polską", "", {"closure_considered BY"}),
    ("Norwegia: przejście Storskog pozostaje otwarte", "", {"closure_ruled_out NO Storskog"}),
    ("Premier Norwegii: rozważymy zamknięcie granicy, jeśli zajdzie taka potrzeba", "", {"closure_considered NO"}),
    ("Litewski rząd zdecyduje w środę, czy zamknąć granicę z Białorusią", "", {"closure_considered LT"}),
    ("Litwa: rząd podejmie decyzję o zamknięciu granicy", "", {"closure_considered LT"}),
    ("Wilno gotowe do zamknięcia granicy", "", {"closure_considered LT"}),
    ("Media: Finlandia zamknie kolejne przejścia graniczne z Rosją", "", {"closure_considered FI"}),
    ("MSWiA rozważa przedłużenie kontroli na granicach", "", {"closure_considered PL"}),
    ("Łotwa nie zamknie granicy z Rosją. Rząd nie widzi takiej potrzeby", "", {"closure_ruled_out LV"}),
    ("Litwa nie wyklucza ponownego zamknięcia granicy", "", {"closure_considered LT"}),
    ("Jeśli balony nadal będą nadlatywać, Litwa ponownie zamknie granicę", "", {"closure_considered LT"}),
    ("Estoński premier: zamknięcie granicy z Rosją jest możliwe", "", {"closure_considered EE"}),
    ("Norweski rząd jest gotów zamknąć granicę w krótkim czasie", "", {"closure_considered NO"}),
    ("Szef MSZ: zamknięcie granicy z Białorusią to ostateczność", "", {"closure_considered PL"}),
    # Closed, and closed for longer.
    ("Polska zamknęła granicę z Białorusią", "", {"closure_announced PL"}),
    ("Rząd zamyka przejście w Terespolu", "", {"closure_announced PL Terespol"}),
    (
        "Litwa zamyka przejścia graniczne z Białorusią",
        "Do odwołania nieczynne będą przejścia w Miednikach i Solecznikach.",
        {"closure_announced LT Medininkai Šalčininkai"},
    ),
    ("Granica z Białorusią pozostanie zamknięta", "", {"closure_extended PL"}),
    ("Granica z Białorusią pozostanie zamknięta do 30 listopada", "", {"closure_extended PL until 2023-11-30"}),
    ("Finlandia przedłużyła zamknięcie granicy do połowy kwietnia", "", {"closure_extended FI"}),
    ("Estonia zamknie ruch przez Saatse Boot", "", {"closure_announced EE Saatse"}),
    ("Rząd nie otworzy granicy z Białorusią przed końcem roku", "", {"closure_extended PL"}),
    (
        "W nocy z piątku na sobotę zamknięte zostaną cztery fińskie przejścia",
        "",
        {"closure_announced FI from 2023-11-18"},
    ),
    ("W czwartek o północy Polska zamknie granicę z Białorusią", "", {"closure_announced PL from 2023-11-17"}),
    (
        "Granica zostanie zamknięta w nocy z czwartku na piątek",
        "Premier zapowiedział, że przejścia zostaną zamknięte do odwołania.",
        {"closure_announced PL from 2023-11-17"},
    ),
    (
        "Szef MSWiA podpisał rozporządzenie przedłużające zamknięcie przejść z Białorusią do 31 marca",
        "",
        {"closure_extended PL until 2024-03-31"},
    ),
    (
        "Rozporządzenie w sprawie zamknięcia przejścia wejdzie w życie w poniedziałek",
        "",
        {"closure_announced PL from 2023-11-20"},
    ),
    (
        "Minister spraw wewnętrznych Litwy poinformował, że od północy wstrzymany zostaje ruch na wszystkich przejściach z Białorusią",
        "",
        {"closure_announced LT from 2023-11-17"},
    ),
    ("MSWiA: na razie nie otworzymy przejść z Białorusią", "", {"closure_extended PL"}),
    ("Finlandia zamyka wszystkie przejścia z wyjątkiem Raja-Jooseppi", "", {"closure_announced FI Raja-Jooseppi"}),
    ("Kolumbia zamyka granicę z Wenezuelą na czas wyborów", "", {"closure_announced CO"}),
    ("Pakistan zamknął przejście Torkham po wymianie ognia", "", {"closure_announced PK Torkham"}),
    (
        "Straż Graniczna poinformowała, że w poniedziałek o godz. 12 zawieszony zostanie ruch na drogowym przejściu granicznym w Bobrownikach",
        "",
        {"closure_announced PL Bobrowniki from 2023-11-20"},
    ),
    (
        "Decyzją ministra przejście w Bobrownikach zostaje zamknięte do odwołania",
        "",
        {"closure_announced PL Bobrowniki"},
    ),
    ("Po incydencie z balonami Litwa zamknęła w nocy granicę z Białorusią", "", {"closure_announced LT"}),
    ("Estonia zamyka punkt graniczny w Saatse na czas nieokreślony", "", {"closure_announced EE Saatse"}),
    ("Rząd Orpo: granica pozostanie zamknięta do odwołania", "", {"closure_extended FI"}),
    ("Pięć lat temu zamknięto granice z powodu pandemii", "", {"closure_announced PL background"}),
    # Opened again; less than closing.
    ("Estonia na noc zamknie przejście w Narwie", "", {"restriction_announced EE Narva"}),
    (
        "Rząd przedłużył kontrole na granicy z Niemcami do 4 października",
        "",
        {"restriction_announced PL until 2024-10-04"},
    ),
    ("Kontrole na granicach z Niemcami i Litwą zostają przedłużone", "", {"restriction_announced PL"}),
    ("Niemcy przedłużają kontrole graniczne o pół roku", "", {"restriction_announced DE"}),
    ("Polska przywraca kontrole na granicy z Litwą", "", {"restriction_announced PL"}),
    ("Zakaz wjazdu dla Rosjan od poniedziałku", "", {"restriction_announced PL from 2023-11-20"}),
    ("Od soboty w Terespolu nie będą odprawiane autobusy", "", {"restriction_announced PL Terespol from 2023-11-18"}),
    (
        "Ruch na przejściu w Bobrownikach zostanie wznowiony w poniedziałek",
        "",
        {"reopening_announced PL Bobrowniki from 2023-11-20"},
    ),
    (
        "W poniedziałek ponownie otwarto przejście w Kuźnicy",
        "Pierwsze samochody przejechały o północy.",
        {"reopening_announced PL Kuźnica from 2023-11-13"},
    ),
    ("Przejście graniczne w Kuźnicy otwarte. Pierwsi kierowcy już przejechali", "", {"reopening_announced PL Kuźnica"}),
    ("Rząd chce otworzyć przejścia z Białorusią", "", {"reopening_considered PL"}),
    (
        "Kiedy otwarcie przejścia w Kuźnicy? Jest data",
        "Przejście w Kuźnicy zostanie otwarte 17 listopada.",
        {"reopening_announced PL Kuźnica from 2023-11-17"},
    ),
    ("Tusk: w listopadzie otworzymy dwa przejścia graniczne z Białorusią", "", {"reopening_announced PL"}),
    ("Przewoźnicy domagają się otwarcia granicy", "", {"reopening_considered PL"}),
    ("Białoruś zamknęła granicę dla polskich ciężarówek", "", {"restriction_announced BY"}),
    ("Sejm przedłużył zawieszenie prawa do azylu na granicy z Białorusią", "", {"restriction_announced PL"}),
    ("Węgry otwierają nowe przejście ze Słowacją", "", {"reopening_announced HU"}),
    ("Nieoficjalnie: rząd otworzy przejście w Kuźnicy", "", {"reopening_considered PL Kuźnica"}),
    (
        "Od 1 lutego zamknięte dla ruchu samochodowego przejście w Iwangorodzie",
        "",
        {"restriction_announced RU Ivangorod from 2024-02-01"},
    ),
    ("Szwecja znosi kontrole graniczne", "", {"reopening_announced SE"}),
    ("Austria zniosła kontrole na granicy z Węgrami", "", {"reopening_announced AT"}),
    ("Niemcy zniosą kontrole na granicy z Polską? Minister odpowiada", "", {"reopening_considered DE"}),
    ("Kontrole na granicy z Niemcami zostaną przedłużone – zapowiedział Kierwiński", "", {"restriction_announced PL"}),
    (
        "Polska tymczasowo zawiesza przyjmowanie wniosków o azyl na granicy z Białorusią",
        "",
        {"restriction_announced PL"},
    ),
    ("Armenia i Turcja otworzą wspólną granicę", "", {"reopening_announced AM", "reopening_announced TR"}),
    ("Izrael otworzył przejście w Rafah", "", {"reopening_announced IL Rafah"}),
    ("Rosyjscy turyści nie wjadą do Finlandii przez granicę lądową", "", {"restriction_announced FI"}),
    ("Litwa: granica z Białorusią otwarta po trzech tygodniach", "", {"reopening_announced LT"}),
    ("Granica znów otwarta. Tłumy na przejściu w Terespolu", "", {"reopening_announced PL"}),
    ("Łukaszenka: Polska musi otworzyć granicę", "", {"reopening_considered PL"}),
    (
        "Ruch przez most w Narwie będzie możliwy tylko w dzień",
        "Od 1 maja przejście będzie czynne od 7 do 23.",
        {"restriction_announced EE Narva from 2024-05-01"},
    ),
    ("Przejście Luhamaa skróci godziny pracy", "", {"restriction_announced EE Luhamaa"}),
    ("Norwegia zaostrza kontrole na przejściu Storskog", "", {"restriction_announced NO Storskog"}),
    (
        "Finlandia otworzy dwa przejścia graniczne z Rosją",
        "Vaalimaa i Niirala zostaną otwarte 14 grudnia i będą działać do 14 stycznia.",
        {"reopening_announced FI Vaalimaa Niirala from 2023-12-14 until 2024-01-14"},
    ),
    ("Fiński minister: azylanci mogą składać wnioski tylko w Vartius", "", {"restriction_announced FI Vartius"}),
    ("Polska ograniczy ruch na granicy z Obwodem Kaliningradzkim", "", {"restriction_announced PL"}),
    ("Straż Graniczna tymczasowo ogranicza odprawy w Grzechotkach", "", {"restriction_announced PL Grzechotki"}),
    # How many came.
    (
        "Straż Graniczna: minionej doby 120 prób nielegalnego przekroczenia granicy z Białorusi",
        "",
        {"120 irregular_crossings day PL"},
    ),
    (
        "Podlaski Oddział SG: wczoraj 45 osób próbowało nielegalnie przedostać się z Białorusi do Polski",
        "",
        {"45 irregular_crossings day PL"},
    ),
    ("W październiku na granicy z Litwą zatrzymano 85 migrantów", "", {"85 migrants month PL"}),
    (
        "Od początku roku odnotowano ponad 28 tys. prób nielegalnego przekroczenia granicy polsko-białoruskiej",
        "",
        {"~28000 irregular_crossings since PL"},
    ),
    (
        "Łotwa: straż graniczna zapobiegła 73 próbom nielegalnego przekroczenia granicy",
        "",
        {"73 irregular_crossings unspecified LV"},
    ),
    (
        "Kilkudziesięciu cudzoziemców próbowało sforsować zaporę na granicy",
        "",
        {"~20-90 irregular_crossings unspecified PL"},
    ),
    ("Na Kretę dotarło w ciągu doby 400 migrantów", "", {"400 migrants day GR"}),
    (
        "W listopadzie do Finlandii przybyło ponad 900 osób ubiegających się o azyl",
        "",
        {"~900 asylum_seekers month FI"},
    ),
    (
        "Fińska straż graniczna: od początku września przybyło ponad 600 migrantów bez wiz",
        "",
        {"~600 migrants since FI"},
    ),
    (
        "Minionej doby na granicy polsko-białoruskiej odnotowano blisko 150 prób jej nielegalnego przekroczenia",
        "",
        {"~150 irregular_crossings day PL"},
    ),
    (
        "W sierpniu odnotowano 3,2 tys. prób przekroczenia granicy wbrew przepisom",
        "",
        {"3200 irregular_crossings month PL"},
    ),
    ("Litewscy pogranicznicy nie wpuścili w ciągu doby 27 migrantów", "", {"27 migrants day LT"}),
    ("Dwudziestu Afgańczyków zatrzymano po przekroczeniu granicy z Łotwy na Litwę", "", {"20 people unspecified LT"}),
    # Other borders, other closings, old news.
    ("Kolejka ciężarówek przed zamknięciem granicy", "Kierowcy czekają nawet 40 godzin.", set()),
    ("Straż Graniczna zatrzymała czterech kurierów", "", set()),
    ("Zamknięte przejście dla pieszych w centrum Białegostoku", "", set()),
    ("Zamknięto most w Puławach", "Objazd przez Dęblin.", set()),
    ("Lotnisko w Modlinie zamknięte", "", set()),
    ("Konsulat w Gdańsku zostanie zamknięty", "Rosja musi zamknąć ostatni konsulat w Polsce.", set()),
    ("Rolnicy kończą protest, przejście w Medyce odblokowane", "", set()),
    ("Rolnicy zablokowali przejście graniczne w Dorohusku", "", set()),
    ("Dlaczego Polska zamknęła granicę z Białorusią?", "", set()),
    ("Sondaż: większość Polaków za zamknięciem granicy z Białorusią", "", set()),
    (
        "Strefa buforowa przy granicy z Białorusią przedłużona",
        "Zakaz przebywania będzie obowiązywał przez kolejne 90 dni.",
        set(),
    ),
    ("Estoński wywiad: Rosja chce destabilizacji", "", set()),
    ("Przedsiębiorcy: zamknięcie granicy to katastrofa", "", set()),
    ("Finlandia: ustawa graniczna przedłużona do końca 2026 r.", "", set()),
    ("Na przejściu w Terespolu odprawiono 1200 ciężarówek", "", set()),
    ("Zamknięta granica szkodzi Białymstokowi", "Hotelarze tracą klientów.", set()),
    ("Kuźnica: szkoła zostanie zamknięta", "", set()),
    ("Sklep przy przejściu w Medyce zamknięty", "", set()),
    ("Granica gmin zmieni się od 1 stycznia", "", set()),
    ("Kobiety i mężczyźni bez granic – nowa wystawa", "", set()),
    ("Polska wstrzymała ruch kolejowy na granicy z Białorusią", "", set()),
    ("Na granicy stoi 2000 ciężarówek", "", set()),
    ("Przez granicę litewsko-polską nie przedostał się nikt", "", set()),
    ("Białoruś: 34 osoby zatrzymano za przemyt", "", set()),
    ("Żołnierz ranny na granicy", "Do zdarzenia doszło w okolicach Dubicz Cerkiewnych.", set()),
    ("Droga do przejścia w Kuźnicy zamknięta po wypadku", "", set()),
    ("Obwodnica Suwałk otwarta", "Kierowcy szybciej dojadą do granicy z Litwą.", set()),
    ("Przestrzeń powietrzna nad wschodnią granicą zamknięta do 9 grudnia", "", set()),
    ("Ćwiczenia przy granicy: wojsko ćwiczy zamknięcie przejścia", "", set()),
    ("Granica z Białorusią. Co wiadomo o zamknięciu przejść?", "", set()),
    ("Przejście zamknięte z powodu śnieżycy", "Medyka: ruch wstrzymany na trzy godziny.", set()),
    ("Meksyk: USA zamykają granicę dla bydła", "", set()),
    ("Sąd uchylił zakaz wjazdu dla ciężarówek", "", set()),
]


@pytest.mark.parametrize(("headline", "text", "expected"), POLISH, ids=[row[0] for row in POLISH])
def test_polish_news_says(read: Read, headline: str, text: str, expected: set[str]) -> None:
    reading = read(headline, text, day=THURSDAY, language="pl", home="PL")
    assert reading.language == "pl"
    assert told(reading) == expected
