"""Dates as feeds and pages write them, to aware UTC. Only what is written counts: no date is None, never "now"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

#: Hours from UTC of zone names that RFC 822 does not know and Europe's feeds use.
_ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "MSD": 4, "UTC": 0, "GMT": 0, "Z": 0,
}  # fmt: skip
_ZONE = re.compile(r"\b([A-Z]{3,4})$")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_FARTHEST = timedelta(hours=14)
#: Below it a date is a CMS saying "none": 1970-01-01, 0001-01-01.
_FIRST_YEAR = 1990

#: The words for each month in the cases that dates stand in. Words stand here, and not
#: in rules/vocabulary, because a date's form belongs to the calendar, not to what somebody watches for.
_MONTHS = """
january jan tammikuu tammikuuta tammikuun tammi januari januar jaanuar jaan января январь янв janvāris janvārī
    janv sausio sausis saus stycznia styczeń sty jänner;
february feb helmikuu helmikuuta helmikuun helmi februari februar veebruar veebr февраля февраль фев февр
    februāris februārī febr vasario vasaris vas lutego luty lut;
march mar maaliskuu maaliskuuta maaliskuun maalis mars märz mär märts марта март мар marts martā kovo kovas kov
    marca marzec;
april apr huhtikuu huhtikuuta huhtikuun huhti aprill апреля апрель апр aprīlis aprīlī balandžio balandis bal
    kwietnia kwiecień kwi;
may toukokuu toukokuuta toukokuun touko maj mai мая май maijs maijā gegužės gegužė geg maja;
june jun kesäkuu kesäkuuta kesäkuun kesä juni juuni июня июнь июн jūnijs jūnijā jūn birželio birželis birž
    czerwca czerwiec cze;
july jul heinäkuu heinäkuuta heinäkuun heinä juli juuli июля июль июл jūlijs jūlijā jūl liepos liepa liep lipca
    lipiec lip;
august aug elokuu elokuuta elokuun elo augusti августа август авг augusts augustā rugpjūčio rugpjūtis rugp
    sierpnia sierpień sie;
september sep sept syyskuu syyskuuta syyskuun syys сентября сентябрь сен сент septembris septembrī rugsėjo
    rugsėjis rugs września wrzesień wrz;
october oct lokakuu lokakuuta lokakuun loka oktober okt oktoober октября октябрь окт oktobris oktobrī spalio
    spalis spal października październik paź;
november nov marraskuu marraskuuta marraskuun marras ноября ноябрь ноя нояб novembris novembrī lapkričio
    lapkritis lapkr listopada listopad lis;
december dec joulukuu joulukuuta joulukuun joulu desember des dezember dez detsember dets декабря декабрь дек
    decembris decembrī gruodžio gruodis gruod grudnia grudzień gru
"""
MONTHS = {word: number for number, words in enumerate(_MONTHS.split(";"), 1) for word in words.split()}
#: Words for a day that only the moment of the poll gives a date, with how many days back it lies.
DAYS_BACK = dict.fromkeys(
    (
        "today", "tänään", "idag", "i dag", "täna", "сегодня", "heute", "šodien", "šiandien", "dziś", "dzisiaj",
        "vandaag",
    ),
    0,
) | dict.fromkeys(
    ("yesterday", "eilen", "igår", "i går", "eile", "вчера", "gestern", "vakar", "wczoraj", "gisteren"),
    1,
)  # fmt: skip

_MONTH = f"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>(?:19|20)\d\d|\d\d(?![\d:.]))"
_FULL_YEAR = r"(?P<y>(?:19|20)\d\d)"
#: The clock before a date (14:05, 02.03.2026) and after it, with what ten languages put between.
_BEFORE = r"(?:(?P<h0>\d{1,2}):(?P<m0>\d\d)(?:\s*[,|·]\s*|\s+))?"
_AFTER = (
    r"(?:(?:\s*[,|·•–-]\s*|\s+|T)(?:(?:klo|kl|klockan|kell|at|um|в|o|godz|plkst|val|ob|om)\b\.?\s*)?"
    r"(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?!\.?\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*(?P<zone>[+-]\d\d:?\d\d\b|(?-i:Z|UTC|GMT|[CEW]ES?T|MES?Z|MSK)\b))?)?"
)
_FORMS = (
    rf"{_DAY}(?:\.|st|nd|rd|th)?\s*(?:of\s)?{_MONTH}\b\.?,?\s*{_YEAR}(?:\s*(?:г\b\.?|года\b|r\.|roku\b))?",
    rf"{_MONTH}\b\.?\s{_DAY}(?:st|nd|rd|th)?,?\s{_FULL_YEAR}",
    rf"{_FULL_YEAR}(?:\s*m\.?)?\s{_MONTH}\b\.?\s{_DAY}(?:\s*d\b\.?)?",  # 2026 m. kovo 2 d.
    rf"{_FULL_YEAR}\.?\s*(?:gada|g\.)\s{_DAY}\.?\s*{_MONTH}\b",  # 2026. gada 2. marts
    rf"{_DAY}\.\s?(?P<mm>\d{{1,2}})\.\s?{_YEAR}",
    rf"{_FULL_YEAR}(?P<sep>[-/.])(?P<mm>\d{{1,2}})(?P=sep){_DAY}",
    rf"{_DAY}(?P<sep>[-/])(?P<mm>\d{{1,2}})(?P=sep){_FULL_YEAR}",
)
_WRITTEN = tuple(re.compile(rf"(?<![\w.]){_BEFORE}{form}(?!\d){_AFTER}", re.IGNORECASE) for form in _FORMS)
_SLASHED = _WRITTEN[-1]
_RELATIVE = re.compile(rf"(?<!\w){_BEFORE}(?P<day>{'|'.join(DAYS_BACK)})\b{_AFTER}", re.IGNORECASE)
#: What may stand beside a date that is alone in its place: "Published:", a weekday, a category.
_COMPANY = 30  # characters
_LOOKED_AT = 2_000  # characters


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: the moment in UTC, and the place of its words."""

    moment: datetime
    start: int
    end: int


