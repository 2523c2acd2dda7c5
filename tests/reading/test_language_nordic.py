"""Short news in Norwegian and Swedish, and what each says: who decides, what is only weighed, how many came."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from gatewatch.model import Item, Source
from gatewatch.reading import Reader
from gatewatch.settings.learned import learned
from gatewatch.settings.shipped import shipped_rules
from gatewatch.settings.words import load_words

from .wording import told

THURSDAY = datetime(2023, 11, 16, 10, tzinfo=UTC)


@cache
def shipped_reader() -> Reader:
    return Reader(*load_words(shipped_rules()), learned())


def said(home: str, headline: str, text: str = "") -> set[str]:
    """Events and counts in short words: "closure_announced FI Vaalimaa from 2023-11-18", "~50 people day NO"."""
    language = {"NO": "no", "SE": "sv", "FI": "sv"}[home]
    item = Item(id="1", source="paper", title=headline, summary=text, published=THURSDAY)
    reading = shipped_reader().read(item, Source(id="paper", url="", country=home, language=language))
    assert reading.language == language
    return told(reading)


NORWEGIAN = [
    # What may come is not what comes.
    ("Norge utelukker ikke å stenge grensa mot Russland", "", {"closure_considered NO"}),
    ("– Vi nøler ikke med å stenge Storskog om det blir nødvendig", "", {"closure_considered NO Storskog"}),
    ("Ser ikke behov for å stenge grensen mot Russland", "", {"closure_ruled_out NO"}),
    ("Regjeringa har ingen planar om å stengje grensa mot Russland", "", {"closure_ruled_out NO"}),
    ("Støre: Uaktuelt å stenge Storskog nå", "", {"closure_ruled_out NO Storskog"}),
    ("Regjeringen vil ikke stenge grensen mot Russland", "", {"closure_ruled_out NO"}),
    ("Mehl avviser at Norge skal stenge grensa mot Russland", "", {"closure_ruled_out NO"}),
    ("Frp krever at grensen mot Russland stenges", "", {"closure_considered NO"}),
    ("Ordføreren mener grensen bør stenges", "", {"closure_considered NO"}),
    ("Finland gjør seg klar til å stenge hele grensen mot Russland", "", {"closure_considered FI"}),
    ("Norge vurderer å innføre grensekontroll mot Sverige", "", {"closure_considered NO"}),
    ("Estland truer med å stenge alle overgangene mot Russland", "", {"closure_considered EE"}),
    ("Finland åpner for å stenge flere grensestasjoner", "", {"closure_considered FI"}),
    ("Regjeringen avgjør i dag om grensen skal stenges", "", {"closure_considered NO"}),
    (
        "Mehl: Kan stenge grensa på kort varsel",
        "Det er ikkje aktuelt å stengje grensa no, seier justisministeren.",
        {"closure_considered NO", "closure_ruled_out NO"},
    ),
    # Decisions, in verbs, participles and nouns.
    ("Finland stenger fire grensestasjoner natt til lørdag", "", {"closure_announced FI from 2023-11-18"}),
    (
        "Finland stengjer Vaalimaa og Nuijamaa frå laurdag",
        "",
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-18"},
    ),
    ("Grensa mot Russland blir stengt fra midnatt", "", {"closure_announced NO from 2023-11-17"}),
    ("Vedtok full stenging av grensa mot Russland", "", {"closure_announced NO"}),
    (
        "Grensestenging i Finland",
        "Den finske regjeringen har besluttet å stenge alle overgangene mot Russland.",
        {"closure_announced FI"},
    ),
    (
        "Finland stenger alle grenseoverganger unntatt Raja-Jooseppi",
        "",
        {"closure_announced FI Raja-Jooseppi"},
    ),
    ("Storskog stengt for all trafikk", "", {"closure_announced NO Storskog"}),
    (
        "Finland stenger grensen",
        "Innenriksminister Mari Rantanen sa at grensa skulle stenges natt til lørdag 18. november.",
        {"closure_announced FI from 2023-11-18"},
    ),
    (
        "Finland forlenger stengingen av grensen mot Russland til 14. april",
        "",
        {"closure_extended FI until 2024-04-14"},
    ),
    ("Finland held grensa mot Russland stengd", "", {"closure_extended FI"}),
    ("Grensen forblir stengt til 13. desember", "", {"closure_extended NO until 2023-12-13"}),
    ("Finland gjenåpner to grenseoverganger mot Russland", "", {"reopening_announced FI"}),
    ("Storskog grensestasjon opnar att på måndag", "", {"reopening_announced NO Storskog from 2023-11-20"}),
    ("Storskog forblir åpen", "", {"closure_ruled_out NO Storskog"}),
    ("Regjeringen vurderer å gjenåpne grensen", "", {"reopening_considered NO"}),
    # Less than a closure.
    ("Norge stenger grensen for russiske turister", "", {"restriction_announced NO"}),
    ("Storskog stenges for biler fra fredag", "", {"restriction_announced NO Storskog from 2023-11-17"}),
    ("Estland stenger grensen om natta", "", {"restriction_announced EE"}),
    ("Regjeringen innfører innreiseforbud for russere", "", {"restriction_announced NO"}),
    # Other closures, other borders.
    ("Skolen ved grensa stenger etter jul", "", set()),
    ("E6 stengt på grunn av ras", "Veien er stengt i begge retninger.", set()),
    ("Aldersgrensen åpner for flere", "", set()),
    (
        "Handelen blør i Kirkenes",
        "Det er ett år siden Norge stengte grensen for alle.",
        {"closure_announced NO background"},
    ),
    # How many.
    ("86 asylsøkere kom over Storskog i går", "", {"86 asylum_seekers day NO"}),
    ("Et halvt hundre asylsøkere krysset grensa ved Storskog onsdag", "", {"~50 asylum_seekers day NO"}),
    ("Flere titalls migranter kom til grensen mot Russland", "", {"~20-90 migrants unspecified NO"}),
    ("Om lag 1.300 asylsøkere har kommet over grensa hittil i år", "", {"~1300 asylum_seekers since NO"}),
    ("To hundre personer tatt imot på Storskog forrige uke", "", {"200 people week NO"}),
    ("Mellom 30 og 40 asylsøkjarar kjem over grensa kvar dag", "", {"30-40 asylum_seekers day NO"}),
    ("Kø på Storskog", "Rundt 400 biler og 20 grensevakter sto ved grensen.", set()),
    # The same in longer sentences, beside other borders and other news.
    ("Russland stenger grensa mot Norge", "", {"closure_announced RU"}),
    (
        "Statsministeren: – Vi stenger grensen",
        "Fra klokka 18 i kveld stenges alle grenseoverganger mot Russland.",
        {"closure_announced NO from 2023-11-16"},
    ),
    ("Polen stengjer grensa mot Kviterussland", "", {"closure_announced PL"}),
    ("Latvia og Litauen vurderer å stenge grensen mot Belarus", "", {"closure_considered LT", "closure_considered LV"}),
    ("Finland stenger den siste åpne overgangen mot Russland", "", {"closure_announced FI"}),
    ("Finland kommer til å stenge grensen mot Russland", "", {"closure_announced FI"}),
    ("Kreml: Stenging av grensa vil svekke Finland", "", set()),
    ("Russland kaller stengingen av finskegrensen en feil", "", set()),
    ("Frykter at grensen stenges", "", {"closure_considered NO"}),
    ("Hva skjer hvis Norge stenger grensen?", "", {"closure_considered NO"}),
    ("Stenger Norge grensen mot Russland?", "", {"closure_considered NO"}),
    ("Bør Norge stenge grensen mot Russland?", "", {"closure_considered NO"}),
    ("Stengte dører for russiske diplomater", "Utenriksdepartementet holdt møtet ved grensa.", set()),
    ("Ikke behov for å stenge grensa nå, men beredt", "", {"closure_ruled_out NO"}),
    ("Det finst ingen planar om grensestenging, seier Mehl", "", {"closure_ruled_out NO"}),
    ("Finland vil åpne grensen igjen dersom situasjonen bedrer seg", "", {"reopening_considered FI"}),
    ("Regjeringen opphever grensekontrollen mot Sverige", "", {"reopening_announced NO"}),
    (
        "Norge forlenger grensekontrollen",
        "Regjeringen har besluttet å videreføre kontrollen på indre Schengen-grense til 11. mai.",
        {"restriction_announced NO until 2024-05-11"},
    ),
    ("Politiet stanset trafikken over Storskog", "", {"closure_announced NO Storskog"}),
    ("Over tusen flyktninger har krysset grensen ved Storskog siden august", "", {"~1000 asylum_seekers since NO"}),
    ("Bare fire asylsøkere på Storskog i november", "", {"4 asylum_seekers month NO"}),
    ("Noen hundre migranter venter ved den finske grensen", "", {"~200-500 migrants unspecified FI"}),
    (
        "Hundrevis av asylsøkere har kommet til Finland over grensen mot Russland",
        "",
        {"~200-900 asylum_seekers unspecified FI"},
    ),
    ("I 2015 kom 5500 asylsøkere over Storskog", "Nå er det rolig ved grensen.", {"5500 asylum_seekers year NO"}),
    ("Regjeringa har gjort vedtak om å stengje grensa mot Russland", "", {"closure_announced NO"}),
    (
        "Finland",
        "Den finske regjeringen vedtok torsdag å stenge fire av ni overganger på grensa mot Russland.",
        {"closure_announced FI"},
    ),
    (
        "Finland",
        "Fra natt til lørdag er overgangene Vaalimaa og Nuijamaa stengt, opplyser den finske grensevakta.",
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-18"},
    ),
    ("Justisministeren har fått fullmakt til å stenge grensen på Storskog", "", {"closure_considered NO Storskog"}),
    ("Norge må stenge grensen, mener Listhaug", "", {"closure_considered NO"}),
    (
        "Mehl ber finske myndigheter om råd",
        "Norge har ikke tatt stilling til om grensen skal stenges.",
        {"closure_considered NO"},
    ),
    ("Finland har ikke bestemt om flere overganger skal stenges", "", {"closure_considered FI"}),
    ("Grensekommissæren: – Storskog holdes åpen", "", {"closure_ruled_out NO Storskog"}),
    ("Norge stengte grensen i 2020", "", {"closure_announced NO background"}),
    ("Finland hadde tidligere stengt fire overganger", "", {"closure_announced FI background"}),
    ("Finland opnar ikkje grensa att", "", {"closure_extended FI"}),
    ("Finland åpner ikke grensen mot Russland", "", {"closure_extended FI"}),
    ("Finland stenger alle grenseoverganger bortsett fra én", "", {"closure_announced FI"}),
    ("Oljefondet stenger kontoret", "Grensen mellom fag og politikk er viktig.", set()),
    ("Grensehandelen øker kraftig", "", set()),
    (
        "Opp mot 600 asylsøkere har kommet til Finland denne måneden",
        "De kom over grensen mot Russland.",
        {"~600 asylum_seekers month FI"},
    ),
    ("30 asylsøkere avvist på Storskog lørdag", "", {"30 asylum_seekers day NO"}),
    ("Stoltenberg åpner dørene for Sverige", "Grensen mot Russland er lang.", set()),
    ("Slik blir Norges svar om grensen stenges", "Regjeringen forbereder seg.", {"closure_considered NO"}),
    ("Innfører visumstans for russere ved grensen", "", {"restriction_announced NO"}),
]

SWEDISH = [
    ("SE", "Finland utesluter inte att hela östgränsen stängs", "", {"closure_considered FI"}),
    ("FI", "Regeringen tvekar inte att stänga gränsen om det behövs", "", {"closure_considered FI"}),
    ("FI", "Rantanen: Inget behov av att stänga gränsen i nuläget", "", {"closure_ruled_out FI"}),
    ("FI", "Regeringen har inga planer på att stänga östgränsen", "", {"closure_ruled_out FI"}),
    ("FI", "Orpo: Gränsen stängs inte", "", {"closure_ruled_out FI"}),
    ("FI", "Sannfinländarna kräver att östgränsen stängs", "", {"closure_considered FI"}),
    ("FI", "Experten: Östgränsen borde stängas helt", "", {"closure_considered FI"}),
    ("FI", "Regeringen bereder sig på att stänga gränsen", "", {"closure_considered FI"}),
    ("SE", "Finland överväger att stänga fler gränsövergångar mot Ryssland", "", {"closure_considered FI"}),
    ("SE", "Sverige överväger att införa gränskontroller mot Danmark", "", {"closure_considered SE"}),
    ("FI", "Statsrådet beslutar i dag om östgränsen ska stängas", "", {"closure_considered FI"}),
    ("FI", "Regeringen föreslår att gränsövergångsställena stängs", "", {"closure_considered FI"}),
    ("FI", "Gränsbevakningen: Vid behov kan hela östgränsen stängas", "", {"closure_considered FI"}),
    ("SE", "Estland hotar stänga gränsen mot Ryssland", "", {"closure_considered EE"}),
    (
        "FI",
        "Orpo: Ingen orsak att stänga gränsen nu",
        "Vi är ändå beredda att stänga gränsövergångarna om läget förvärras.",
        {"closure_ruled_out FI", "closure_considered FI"},
    ),
    (
        "FI",
        "Fyra gränsövergångsställen stängs natten till lördag",
        "",
        {"closure_announced FI from 2023-11-18"},
    ),
    (
        "FI",
        "Statsrådet beslutade stänga Vaalimaa, Nuijamaa, Imatra och Niirala",
        "",
        {"closure_announced FI Vaalimaa Nuijamaa Imatra Niirala"},
    ),
    ("SE", "Finland stänger gränsen mot Ryssland", "", {"closure_announced FI"}),
    ("SE", "Finland stänger alla gränsstationer utom Raja-Jooseppi", "", {"closure_announced FI Raja-Jooseppi"}),
    ("FI", "Regeringen fattade beslut om gränsstängning", "", {"closure_announced FI"}),
    (
        "FI",
        "Östgränsen",
        "Hela östgränsen är stängd från och med den 30 november till den 13 december, meddelade regeringen.",
        {"closure_announced FI from 2023-11-30 until 2023-12-13"},
    ),
    (
        "FI",
        "Gränsen stängs",
        "Inrikesminister Rantanen sade att gränsen skulle stängas natten mot fredag.",
        {"closure_announced FI from 2023-11-17"},
    ),
    ("SE", "Estniska gränsövergången i Narva stängd", "", {"closure_announced EE Narva"}),
    ("FI", "Östgränsen hålls stängd till den 14 april", "", {"closure_extended FI until 2024-04-14"}),
    ("FI", "Regeringen förlänger gränsstängningen med två månader", "", {"closure_extended FI"}),
    ("SE", "Finlands gräns mot Ryssland förblir stängd", "", {"closure_extended FI"}),
    (
        "FI",
        "Vaalimaa och Niirala öppnas igen på torsdag",
        "",
        {"reopening_announced FI Vaalimaa Niirala from 2023-11-16"},
    ),
    ("FI", "Regeringen överväger att öppna östgränsen", "", {"reopening_considered FI"}),
    ("FI", "Gränsövergångarna hålls öppna", "", {"closure_ruled_out FI"}),
    ("SE", "Finland stänger gränsen för ryska turister", "", {"restriction_announced FI"}),
    ("SE", "Finland förbjuder cyklister vid gränsövergångarna", "", {"restriction_announced FI"}),
    ("SE", "Regeringen återinför gränskontroller", "", {"restriction_announced SE"}),
    ("SE", "Estland stänger gränsövergången i Narva nattetid", "", {"restriction_announced EE Narva"}),
    ("SE", "Skolan vid gränsen stängs", "", set()),
    ("SE", "Vägen stängd efter olycka", "Polisen har spärrat av vägen mot norska gränsen.", set()),
    ("SE", "Butikerna i Haparanda öppnar igen", "", set()),
    (
        "SE",
        "Gränshandeln blöder",
        "För tre år sedan stängde Finland gränsen mot Sverige.",
        {"closure_announced FI background"},
    ),
    ("FI", "I går kom 75 asylsökande till östgränsen", "", {"75 asylum_seekers day FI"}),
    ("FI", "Ett femtiotal asylsökande kom till Niirala på onsdagen", "", {"~50 asylum_seekers day FI"}),
    ("FI", "Tiotals migranter vid östgränsen", "", {"~20-90 migrants unspecified FI"}),
    ("FI", "Drygt 1 300 personer har anlänt över östgränsen sedan augusti", "", {"~1300 people since FI"}),
    ("FI", "Tjugofem asylsökande per dag kom till gränsen", "", {"25 asylum_seekers day FI"}),
    ("FI", "Ett par hundra asylsökande korsade gränsen förra veckan", "", {"~200 asylum_seekers week FI"}),
    ("FI", "Kö vid Vaalimaa", "Kring 300 bilar och 40 resenärer väntade vid gränsen.", set()),
    # The same in longer sentences, beside other borders and other news.
    ("FI", "Ryssland stänger gränsen mot Finland", "", {"closure_announced RU"}),
    (
        "FI",
        "Hela östgränsen stängs",
        "Statsrådet fattade på torsdagen beslut om att stänga samtliga gränsövergångsställen vid landgränsen.",
        {"closure_announced FI"},
    ),
    (
        "FI",
        "Statsrådet stänger gränsen",
        "Gränsövergångsställena Vaalimaa, Nuijamaa, Imatra och Niirala stängs natten mellan fredag och lördag.",
        {"closure_announced FI Vaalimaa Nuijamaa Imatra Niirala from 2023-11-18"},
    ),
    ("FI", "Endast Raja-Jooseppi hålls öppen när gränsen stängs", "", {"closure_announced FI Raja-Jooseppi"}),
    (
        "FI",
        "Beslut om östgränsen väntas i dag",
        "Regeringen ska ta ställning till om gränsövergångarna ska stängas.",
        {"closure_considered FI"},
    ),
    ("FI", "Kan Finland stänga gränsen mot Ryssland?", "", {"closure_considered FI"}),
    ("FI", "Stängs östgränsen?", "", {"closure_considered FI"}),
    ("FI", "Justitiekanslern granskar beslutet om att stänga gränsen", "", set()),
    ("FI", "Rantanen: Fler gränsstationer kan komma att stängas", "", {"closure_considered FI"}),
    ("FI", "Regeringen har beredskap att stänga hela gränsen", "", {"closure_considered FI"}),
    ("FI", "Gränsen mot Ryssland är fortsättningsvis stängd", "", {"closure_extended FI"}),
    ("FI", "Finland vill inte stänga gränsen", "", {"closure_ruled_out FI"}),
    ("FI", "Orpo avvisar kraven på att stänga östgränsen", "", {"closure_ruled_out FI"}),
    (
        "FI",
        "Gränsbevakningsväsendet: Asylansökningar tas emot endast i Salla och Vartius",
        "",
        {"restriction_announced FI Salla Vartius"},
    ),
    ("FI", "Cyklister får inte längre korsa gränsen i Vartius", "", {"restriction_announced FI Vartius"}),
    ("FI", "Gränsövergångarnas öppettider förkortas", "", {"restriction_announced FI"}),
    ("FI", "Regeringen ska besluta om fortsättningen för stängningen av östgränsen", "", {"closure_considered FI"}),
    ("FI", "Undantagslagen antogs – riksdagen gav regeringen rätt att stänga gränsen", "", {"closure_considered FI"}),
    ("SE", "Danmark inför gränskontroll mot Sverige", "", {"restriction_announced DK"}),
    (
        "SE",
        "Regeringen förlänger gränskontrollerna till den 11 maj 2024",
        "",
        {"restriction_announced SE until 2024-05-11"},
    ),
    ("SE", "Norge stänger gränsen mot Sverige för alla utan bostad i landet", "", {"restriction_announced NO"}),
    ("SE", "Polen stängde gränsen mot Belarus i fredags", "", {"closure_announced PL from 2023-11-10"}),
    ("SE", "Fotbollsförbundet stänger läktaren", "Gränsen är nådd, säger ordföranden.", set()),
    ("SE", "Vi måste dra en gräns, säger ministern", "Kontoret stängs i höst.", set()),
    ("FI", "Hittills i november har 415 personer kommit över östgränsen", "", {"415 people since FI"}),
    ("FI", "Över 300 asylsökande på tre dygn vid östgränsen", "", {"~300 asylum_seekers unspecified FI"}),
    (
        "FI",
        "Under fredagen anlände 39 asylsökande till Nuijamaa och 13 till Vaalimaa",
        "",
        {"13 asylum_seekers day FI", "39 asylum_seekers day FI"},
    ),
    ("FI", "30–40 asylsökande om dagen till östgränsen", "", {"30-40 asylum_seekers day FI"}),
    (
        "FI",
        "Regeringen har i dag beslutat att stänga fyra gränsövergångsställen vid östgränsen",
        "",
        {"closure_announced FI"},
    ),
    (
        "FI",
        "Gränsstationerna i Vaalimaa och Nuijamaa stänger vid midnatt",
        "",
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-17"},
    ),
    (
        "FI",
        "Gränsövergångsställena är stängda till och med den 13 december",
        "",
        {"closure_announced FI until 2023-12-13"},
    ),
    ("FI", "Det finns ingen anledning att stänga gränsen, säger Orpo", "", {"closure_ruled_out FI"}),
    ("FI", "Det är inte uteslutet att hela gränsen stängs", "", {"closure_considered FI"}),
    ("FI", "Om fenomenet fortsätter stängs hela gränsen, säger inrikesministern", "", {"closure_considered FI"}),
    ("FI", "Inrikesministern: Vi stänger gränsen om det behövs", "", {"closure_considered FI"}),
    ("FI", "Finland skulle kunna stänga gränsen, säger forskare", "", {"closure_considered FI"}),
    ("FI", "Lagen gör det möjligt att stänga gränsen", "", {"closure_considered FI"}),
    ("FI", "Regeringen väntas stänga fler gränsövergångar", "", {"closure_considered FI"}),
    ("FI", "Regeringen planerar öppna två gränsövergångar", "", {"reopening_considered FI"}),
    ("FI", "Gränsen öppnas inte", "", {"closure_extended FI"}),
    (
        "SE",
        "Sveriges gränskontroller blir kvar",
        "Regeringen har beslutat att förlänga gränskontrollerna.",
        {"restriction_announced SE"},
    ),
    ("SE", "EU-länder stänger sina ambassader", "Gränsen till Ryssland är lång.", set()),
    ("SE", "Finland släpper inte längre in ryska turister över gränsen", "", {"restriction_announced FI"}),
    ("SE", "Finland begränsar öppettiderna vid gränsen", "", {"restriction_announced FI"}),
    ("SE", "Polen bygger stängsel vid gränsen mot Belarus", "", set()),
    ("SE", "Norska gränsen stängs i kväll", "", {"closure_announced NO from 2023-11-16"}),
    ("SE", "Lettland stänger två gränsstationer mot Ryssland", "", {"closure_announced LV"}),
    ("FI", "Trettionio personer sökte asyl vid gränsen på onsdagen", "", {"39 asylum_seekers day FI"}),
    ("FI", "På tisdagen kom 39 asylsökande till Nuijamaa gränsstation", "", {"39 asylum_seekers day FI"}),
    ("FI", "Gränsbevakningen: 91 asylsökande den här veckan vid östgränsen", "", {"91 asylum_seekers week FI"}),
    ("FI", "15 gränsbevakare och 200 soldater till östgränsen", "", set()),
]


@pytest.mark.parametrize(("headline", "text", "expected"), NORWEGIAN)
def test_norwegian_news_says(headline: str, text: str, expected: set[str]) -> None:
    assert said("NO", headline, text) == expected


@pytest.mark.parametrize(("home", "headline", "text", "expected"), SWEDISH)
def test_swedish_news_says(home: str, headline: str, text: str, expected: set[str]) -> None:
    assert said(home, headline, text) == expected
