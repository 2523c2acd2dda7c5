"""Short news in Estonian and Russian, and what each says: who decides, what is only weighed, how many came."""

from __future__ import annotations

import pytest

from .conftest import Read
from .wording import told

THURSDAY = "2023-11-16"


def _said(read: Read, language: str, home: str, headline: str, text: str) -> set[str]:
    """Events and counts in short words: "closure_announced FI Vaalimaa from 2023-11-18", "~50 people day EE"."""
    reading = read(headline, text, day=THURSDAY, language=language, home=home)
    assert reading.language == language
    return told(reading)


Row = tuple[str, str, str, set[str]]

ESTONIAN: list[Row] = [
    # What may come is not what comes.
    ("EE", "Läänemets ei välista Vene piiri sulgemist", "", {"closure_considered EE"}),
    ("EE", "Eesti on valmis vajaduse korral kõik piiripunktid sulgema", "", {"closure_considered EE"}),
    ("EE", "Siseminister: piiri sulgemiseks pole praegu vajadust", "", {"closure_ruled_out EE"}),
    ("EE", "Valitsus ei kavatse Narva piiripunkti sulgeda", "", {"closure_ruled_out EE Narva"}),
    ("EE", "PPA ei näe põhjust piiripunkte kinni panna", "", {"closure_ruled_out EE"}),
    ("EE", "EKRE nõuab idapiiri sulgemist", "", {"closure_considered EE"}),
    ("EE", "Ekspert: Eesti peaks piiri Venemaaga sulgema", "", {"closure_considered EE"}),
    ("EE", "Norra kaalub Venemaa piiri sulgemist", "", {"closure_considered NO"}),
    ("EE", "Soome valmistub kogu piiri sulgema", "", {"closure_considered FI"}),
    ("EE", "Valitsus otsustab homme, kas sulgeda Koidula piiripunkt", "", {"closure_considered EE Koidula"}),
    ("EE", "Läti võib piiri Venemaaga lukku panna", "", {"closure_considered LV"}),
    ("EE", "Leedu ähvardab piiri Valgevenega sulgeda", "", {"closure_considered LT"}),
    ("EE", "Kui surve kasvab, sulgeb Eesti Luhamaa piiripunkti", "", {"closure_considered EE Luhamaa"}),
    ("EE", "Kas Eesti paneb piiri kinni?", "", {"closure_considered EE"}),
    ("EE", "Piiri sulgemise otsust ei ole veel tehtud", "", {"closure_considered EE"}),
    # Decided, in the words of headlines.
    ("EE", "Eesti sulgeb idapiiri", "", {"closure_announced EE"}),
    ("EE", "Narva piiripunkt suletud", "", {"closure_announced EE Narva"}),
    ("EE", "Valitsus otsustas Koidula piiripunkti sulgeda", "", {"closure_announced EE Koidula"}),
    (
        "EE",
        "Soome paneb neli piiripunkti lukku",
        "Vaalimaa ja Nuijamaa suletakse ööl vastu laupäeva ja jäävad kinni 18. veebruarini.",
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-18 until 2024-02-18"},
    ),
    ("EE", "Soomes jääb lahti ainult Raja-Jooseppi piiripunkt", "", {"closure_announced FI Raja-Jooseppi"}),
    ("EE", "Poola peatab piiril Valgevenega kogu liikluse", "", {"closure_announced PL"}),
    ("EE", "Norra piir Venemaaga läks keskööl lukku", "", {"closure_announced NO from 2023-11-16"}),
    # What is closed stays closed, or opens.
    ("EE", "Soome pikendas piiri sulgemist", "", {"closure_extended FI"}),
    ("EE", "Saatse piiripunkt jääb suletuks", "", {"closure_extended EE Saatse"}),
    ("EE", "Soome ei ava piiri enne veebruari", "", {"closure_extended FI"}),
    ("EE", "Soome avab kaks piiripunkti", "", {"reopening_announced FI"}),
    ("EE", "Narva piiripunkt on taas lahti", "", {"reopening_announced EE Narva"}),
    ("EE", "Poola teeb piiri Valgevenega lahti", "", {"reopening_announced PL"}),
    ("EE", "Leedu kaalub piiripunktide avamist", "", {"reopening_considered LT"}),
    # Short of closing.
    ("EE", "Narva piiripunkt suletakse öösiti", "", {"restriction_announced EE Narva"}),
    ("EE", "Rootsi taastab piirikontrolli", "", {"restriction_announced SE"}),
    ("EE", "Eesti keelab Vene turistidele piiril sissesõidu", "", {"restriction_announced EE"}),
    (
        "EE",
        "Varjupaigataotlusi saab piiril esitada vaid Sallas ja Vartiuses",
        "",
        {"restriction_announced FI Salla Vartius"},
    ),
    ("EE", "Luhamaa piiripunktis lõpeb ööpäevaringne teenindus", "", {"restriction_announced EE Luhamaa"}),
    # How many came.
    ("EE", "Eile saabus Narva piirile 58 varjupaigataotlejat", "", {"58 asylum_seekers day EE"}),
    ("EE", "Eile tabati piiril 12 ebaseaduslikku piiriületajat", "", {"12 irregular_crossings day EE"}),
    ("EE", "Nädalas jõudis Rootsi piirile üle 10 000 põgeniku", "", {"~10000 asylum_seekers week SE"}),
    ("EE", "Kümneid migrante tuli piiri taha", "", {"~20-90 migrants unspecified EE"}),
    ("EE", "Paarsada varjupaigataotlejat saabus novembris Soome piirile", "", {"~200 asylum_seekers month FI"}),
    # Other borders, other closings.
    ("EE", "Narva jõe promenaad piiri ääres suletakse remondiks", "", set()),
    ("EE", "Politsei pidas piiri lähedal kinni kaks salakaubavedajat", "", set()),
    ("EE", "Kiiruspiirang Luhamaa maanteel langeb", "", set()),
    ("EE", "Inimvõimete piiril: maratoonar jooksis ööpäeva", "", set()),
    ("EE", "Piiripunkti juures asuv pood sulgeb uksed", "", set()),
    ("EE", "Tallinna lennujaam suletakse droonide tõttu", "", set()),
]