def parse_date(text: str | None, at: datetime | None = None) -> datetime | None:
    """A text that is a date, in UTC: RFC 822, ISO 8601, `21.09.2026`, `2020/1/10`, or written out in any of ten
    languages. Without a zone it is taken as UTC. "Yesterday 14:05" counts only from the moment `at`.
    """
    text = " ".join((text or "")[:_LOOKED_AT].split())
    if not text:
        return None
    for read in (_iso, _rfc822):
        try:
            moment = read(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if moment is not None:
            return moment if moment.year >= _FIRST_YEAR else None
    found = find_date(text, at)
    company = text[: found.start] + text[found.end :] if found else ""
    alone = len(company) <= _COMPANY and not any(char.isdigit() for char in company)
    return found.moment if found and alone else None


def find_date(text: str, at: datetime | None = None) -> FoundDate | None:
    """The first date in a text; of two that begin at one place, the longer."""
    text = text[:_LOOKED_AT]
    if not any(char.isdigit() for char in text) and at is None:
        return None
    forms = (*_WRITTEN, _RELATIVE) if at else _WRITTEN
    found = (_dated(match, at) for form in forms for match in form.finditer(text))
    return min(filter(None, found), key=lambda date: (date.start, -date.end), default=None)


def _dated(match: re.Match[str], at: datetime | None) -> FoundDate | None:
    """None for what only looks like a date: 45.03.2026, 12.30.45."""
    part = match.groupdict()
    try:
        day = _relative_day(part["day"], at) if "day" in part and at else _day(part, match.re is _SLASHED)
        moment = _utc(day + _clock(part), _offset(part["zone"])) if day else None
    except (ValueError, OverflowError):
        return None
    if moment is None or moment.year < _FIRST_YEAR:
        return None
    return FoundDate(moment, *match.span())


def _day(part: dict[str, str], ambiguous: bool) -> datetime | None:
    month = int(part["mm"]) if "mm" in part else MONTHS[part["month"].lower()]
    day, year = int(part["d"]), int(part["y"])
    if ambiguous and month > 12:
        day, month = month, day
    elif ambiguous and day <= 12 and day != month:
        return None  # 2/3/2026 is another day on each side of the Atlantic
    return datetime(year + 2000 if year < 100 else year, month, day)  # noqa: DTZ001


def _relative_day(word: str, at: datetime) -> datetime:
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return midnight - timedelta(days=DAYS_BACK[word.lower()])


def _clock(part: dict[str, str]) -> timedelta:
    hour, minute = int(part["h"] or part["h0"] or 0), int(part["m"] or part["m0"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"] in "pP" else 0)
    if hour > 23 or minute > 59:
        raise ValueError("no time of the day")
    return timedelta(hours=hour, minutes=minute, seconds=int(part["s"] or 0))


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size


def _iso(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    return _utc(moment.replace(tzinfo=None), offset)


def _rfc822(text: str) -> datetime | None:
    named = _ZONE.search(text)
    if named and named[1] in _ZONES:
        text = f"{text[: named.start()]}+{_ZONES[named[1]]:02}00"
    parts = parsedate_tz(text)
    if parts is None or not re.search("[A-Za-z]{3}", text) or _HALF_DAY.search(text):
        return None  # parsedate_tz takes 2:05 pm for the middle of the night
    return _utc(datetime(*parts[:6]), timedelta(seconds=parts[9] or 0))  # noqa: DTZ001


def _utc(local: datetime, offset: timedelta | None) -> datetime:
    """An offset that no place on Earth has says nothing; the date beside it still does."""
    if offset is None or abs(offset) > _FARTHEST:
        return local.replace(tzinfo=UTC)
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)
