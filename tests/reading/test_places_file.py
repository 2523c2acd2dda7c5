"""The shipped gazetteer: whole, without double names, found in the forms of the news, blind to look-alikes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatewatch.model import Country, Crossing, Gazetteer, Group
from gatewatch.reading.folding import fold, normalise, tokens
from gatewatch.reading.mentions import Mention, Part
from gatewatch.reading.places import Atlas

PLACES = Path(__file__).parents[2] / "rules" / "places.toml"

CROSSINGS = {
    "Vaalimaa": "vaalimaa Vaalimaan Vaalimaalla Vaalimaalle Vaalimaas Ваалимаа",
    "Nuijamaa": "Nuijamaan Nuijamaalta Nuijamaas Нуйямаа",
    "Imatra": "Imatran Imatralla Imatras Иматре",
    "Niirala": "Niiralan Niiralassa Niiralas Ниирала Нийрала",
    "Vainikkala": "Vainikkalan Vainikkalas Вайниккала",
    "Parikkala": "Parikkalan Parikkalaan Париккала",
    "Vartius": "Vartiuksen Vartiuksessa Vartiukseen Vartiusta Vartiuses Вартиус",
    "Kuusamo": "Kuusamon Kuusamossa Kuusamos Куусамо",
    "Salla": "Sallan Sallassa Sallaan Салла",
    "Raja-Jooseppi": "Raja-Joosepin Raja-Jooseppiin Raja-Joosepissa Рая-Йоосеппи",
    "Haapovaara": "Haapovaaran",
    "Kilpisjärvi": "Kilpisjärven Kilpisjärvellä",
    "Näätämö": "Näätämön Näätämössä",
    "Tornio": "Tornion Torniossa Torneå Торнио",
    "Storskog": "Storskog Storskogin Storskogissa Storskogi Стурскуг Сторскуг Стурскуге",
    "Svinesund": "Svinesund Svinesundissa",
    "Narva": "Narvas Narvast Narvasse Narvan Narvassa Narvā Narvos Нарве Нарвы Нарву нарвский",
    "Koidula": "Koidulas Koidulasse Koidulan Койдула Койдулу",
    "Luhamaa": "Luhamaal Luhamaasse Luhamaan Лухамаа",
    "Saatse": "Saatses Saatsesse Саатсе",
    "Terehova": "Terehovas Terehovā Terehovu Терехово",
    "Grebņeva": "Grebņevas Grebņevā Гребнево",
    "Pāternieki": "Pāternieku Pāterniekos Патерниеки",
    "Medininkai": "Medininkų Medininkuose Medininkai Мядининкай",
    "Šalčininkai": "Šalčininkų Šalčininkuose Salcininkai Шальчининкай",
    "Raigardas": "Raigardo Raigardas Райгардас",
    "Kybartai": "Kybartų Kybartuose Кибартай",
    "Panemunė": "Panemunės Panemunėje Панемуне",
    "Terespol": "Terespolu Terespola Тересполь",
    "Kukuryki": "Kukurykach Kukuryki Кукурыки",
    "Bobrowniki": "Bobrownikach Bobrowniki Бобровники",
    "Kuźnica": "Kuźnicy Kuźnicę Kuznica",
    "Połowce": "Połowce Połowcach",
    "Grzechotki": "Grzechotkach Grzechotki",
    "Bezledy": "Bezledach Bezledy Безледы",
    "Dorohusk": "Dorohusku Дорогуск",
    "Korczowa": "Korczowej Корчова",
    "Torfyanovka": "Torfjanovkan Torfyanovka Торфяновке Торфяновку",
    "Brusnichnoye": "Brusnichnoye Brusnitšnojen Брусничного Брусничном",
    "Svetogorsk": "Svetogorskin Светогорске Светогорска",
    "Vyartsilya": "Värtsilä Värtsilän Вяртсиля Вяртсиле",
    "Borisoglebsk": "Borisoglebsk Boris-Gleb Борисоглебск",
    "Ivangorod": "Ivangorodi Ivangorodin Ивангород Ивангороде Jaanilinna",
    "Shumilkino": "Šumilkino Shumilkino Шумилкино",
    "Chernyshevskoye": "Chernyshevskoye Чернышевское",
    "Sovetsk": "Sovetsk Советск Советске",
    "Kotlovka": "Котловка Kotlovka",
    "Benyakoni": "Benyakoni Бенякони",
    "Bruzgi": "Bruzgi Брузги",
    "Berestovitsa": "Berestovitsa Берестовица",
    "Grigorovshchina": "Григоровщина Grigorovshchina",
    "Rafah": "Rafah Rafahin Рафах",
    "Haapasaari": "Haapasaaren",
    "Santio": "Santion",
    "Beremend": "Beremend",
    "Riksåsen": "Riksåsen",
    "Teveldal": "Teveldal Teveldalen Teveltunet",
    "Morokulien": "Morokulien",
    "Murumoen": "Murumoen",
    "Helligskogen": "Helligskogen",
    "Töcksfors": "Töcksfors",
    "Magnor": "Magnormoen",
    "Ylitornio": "Aavasaksan",
    "Kaplava": "Kaplava Каплава",
    "Papelekis": "Papelekio",
    "Švendubrė": "Švendubrės",
    "Koroszczyn": "Koroszczyn Koroszczynie Корощин",
    "Głomno": "Głomno Гломно",
    "Ogrodniki": "Ogrodniki Ogrodnikach",
    "Jędrzychowice": "Jędrzychowicach",
    "Słubice": "Słubicach Slubice",
    "Pytalovo": "Pytalovo Пыталово Pitalova",
    "Troyebortnoye": "Троебортное",
    "Peschatka": "Peschatka Песчатка Pestšatka",
    "Urbany": "Урбаны Урбанах",
    "Lyntupy": "Лынтупы",
    "Hoptivka": "Гоптовка Hoptivka",
    "Chonhar": "Чонгар Chonhar",
    "Kazbegi": "Казбеги",
    "Dariali": "Дариали Dariali",
    "Manzhouli": "Manzhouli Manzhoulin",
    "Heihe": "Heihe Хэйхэ",
    "Suifenhe": "Suifenhe Суйфэньхэ",
    "Kyakhta": "Кяхта Кяхте",
    "Altanbulag": "Altanbulag Алтанбулаг",
    "Nizhneleninskoye": "Нижнеленинское",
    "Torugart": "Торугарт Torugart",
    "Hairatan": "Hairatan Хайратон",
    "Torkham": "Torkham Torkhamin Торхам",
    "Wagah": "Wagah Wagha",
    "Attari": "Attari Аттари",
    "Myawaddy": "Myawaddy",
    "Aranyaprathet": "Aranyaprathet",
    "Tijuana": "Tijuana Tijuanan Тихуана",
    "Nogales": "Nogales",
    "Bagratashen": "Баграташен Bagratashen",
    "Gürbulak": "Gürbulak",
    "Hamzabeyli": "Hamzabeyli",
    "Kalotina": "Kalotina Калотина",
    "Batrovci": "Batrovci",
    "Hegyeshalom": "Hegyeshalom",
    "Šentilj": "Šentilj Šentilju",
    "Freilassing": "Freilassing",
    "Ellund": "Ellund",
    "Quneitra": "Quneitra Кунейтра",
    "Salloum": "Salloum",
    "Namanga": "Namanga",
}
CROSSING_PHRASES = {
    "Kunichina Gora": ["Kunichina Gora", "Куничина Гора", "Куничиной Горы", "Kunitšina Goras"],
    "Kamenny Log": ["Каменный Лог", "Каменном Логе", "Kamenny Log"],
    "Verkhny Lars": ["Верхний Ларс", "Верхнего Ларса", "Verkhny Lars", "Verhni Larsi"],
    "Öresundsbron": ["Öresundsbron", "Öresund Bridge", "Juutinrauman silta"],
    "Narva-2": ["Narva-2 piiripunkt", "КПП «Нарва-2»"],
    "Inari": ["Inarin rajanylityspaikka"],
    "Kurvinen": ["Kurvisen rajanylityspaikka", "Karttimo, Kurvinen ja Leminaho"],
    "Kuźnica": ["пункт пропуска «Кузница»", "Кузница Белостоцкая"],
    "Kerem Shalom": ["Kerem Shalom", "Керем-Шалом"],
    "Brest": ["Brest border crossing", "Grenzübergang Brest", "в Бресте", "w Brześciu", "Terespol–Brest"],
    "Połowce": ["Polovtsy checkpoint", "Половцы — Песчатка"],
    "Medyka": ["Medyka–Shehyni", "погранпереход Медыка"],
    "Przemyśl": ["Przemyśl border crossing"],
    "Świecko": ["Świecko"],
    "Frankfurt (Oder)": ["Frankfurt (Oder)", "Frankfurt an der Oder"],
    "Görlitz": ["Grenzübergang Görlitz"],
    "Weil am Rhein": ["Weil am Rhein"],
    "Spielfeld": ["Grenzübergang Spielfeld", "Spielfeld/Šentilj"],
    "Brenner": ["Grenzübergang Brenner", "Brenner Pass"],
    "Opuļi": ["Opuļu robežkontroles punkts"],
    "Urbāni": ["Silene–Urbāni"],
    "Krupa": ["Саатсе — Круппа", "КПП «Круппа»"],
    "Morskoye": ["Морское — Нида", "пункт пропуска «Морское»"],
    "Nida": ["Nida border crossing", "Нида — Морское"],
    "Losha": ["Лоша — Шумскас"],
    "Poreche": ["Поречье — Латежерис"],
    "Novaya Guta": ["Новая Гута", "Новой Гуте"],
    "Blagoveshchensk": ["Благовещенск — Хэйхэ", "Кани-Курган"],
    "Zabaikalsk": ["Забайкальск — Маньчжурия"],
    "Khasan": ["Хасан — Туманган"],
    "Kara-Suu": ["КПП «Кара-Суу»"],
    "Korday": ["Korday border crossing", "КПП «Кордай»"],
    "Spin Boldak": ["Spin Boldak", "Спин-Булдак"],
    "Chaman": ["Chaman crossing", "КПП «Чаман»"],
    "Quneitra": ["Quneitra crossing"],
    "Taba": ["Taba crossing"],
    "Bab al-Salama": ["Bab al-Salama"],
    "Ras Jedir": ["Ras Jedir", "Ras Ajdir"],
    "El Paso": ["El Paso border crossing", "Grenze bei El Paso"],
    "Laredo": ["Laredo port of entry"],
    "Ciudad Juárez": ["Ciudad Juárez"],
    "Darién Gap": ["Darién Gap", "Darienin aukko"],
    "Johor Causeway": ["Johor Causeway", "Johor–Singapore Causeway"],
    "Borisoglebsk": ["МАПП «Борисоглебск»", "Борис-Глеб"],
    "Red Bridge": ["Red Bridge checkpoint"],
    "King Fahd Causeway": ["King Fahd Causeway"],
}
GERMAN = {
    "FI": "Finnland Finnlands finnische finnischer finnisches Finninnen",
    "EE": "Estland Estlands estnische estnischen Esten Estinnen",
    "NO": "Norwegen Norwegens norwegische Norweger",
    "LV": "Lettland Lettlands lettische lettischen Letten",
    "LT": "Litauen Litauens litauische Litauer",
    "PL": "Polen Polens polnische polnischen Warschau",
    "RU": "Russland Rußland Russlands russische Moskau Kreml Lawrow",
    "BY": "Weißrussland Weissrussland Belarus Belarussen belarussische weißrussische Lukaschenko",
    "SE": "Schweden Schwedens schwedische",
    "DK": "Dänemark Dänemarks dänische Dänen Kopenhagen",
    "DE": "Deutschland deutsche deutschen Bundesregierung Bundespolizei Berlin",
    "UA": "Ukraine ukrainische Ukrainer Kiew Kyjiw Selenskyj",
    "AT": "Österreich Österreichs österreichische Österreicher Wien",
    "CH": "Schweiz schweizerische",
    "CZ": "Tschechien tschechische Tschechen",
    "SK": "Slowakei slowakische Slowaken",
    "HU": "Ungarn ungarische",
    "FR": "Frankreich französische Franzosen",
    "BE": "Belgien belgische Belgier",
    "NL": "Niederlande niederländische Niederländer",
    "ES": "Spanien spanische Spanier",
    "IT": "Italien italienische Italiener",
    "GR": "Griechenland griechische Griechen Athen",
    "TR": "Türkei türkische Türken",
    "RO": "Rumänien rumänische Rumänen",
    "BG": "Bulgarien bulgarische Bulgaren",
    "HR": "Kroatien kroatische Kroaten",
    "RS": "Serbien serbische Serben",
    "SI": "Slowenien slowenische Slowenen",
    "MD": "Moldau Moldawien moldauische",
    "GE": "Georgien georgische Georgier",
    "AM": "Armenien armenische Armenier",
    "AZ": "Aserbaidschan aserbaidschanische",
    "SY": "Syrien syrische Syrern",
    "AF": "Afghanistan afghanische Afghanen",
    "IQ": "Irak irakische Irakern",
    "IL": "Israel israelische",
    "PS": "Palästina palästinensische Gazastreifen Westjordanland",
    "EG": "Ägypten ägyptische",
    "MA": "Marokko marokkanische Marokkaner",
    "CN": "China chinesische Chinesen",
    "KZ": "Kasachstan kasachische",
    "KG": "Kirgisistan kirgisische",
    "TJ": "Tadschikistan tadschikische",
    "KH": "Kambodscha kambodschanische",
    "TH": "Thailand thailändische",
    "US": "amerikanische Amerikaner Trump",
    "MX": "Mexiko mexikanische",
    "VE": "Venezuela venezolanische",
    "RW": "ruandische",
    "MK": "nordmazedonische",
}
COUNTRIES = {
    "FI": "Finland Finland's Finlands Suomen Suomea Suomesta Suomeen Soomes Soomega финляндский Финляндии Finnlands "
    "Somijas Suomijos Finlandii finska suomalaisten soomlased финские",
    "EE": "Estonia Viron Virosta Viroon Virolla Estland Eestis Eestisse Эстонии эстонские Igaunijas Estijos virolaiset",
    "NO": "Norway Norjan Norjassa Norge Noreg Norrasse norralased Норвегии норвежская Norwegen Norvegijos norsk",
    "RU": "Russia Russian Venäjän Venäjältä venäläiset Ryssland ryska Russland russiske Venemaalt venelased России "
    "российский Krievijas Rusijos Rosji rosyjski Moscow Kreml Кремле Putinin Песков",
    "BY": "Belarus Valko-Venäjän Valkovenäjä Vitryssland Hviterussland Valgevenest Белоруссии Беларуси Baltkrievijas "
    "Baltarusijos Białorusi Weißrussland Lukašenka Лукашенко",
    "LV": "Latvia Latviasta Lettland Lätis Lätisse Латвии латвийская Latvijas Latvijos Łotwy lettiska lätlased",
    "LT": "Lithuania Liettuan Litauen Leedus Литве литовская Lietuvas Lietuvos Litwy",
    "PL": "Poland Puolan Puolassa Polen Poolas Польше польский Polijas Lenkijos Polsce polnische",
    "SE": "Sweden Ruotsin Ruotsiin Sverige Rootsis Швеции Zviedrijas Szwecji Schweden svenska",
    "DK": "Denmark Tanskan Tanskassa Danmark Taanis Дании датский Dänemark Danijos",
    "DE": "Germany Saksan Saksasta Tyskland Saksamaa Германии немецкий Vācijas Vokietijos Niemczech Deutschland",
    "UA": "Ukraine Ukrainan Ukrainas Украины украинский Kyiv",
    "HU": "Hungary Unkarin Ungern Ungari Венгрии Węgier",
    "TR": "Turkey Turkin Turkista Turkiet Türgi Турции Türkei",
    "GE": "Georgia Georgian Gruusia Грузии",
    "US": "USA U.S. Yhdysvaltain США",
    "MX": "Mexico Meksikon Mexikos Мексики Mehhiko",
    "SY": "Syria syyrialaista Syrien сирийцев Süüriast",
}
COUNTRY_PHRASES = {
    "NO": ["Norra piir", "Norra valitsus", "Emilie Enger Mehl"],
    "RU": ["Vene piiripunkt", "Vene Föderatsioon", "Venäjän rajavartiolaitos"],
    "LV": ["Valsts robežsardze", "Latvian rajavartiosto", "lettiska gränsbevakningen"],
    "LT": ["Lithuanian State Border Guard Service", "Valstybės sienos apsaugos tarnyba"],
    "PL": ["Straż Graniczna", "Donald Tusk"],
    "EE": ["Politsei- ja Piirivalveamet", "Lauri Läänemets", "Kaja Kallas", "Police and Border Guard Board"],
    "FI": ["Finnish Border Guard", "финская пограничная служба", "Petteri Orpo", "правительство Финляндии"],
    "US": ["the US", "United States", "New Mexico"],
    "KR": ["South Korea", "Etelä-Korea", "Южной Кореи"],
    "CZ": ["Czech Republic", "tschechische Polizei"],
    "DE": ["deutsche Innenministerin", "Friedrich Merz", "Alexander Dobrindt", "бундесполиция"],
    "TL": ["Timor-Leste", "восточный Тимор"],
    "GB": ["Pohjois-Irlanti", "britische Innenministerin", "Северной Ирландии"],
    "EH": ["Western Sahara", "Länsi-Sahara"],
    "AE": ["Vereinigte Arabische Emirate", "Arabiemiirikunnat", "De forente arabiske emirater"],
    "CF": ["Central African Republic"],
    "BF": ["Burkina Faso"],
}
SPEAKERS = {
    "FI": [
        "Finnish border guard",
        "finnische Innenministerin",
        "Finnlands Ministerpräsident Orpo",
        "finske grensevakten",
        "Soome siseminister",
        "премьер-министр Финляндии",
        "министр внутренних дел Финляндии",
        "Mari Rantanen",
        "Sipilä",
        "Suomen sisäministeri",
    ],
    "EE": [
        "estnischer Grenzschutz",
        "Polizei- und Grenzschutzamt",
        "estniska inrikesministern",
        "Viron sisäministeri",
        "Igor Taro",
        "Kristen Michali",
        "МВД Эстонии",
        "Hanno Pevkur",
        "Poliisi- ja rajavartiolaitos Viron hallitus",
    ],
    "CH": ["Keller-Sutter", "Schweizer Grenzwache"],
    "HR": ["Kroatiens Regierung"],
    "CZ": ["tschechischer Innenminister"],
    "NO": ["norwegische Justizministerin", "Astri Aas-Hansen", "Per-Willy Amundsen", "Norra siseminister", "стёре"],
    "LV": [
        "Lettlands Innenminister",
        "lettischer Grenzschutz",
        "Rihards Kozlovskis",
        "Козловскис",
        "Läti siseminister",
        "Latvian interior minister",
        "Ринкевич",
    ],
    "LT": [
        "litauischer Grenzschutz",
        "Litauens Ministerpräsidentin",
        "Inga Ruginienė",
        "Кондратович заявил Владислав Кондратович",
        "Leedu peaminister",
        "Liettuan pääministeri",
        "VSAT",
    ],
    "PL": [
        "polnischer Grenzschutz",
        "Polens Innenminister Kierwiński",
        "Польская погранслужба",
        "Karol Nawrocki",
        "Poola peaminister",
        "Puolan pääministeri",
        "polske grensevakten",
    ],
    "SE": ["schwedische Regierung", "Gunnar Strömmer", "Johan Forssell"],
    "DK": ["dänische Polizei", "Mette Frederiksen", "Peter Hummelgaard"],
    "DE": ["Bundespolizei", "Dobrindt", "Bundesinnenministerium", "saksan sisäministeri"],
    "UA": ["ukrainischer Grenzschutz", "Госпогранслужба Украины"],
}
LOOK_ALIKES = """
    suomukala suomenkielinen suomeksi soomus virologi virologia Virostatika virike venettä veneen vene
    venttiili norra norrut Norrland norjuus Turku Turussa turkulainen turkis lettu lettuja lätäkkö latva
    estää este estimate polttoaine poolaasta poolametlik Puolanka puoli puolesta saksien saksilla sallia
    sallii sallittu sallimus vartija vartiossa kolari kolarissa pellon pellolla kurvinen kurvi orava orvon
    orpokoti koidupuna narval Narvik lyttää lyttyyn ryske ryskyy russ russen finns finn finner ester letter
    lettere minska minskas dania tuskin tai island islander indiskret peru perui maltan malttaa omani ankara
    korea nepalīdz nepalankus viļņa turku medyk медика половцы бурачок кузница открытка советский нарвал
    германий салют Полякова ларс печенье белизна макроэкономика
    tallin peruu omaani butan salle store stører lett lettere polis poles dane dania fin finka roma Irene brit
    estas danas soul indie stubbs turkit brest Brest nida Medyka polovtsy laredo presidio hidalgo
    силен вена вены чехов турка финка финно цар росси атаки атака морское поречье дубки чоп крупа
    кулебяка беличий гамбит мамалыга кениг кенигсберг карсавин ливанов тиран тирана makroner kulebane torhamn
    gatunamn heihei namangan hindus tullin itse kremlor köpa norrland støy støa hån eda linken chop
    forst grad saldo kehl elten suben vale gradina moreh muse taba arida habur