RUSSIAN: list[Row] = [
    # The end of a closing yet to come is no reopening; a term that is extended extends; a decision that lacks decides not.
    (
        "EE",
        "Нарвский погранпункт не будет работать три дня",
        "Пропуск прекратится 20 ноября и возобновится 23 ноября.",
        {"closure_announced EE Narva from 2023-11-20 until 2023-11-23"},
    ),
    ("FI", "Срок, на который закрыта граница с Россией, продлён до 14 января", "", {"closure_extended FI until 2024-01-14", "closure_announced FI background"}),
    ("EE", "Решения о закрытии границы у властей Эстонии пока нет", "", {"closure_considered EE"}),
    (
        "FI",
        "Граница с Россией останется закрытой",
        "Кроме того, с 1 декабря закрываются пункты Хаапасаари и Сантио.",
        {"closure_extended FI", "closure_announced FI Haapasaari Santio from 2023-12-01"},
    ),
    # "С" is from and since: a month soon to come begins something.
    ("FI", "Два КПП на востоке заработают с декабря", "", {"reopening_announced FI"}),
    (
        "LT",
        "Правительство через месяц решит, продлевать ли закрытие",
        "Пока граница с Беларусью закрыта до 30 ноября.",
        {"closure_considered LT", "closure_announced LT until 2023-11-30 background"},
    ),
    ("RU", "Польша откроет переходы Кузница и Бобровники", "", {"reopening_announced PL Kuźnica Bobrowniki"}),
    ("LV", "В соседней Литве погранпункты будут закрыты до конца месяца", "", {"closure_announced LT until 2023-11-30"}),
    # What may come is not what comes.
    ("EE", "Ляэнеметс не исключил закрытия границы с Россией", "", {"closure_considered EE"}),
    ("RU", "Финляндия готова при необходимости закрыть всю границу с Россией", "", {"closure_considered FI"}),
    ("EE", "Эстония не видит необходимости закрывать границу с Россией", "", {"closure_ruled_out EE"}),
    ("RU", "Норвегия не планирует закрывать КПП «Стурскуг»", "", {"closure_ruled_out NO Storskog"}),
    ("RU", "Латвия не будет закрывать границу с Белоруссией", "", {"closure_ruled_out LV"}),
    ("RU", "Польша отвергла закрытие границы с Белоруссией", "", {"closure_ruled_out PL"}),
    ("RU", "Финский депутат призвал закрыть границу с Россией", "", {"closure_considered FI"}),
    ("RU", "Литва пригрозила закрыть границу с Белоруссией", "", {"closure_considered LT"}),
    ("RU", "Эстония может закрыть погранпереход в Нарве", "", {"closure_considered EE Narva"}),
    ("RU", "Норвегия закроет границу, если вырастет поток мигрантов", "", {"closure_considered NO"}),
    ("RU", "Финляндия решит во вторник, закрывать ли последний КПП на границе", "", {"closure_considered FI"}),
    ("RU", "Закроет ли Латвия границу с Россией?", "", {"closure_considered LV"}),
    ("RU", "Литва закрыла бы границу с Белоруссией вместе с Польшей", "", {"closure_considered LT"}),
    ("RU", "Латвия рассматривает закрытие границы с Россией", "", {"closure_considered LV"}),
    ("RU", "Эстонии следует закрыть границу, считает эксперт", "", {"closure_considered EE"}),
    # Decided, in the words of headlines.
    ("RU", "Финляндия закрывает границу с Россией", "", {"closure_announced FI"}),
    ("EE", "Эстония закрыла погранпункт Лухамаа", "", {"closure_announced EE Luhamaa"}),
    (
        "RU",
        "Финляндия в ночь на субботу закроет КПП «Ваалимаа» и «Нуйямаа»",
        "",
        {"closure_announced FI Vaalimaa Nuijamaa from 2023-11-18"},
    ),
    (
        "RU",
        "Финляндия закроет все КПП, кроме Райа-Йоосеппи",
        "",
        {"closure_announced FI Raja-Jooseppi"},
    ),
    ("RU", "Польша приостановила движение через границу с Белоруссией", "", {"closure_announced PL"}),
    ("RU", "Литва перекрыла границу с Белоруссией до 13 декабря", "", {"closure_announced LT until 2023-12-13"}),
    ("RU", "Польша объявила о закрытии границы с Белоруссией", "", {"closure_announced PL"}),
    ("RU", "В Кремле сожалеют о решении Финляндии закрыть границу", "", {"closure_announced FI"}),
    ("RU", "Финляндия оставит на границе один действующий КПП", "", {"closure_announced FI"}),
    ("RU", "На финско-российской границе закрыты четыре КПП", "", {"closure_announced FI"}),
    # What is closed stays closed, or opens.
    ("EE", "Эстония продлила закрытие погранпункта Койдула", "", {"closure_extended EE Koidula"}),
    ("RU", "Граница Финляндии с Россией останется закрытой", "", {"closure_extended FI"}),
    ("RU", "Финляндия откроет два КПП на границе с Россией", "", {"reopening_announced FI"}),
    ("EE", "Эстония вновь открыла погранпункт Лухамаа", "", {"reopening_announced EE Luhamaa"}),
    ("RU", "Финляндия не откроет границу с Россией раньше весны", "", {"closure_extended FI"}),
    ("RU", "В Финляндии рассказали, когда откроют границу с Россией", "", {"reopening_considered FI"}),
    ("RU", "Польша готова открыть погранпереход на границе с Белоруссией", "", {"reopening_considered PL"}),
    # Short of closing.
    ("EE", "Погранпункт в Нарве будут закрывать на ночь", "", {"restriction_announced EE Narva"}),
    ("RU", "Финляндия запретила въезд российским туристам", "", {"restriction_announced FI"}),
    ("RU", "Латвия закрыла границу для россиян с шенгенскими визами", "", {"restriction_announced LV"}),
    ("RU", "Германия вводит пограничный контроль на границе с Польшей", "", {"restriction_announced DE"}),
    (
        "EE",
        "КПП в Нарве с 20 ноября будет работать только днем",
        "",
        {"restriction_announced EE Narva from 2023-11-20"},
    ),
    # How many came.
    ("EE", "Вчера в Нарву прибыли 80 просителей убежища", "", {"80 asylum_seekers day EE"}),
    ("FI", "За сутки границу с Россией пересекли пара сотен мигрантов", "", {"~200 migrants day FI"}),
    ("FI", "Десятки беженцев прибыли на границу", "", {"~20-90 asylum_seekers unspecified FI"}),
    ("FI", "За неделю через границу прибыло около полусотни человек", "", {"~50 people week FI"}),
    ("LV", "За сутки пресечено 12 попыток незаконно пересечь границу", "", {"12 irregular_crossings day LV"}),
    ("NO", "В ноябре на границу прибыло 1,5 тыс. беженцев", "", {"1500 asylum_seekers month NO"}),
    ("FI", "На границу прибыли от 30 до 40 мигрантов", "", {"30-40 migrants unspecified FI"}),
    # Other borders, other closings.
    ("RU", "За границей закрываются рестораны", "", set()),
    ("EE", "Дорогу к границе закроют на ремонт", "", set()),
    ("RU", "Швеция закрыла консульство, но не границу", "", set()),
    ("RU", "Цены не знают границ", "", set()),
    ("RU", "Аэропорт у границы закрыт из-за дронов", "", set()),
]


@pytest.mark.parametrize(("home", "headline", "text", "expected"), ESTONIAN, ids=[row[1] for row in ESTONIAN])
def test_estonian_news_says(read: Read, home: str, headline: str, text: str, expected: set[str]) -> None:
    assert _said(read, "et", home, headline, text) == expected


@pytest.mark.parametrize(("home", "headline", "text", "expected"), RUSSIAN, ids=[row[1] for row in RUSSIAN])
def test_russian_news_says(read: Read, home: str, headline: str, text: str, expected: set[str]) -> None:
    assert _said(read, "ru", home, headline, text) == expected
