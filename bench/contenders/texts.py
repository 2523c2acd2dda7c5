"""Texts to read: those of the project and headlines of no concern, or real ones from files."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.cli.contract import items_of, lines_of, source_of
from gatewatch.demo.news import outlets
from gatewatch.model import Item, Source

LABELLED = Path(__file__).parents[2] / "tests" / "reading" / "labelled"
OF_NO_CONCERN = 9_000
"""Headlines beside the demo's 190: about two of a hundred texts are of concern, as in a busy feed."""

Text = tuple[Item, Source]

PHRASES = {
    "en": (
        "The city council|A local bakery|The national team|The central bank|A young author|The hospital|A lighthouse",
        "plans|celebrates|misses|sells|repairs|presents|remembers|expects",
        "a new tram line|its best season|higher wages|an exhibition of maps|the winter market|many apple trees",
        "in Tampere|after the summer|for the second time|despite the rain|before the holidays|on Thursday",
    ),
    "fi": (
        "Kaupunginhallitus|Paikallinen leipomo|Naisten maajoukkue|Keskuspankki|Nuori kirjailija|Sairaala|Vanha majakka",
        "suunnittelee|juhlii|myy|korjaa|esittelee|muistaa|odottaa",
        "uutta raitiotietä|parasta kauttaan|palkankorotuksia|karttanäyttelyä|talvitoria|kolmeasataa omenapuuta",
        "Tampereella|kesän jälkeen|toista kertaa|sateesta huolimatta|ennen joulua|torstaina",
    ),
    "sv": (
        "Stadsstyrelsen|Ett lokalt bageri|Damlandslaget|Centralbanken|En ung författare|Sjukhuset|Den gamla fyren",
        "planerar|firar|säljer|reparerar|visar|minns|väntar",
        "en ny spårväg|sin bästa säsong|högre löner|en utställning av kartor|vintermarknaden|trehundra äppelträd",
        "i Åbo|efter sommaren|för andra gången|trots regnet|före jul|på torsdag",
    ),
    "et": (
        "Linnavalitsus|Kohalik pagaritöökoda|Naiste koondis|Keskpank|Noor kirjanik|Haigla|Vana tuletorn",
        "kavandab|tähistab|müüb|parandab|esitleb|mäletab|ootab",
        "uut trammiliini|oma parimat hooaega|palgatõusu|kaartide näitust|talveturgu|kolmesada õunapuud",
        "Tartus|pärast suve|teist korda|vihmast hoolimata|enne jõule|neljapäeval",
    ),
    "ru": (
        "Городской совет|Местная пекарня|Женская сборная|Центральный банк|Молодой писатель|Больница|Старый маяк",
        "планирует|празднует|продаёт|ремонтирует|показывает|помнит|ждёт",
        "новую трамвайную линию|лучший сезон|повышение зарплат|выставку карт|зимнюю ярмарку|триста яблонь",
        "в Тарту|после лета|во второй раз|несмотря на дождь|перед праздниками|в четверг",
    ),
}


def stream_of(path: str | None, seed: int = 1) -> list[Text]:
    """Mostly irrelevant short items, shuffled, so that every part of them is like the whole."""
    texts = from_file(path) if path else [*demo(), *of_no_concern(OF_NO_CONCERN, seed)]
    random.Random(seed).shuffle(texts)
    return texts


def items_in(path: str | None, seed: int = 1) -> list[Text]:
    """Items about borders: those of a file, or the labelled and the demo's."""
    files = sorted(str(file) for file in LABELLED.glob("*.jsonl"))
    texts = from_file(path) if path else [*demo(), *(text for file in files for text in from_file(file))]
    random.Random(seed).shuffle(texts)
    return texts


def from_file(path: str) -> list[Text]:
    with lines_of(path) as lines:
        return [(item, source_of(row)) for item, row in items_of(lines, path)]


def demo() -> Iterator[Text]:
    for outlet in outlets():
        source = Source(outlet.id, "", country=outlet.country, language=outlet.language, official=outlet.official)
        for news in outlet.items:
            yield Item(news.guid, outlet.id, news.title, summary=news.summary, published=news.at), source


def of_no_concern(number: int, seed: int) -> Iterator[Text]:
    """Headlines put together by chance, each with a number of its own, so that not every word is known already."""
    choice = random.Random(seed)
    moment = datetime(2023, 11, 22, 12, tzinfo=UTC)
    for at in range(number):
        language = choice.choice(tuple(PHRASES))
        title, summary = (sentence(choice, PHRASES[language]) for _ in range(2))
        item = Item(f"n{at}", "generated", title, summary=f"{summary}. {at}", published=moment)
        yield item, Source("generated", "", language=language)


def sentence(choice: random.Random, parts: Sequence[str]) -> str:
    return " ".join(choice.choice(part.split("|")) for part in parts)
