"""Short news in Latvian, and what each says: who decides, what is only weighed, how many came."""

from __future__ import annotations

import pytest

from .conftest import Read
from .wording import told

THURSDAY = "2023-11-16"

Row = tuple[str, str, set[str]]

LATVIAN: list[Row] = [
    # What may come is not what comes.
    ("Kučinskis neizslēdz robežas ar Krieviju slēgšanu", "", {"closure_considered LV"}),
    ("Latvija vajadzības gadījumā gatava slēgt visus robežpunktus", "", {"closure_considered LV"}),
    ("Iekšlietu ministrs: pagaidām nav vajadzības slēgt robežu", "", {"closure_ruled_out LV"}),
    ("Valdība neplāno slēgt Terehovas robežpunktu", "", {"closure_ruled_out LV Terehova"}),
    ("Robežsardze neredz iemeslu slēgt robežpunktus", "", {"closure_ruled_out LV"}),
    ("Latvija neslēgs robežu ar Baltkrieviju", "", {"closure_ruled_out LV"}),
    ("Polija noraida robežas ar Baltkrieviju slēgšanu", "", {"closure_ruled_out PL"}),
    ("Nacionālā apvienība prasa slēgt austrumu robežu", "", {"closure_considered LV"}),
    ("Eksperts: Latvijai vajadzētu slēgt robežu ar Krieviju", "", {"closure_considered LV"}),
    ("Jāslēdz robeža ar Krieviju, uzskata deputāts", "", {"closure_considered LV"}),
    ("Norvēģija apsver robežas ar Krieviju slēgšanu", "", {"closure_considered NO"}),
    ("Somija gatavojas slēgt visu robežu", "", {"closure_considered FI"}),
    ("Valdība rīt lems, vai slēgt Pāternieku robežpunktu", "", {"closure_considered LV Pāternieki"}),
    ("Igaunija var slēgt robežu ar Krieviju", "", {"closure_considered EE"}),
    ("Lietuva draud slēgt robežu ar Baltkrieviju", "", {"closure_considered LT"}),
    ("Ja spiediens pieaugs, Latvija slēgs Pāternieku robežpunktu", "", {"closure_considered LV Pāternieki"}),
    ("Vai Latvija slēgs robežu?", "", {"closure_considered LV"}),
    ("Lēmums par robežas slēgšanu vēl nav pieņemts", "", {"closure_considered LV"}),
    ("Lietuva kopā ar Poliju slēgtu robežu ar Baltkrieviju", "", {"closure_considered LT"}),
    # Decided, in the words of headlines.
    ("Latvija slēdz austrumu robežu", "", {"closure_announced LV"}),
    ("Slēgts Silenes robežkontroles punkts", "", {"closure_announced LV Silene"}),
    ("Valdība nolemj slēgt Grebņevas robežpunktu", "", {"closure_announced LV Grebņeva"}),
    ("Polija aizver robežu ar Baltkrieviju", "", {"closure_announced PL"}),
    (
        "Somija aizvērs četrus robežpunktus",
        'Robežpunkti "Vālimā" un "Nuijamā" tiks slēgti naktī uz sestdienu un paliks slēgti līdz 18. februārim.',
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-18 until 2024-02-18"},
    ),
    ("Somijā atvērts paliks tikai Rajajosepi robežpunkts", "", {"closure_announced FI Raja-Jooseppi"}),
    ("Somija slēgs visus robežpunktus, izņemot Rajajosepi", "", {"closure_announced FI Raja-Jooseppi"}),
    ("Polija aptur satiksmi pār robežu ar Baltkrieviju", "", {"closure_announced PL"}),
    ("Apturēta Pededzes un Vientuļu robežpunktu darbība", "", {"closure_announced LV Pededze Vientuļi"}),
    (
        "Silenes robežpunkts būs slēgts no 2023. gada 20. novembra līdz 2024. gada 20. februārim",
        "",
        {"closure_announced LV Silene from 2023-11-20 until 2024-02-20"},
    ),
    ("Lietuva paziņo par robežas ar Baltkrieviju slēgšanu", "", {"closure_announced LT"}),
    # What is closed stays closed, or opens.
    ("Somija pagarina robežas slēgšanu", "", {"closure_extended FI"}),
    ("Silenes robežpunkts paliks slēgts", "", {"closure_extended LV Silene"}),
    ("Somija robežu neatvērs pirms februāra", "", {"closure_extended FI"}),
    ("Somijas robeža arī turpmāk būs slēgta", "", {"closure_extended FI"}),
    ("Somija atver divus robežpunktus", "", {"reopening_announced FI"}),
    ("Lietuva atkal atvērusi robežu ar Baltkrieviju", "", {"reopening_announced LT"}),
    ("Silenes robežpunkts atsācis darbu", "", {"reopening_announced LV Silene"}),
    ("Polija ver vaļā robežu ar Baltkrieviju", "", {"reopening_announced PL"}),
    ("Lietuva apsver robežpunktu atvēršanu", "", {"reopening_considered LT"}),
    # Short of closing.
    ("Narvas robežpunktu slēgs pa naktīm", "", {"restriction_announced EE Narva"}),
    ("Luhamā robežpunkts turpmāk strādās tikai dienas laikā", "", {"restriction_announced EE Luhamaa"}),
    ("Zviedrija atjauno robežkontroli", "", {"restriction_announced SE"}),
    ("Vācija ievieš kontroli uz robežas ar Poliju", "", {"restriction_announced DE"}),
    ("Latvija aizliedz Krievijas tūristiem ieceļot valstī", "", {"restriction_announced LV"}),
    ("Somija slēgs robežu krievu tūristiem", "", {"restriction_announced FI"}),
    (
        "Patvēruma pieteikumus uz robežas varēs iesniegt tikai Sallā un Vartiusā",
        "",
        {"restriction_announced FI Salla Vartius"},
    ),
    ("Terehovā aizliegs šķērsot robežu ar velosipēdiem", "", {"restriction_announced LV Terehova"}),
    # How many came.
    ("Vakar pie Narvas robežpunkta ieradās 58 patvēruma meklētāji", "", {"58 asylum_seekers day EE"}),
    (
        "Diennaktī novērsti 12 mēģinājumi nelikumīgi šķērsot robežu",
        "",
        {"12 irregular_crossings day LV"},
    ),
    ("Nedēļas laikā uz robežas aizturēti vairāk nekā 300 migrantu", "", {"~300 migrants week LV"}),
    ("Uz robežas ieradušies desmitiem migrantu", "", {"~20-90 migrants unspecified LV"}),
    ("Novembrī Somijas robežu šķērsoja pāris simti bēgļu", "", {"~200 asylum_seekers month FI"}),
    ("Robežu šķērsoja no 30 līdz 40 migrantiem", "", {"30-40 migrants unspecified LV"}),
    ("Šogad uz robežas atturēti 1,5 tūkstoši robežpārkāpēju", "", {"1500 irregular_crossings year LV"}),
    # Other borders, other closings.
    ("Remonta dēļ slēgs ceļu uz Terehovas robežpunktu", "", set()),
    ("Robežsargi Ludzas novadā aiztur divus cigarešu kontrabandistus", "", set()),
    ("Pie robežpunkta slēgts pēdējais veikals", "", set()),
    ("Dronu dēļ slēgta Rīgas lidosta", "", set()),
    ("Cilvēka iespēju robežas: maratonists skrien diennakti", "", set()),
    ("Saeima slēgtā sēdē spriež par robežas žogu", "", set()),
    ("Zviedrija slēdz konsulātu, nevis robežu", "", set()),
    ("Noslēgts līgums par robežas infrastruktūras būvi", "", set()),
    ("Daugavpils skolās pagarinās brīvdienas", "", set()),
]


@pytest.mark.parametrize(("headline", "text", "expected"), LATVIAN, ids=[row[0] for row in LATVIAN])
def test_latvian_news_says(read: Read, headline: str, text: str, expected: set[str]) -> None:
    reading = read(headline, text, day=THURSDAY, language="lv", home="LV")
    assert reading.language == "lv"
    assert told(reading) == expected