"""


def _data() -> dict[str, Any]:
    return tomllib.loads(PLACES.read_text(encoding="utf-8"))


def _country(table: dict[str, Any]) -> Country:
    towards = {neighbour: tuple(terms) for neighbour, terms in table.get("towards", {}).items()}
    lists = ("names", "adjectives", "authorities", "land_neighbours")
    return Country(table["code"], towards=towards, **{name: tuple(table.get(name, ())) for name in lists})


def _crossing(table: dict[str, Any]) -> Crossing:
    return Crossing(table["name"], table["country"], table["neighbour"], tuple(table["terms"]))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    data = _data()
    groups = tuple(Group(each["name"], tuple(each["members"]), tuple(each["terms"])) for each in data["group"])
    return Gazetteer(tuple(map(_country, data["country"])), tuple(map(_crossing, data["crossing"])), groups)


@pytest.fixture(scope="module")
def atlas(gazetteer: Gazetteer) -> Atlas:
    return Atlas(gazetteer)


def _mentions(atlas: Atlas, text: str) -> list[Mention]:
    return atlas.mentions(tokens(fold(normalise(text))), (), home=None)


def _terms(gazetteer: Gazetteer) -> Iterator[str]:
    for country in gazetteer.countries:
        yield from (*country.names, *country.adjectives, *country.authorities)
        for terms in country.towards.values():
            yield from terms
    for crossing in gazetteer.crossings:
        yield from crossing.terms


def _forms(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(form, place) for place, forms in table.items() for form in forms.split()]


def _phrases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(phrase, place) for place, phrases in table.items() for phrase in phrases]


def test_no_country_and_no_crossing_stands_twice(gazetteer: Gazetteer) -> None:
    codes = [country.code for country in gazetteer.countries]
    names = [crossing.name for crossing in gazetteer.crossings]
    assert len(codes) > 100
    assert len(names) > 200
    assert sorted(set(codes)) == sorted(codes)
    assert sorted(set(names)) == sorted(names)


def test_borders_have_two_known_sides_that_agree(gazetteer: Gazetteer) -> None:
    neighbours = {country.code: set(country.land_neighbours) for country in gazetteer.countries}
    one_sided = {
        (code, other)
        for code, others in neighbours.items()
        for other in others
        if code not in neighbours.get(other, ())
    }
    assert one_sided == set()


def test_crossings_and_border_words_lead_to_a_neighbour(gazetteer: Gazetteer) -> None:
    neighbours = {country.code: country.land_neighbours for country in gazetteer.countries}
    for crossing in gazetteer.crossings:
        assert crossing.neighbour in neighbours[crossing.country], crossing.name
    for country in gazetteer.countries:
        assert set(country.towards) <= set(country.land_neighbours), country.code


def test_terms_are_written_as_texts_are_folded(gazetteer: Gazetteer) -> None:
    for term in _terms(gazetteer):
        assert term == fold(unicodedata.normalize("NFC", term)).strip()
        assert not re.search(r"(^|[\s|])\*", term), f"{term!r} would find any word"


def test_no_word_mixes_latin_and_cyrillic_letters(gazetteer: Gazetteer) -> None:
    words = {word for term in _terms(gazetteer) for word in re.findall(r"[^\W\d_]+", term)}
    assert [w for w in words if re.search("[a-zà-ž]", w) and re.search("[а-яёіїєґ]", w)] == []


def test_a_star_has_at_least_three_letters_before_it(gazetteer: Gazetteer) -> None:
    for term in _terms(gazetteer):
        assert not re.search(r"(?<!\w)\w{1,2}\*", term), term


@pytest.mark.parametrize(("form", "name"), _forms(CROSSINGS) + _phrases(CROSSING_PHRASES))
def test_a_crossing_is_found_in_the_forms_of_the_news(atlas: Atlas, form: str, name: str) -> None:
    assert name in [m.crossing.name for m in _mentions(atlas, form) if m.crossing is not None]


@pytest.mark.parametrize(("form", "code"), _forms(COUNTRIES) + _forms(GERMAN) + _phrases(COUNTRY_PHRASES))
def test_a_country_is_found_in_the_forms_of_the_news(atlas: Atlas, form: str, code: str) -> None:
    assert {m.country for m in _mentions(atlas, form)} == {code}


@pytest.mark.parametrize(("phrase", "code"), _phrases(SPEAKERS))
def test_those_who_speak_for_a_state_are_known(atlas: Atlas, phrase: str, code: str) -> None:
    assert code in {m.country for m in _mentions(atlas, phrase) if m.part is Part.AUTHORITY}


@pytest.mark.parametrize("word", LOOK_ALIKES.split())
def test_a_look_alike_is_no_place(atlas: Atlas, word: str) -> None:
    assert _mentions(atlas, word) == []


def test_the_longer_phrase_hides_the_place_in_it(atlas: Atlas) -> None:
    assert [m.country for m in _mentions(atlas, "Latvian rajavartiolaitos")] == ["LV"]
    assert [m.country for m in _mentions(atlas, "Valko-Venäjän raja")] == ["BY"]
    assert [m.country for m in _mentions(atlas, "Nordirland och South Korea")] == ["GB", "KR"]
    inari = _mentions(atlas, "Inarin Raja-Jooseppi")
    assert [m.crossing.name for m in inari if m.crossing is not None] == ["Raja-Jooseppi"]


def test_a_street_and_a_poet_are_no_crossings(atlas: Atlas) -> None:
    for text in ("Narva mnt 5, Tallinn", "Lydia Koidula luule"):
        assert all(m.crossing is None for m in _mentions(atlas, text))


def test_the_baltic_states_are_all_three(atlas: Atlas) -> None:
    for text in (
        "the Baltics",
        "Baltikum",
        "Baltimaad",
        "Baltic states",
        "Baltian maat",
        "baltiska länderna",
        "Balti riigid",
        "страны Балтии",
        "baltischen Staaten",
    ):
        assert {m.country for m in _mentions(atlas, text)} == {"EE", "LV", "LT"}


def test_pronouns_and_directions_name_no_country(atlas: Atlas) -> None:
    for text in ("they told us to wait", "den norra gränsen stängs", "vene ja laituri", "Kurvinen: hyvä päätös"):
        assert _mentions(atlas, text) == []


def test_a_border_word_tells_owner_and_neighbour_in_news_of_that_country(atlas: Atlas) -> None:
    row = tokens("itärajan")
    (here,) = atlas.mentions(row, (), home="FI")
    assert (here.country, here.towards) == ("FI", "RU")
    assert atlas.mentions(row, (), home="SE") == []


@pytest.mark.parametrize(
    ("home", "text", "neighbour"),
    [
        ("FI", "восточную границу", "RU"),
        ("FI", "восточной границе", "RU"),
        ("FI", "Ostgrenze", "RU"),
        ("FI", "östlichen Grenze", "RU"),
        ("FI", "Russlandgrenze", "RU"),
        ("FI", "eastern frontier", "RU"),
        ("FI", "östgränsen", "RU"),
        ("FI", "länsirajalla", "SE"),
        ("EE", "idapiiri", "RU"),
        ("EE", "kagupiiril", "RU"),
        ("NO", "østgrensa", "RU"),
        ("NO", "russegrensa", "RU"),
        ("NO", "russlandsgrensen", "RU"),
        ("NO", "svenskegrensen", "SE"),
        ("LV", "austrumu robežu", "RU"),
        ("LT", "rytų sieną", "BY"),
        ("PL", "wschodnią granicę", "BY"),
        ("PL", "granicy wschodniej", "BY"),
        ("DE", "Oder-Neiße-Grenze", "PL"),
        ("GR", "Evros border", "TR"),
    ],
)
def test_a_border_by_its_side_has_its_neighbour(atlas: Atlas, home: str, text: str, neighbour: str) -> None:
    found = atlas.mentions(tokens(fold(text)), (), home=home)
    assert [(m.country, m.towards) for m in found if m.towards is not None] == [(home, neighbour)]


def test_the_eastern_border_of_no_country_is_the_one_of_the_north(atlas: Atlas) -> None:
    """Where no outlet and no name tells whose it is, other states' words must not come before Finland's."""
    for text in ("The eastern border will be closed", "Die Ostgrenze", "Восточная граница закрыта"):
        assert [m.country for m in _mentions(atlas, text) if m.towards is not None] == ["FI"]


def test_what_only_looks_like_a_crossing_in_other_words_is_none(atlas: Atlas) -> None:
    for text in (
        "Brest in Frankreich",
        "El Paso County",
        "Narva-Jõesuu sanatoorium",
        "песок и море, поречье",
        "Frankfurt am Main",
        "Weg nach Gubener Straße",
        "Chop the onions",
    ):
        assert [m.crossing.name for m in _mentions(atlas, text) if m.crossing is not None] == []


def test_a_word_of_several_states_makes_none_of_them_speak(atlas: Atlas) -> None:
    for text in (
        "gränsbevakningen larmar",
        "Госпогранслужба не отметила",
        "Bundesrat",
        "die Russen kommen, viele Risse",
    ):
        assert [m for m in _mentions(atlas, text) if m.part is Part.AUTHORITY] == [], text


def test_an_authority_of_one_state_is_not_another_ones(atlas: Atlas) -> None:
    for text, code in (
        ("estnische Regierung", "EE"),
        ("lettische Grenzschutzbehörde", "LV"),
        ("правительство Литвы", "LT"),
        ("польские пограничники", "PL"),
        ("den norske regjeringen", "NO"),
        ("österreichische Bundesregierung", "AT"),
        ("ukrainischer Grenzschutz", "UA"),
    ):
        assert {m.country for m in _mentions(atlas, text)} == {code}, text
