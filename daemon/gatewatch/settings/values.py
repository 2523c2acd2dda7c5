"""The kinds of single values that stand in the files, each with the words for what is wrong with one.

Every complaint continues a sentence that begins with the key: "`every` has to be a number and …".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr, ValidationInfo
from pydantic_core import PydanticCustomError
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from gatewatch.model import Confirmation, EventType, Per, Severity, Unit
from gatewatch.settings.aggregators import AGGREGATORS
from gatewatch.settings.durations import duration
from gatewatch.settings.known import Known, listed, nearest, shown, suggestion
from gatewatch.settings.secrets import NAME
from gatewatch.settings.terms import complaint

COMPLAINT = "gatewatch"
SECRETS_STAY_OUT = (
    'Secrets never stand in config.toml: write secret = "a-name" and see `gatewatch check --secrets`'
)


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Slack's tokens (xoxb-…), and the long runs of letters and digits that others use.
_TOKEN = re.compile(r"xox[a-z]-|(?=.*[0-9])[a-z0-9]{24,}")


class Table(BaseModel):
    """A TOML table. A key that it doesn't know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def wrong(what: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(COMPLAINT, "{what}", {"what": what, "hint": hint})


def _line(text: str) -> str:
    if not text.strip():
        raise wrong("is empty")
    # A line break in a name or an address would end a mail or HTTP header early.
    if _CONTROL.search(text):
        raise wrong("has to be one line, without control characters")
    return text


def _pattern(pattern: str, what: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise wrong(f"{what}, not {shown(text)}")
        return text

    return check


def _among(*allowed: str) -> Callable[[Any], Any]:
    def check(value: object) -> object:
        if not isinstance(value, str) or value not in allowed:
            near = nearest(value, allowed) if isinstance(value, str) else None
            hint = f"Did you mean `{near}`?" if near else ""
            raise wrong(f"has to be one of {listed(allowed)}, not {shown(value)}", hint)
        return value

    return check


def _member(kind: type[StrEnum]) -> Callable[[Any], StrEnum]:
    among = _among(*kind)
    return lambda value: kind(among(value))


def _names(attribute: str, what: str) -> Callable[[str, ValidationInfo], str]:
    """A reference to something that stands elsewhere."""

    def check(name: str, info: ValidationInfo) -> str:
        known = getattr(info.context, attribute, None)
        if known is not None and name not in known:
            raise wrong(f"names {what} that does not exist: {shown(name)}", suggestion(name, known))
        return name

    return check


def _country(code: str, info: ValidationInfo) -> str:
    known = info.context if isinstance(info.context, Known) else Known()
    if known.countries is None or code in known.countries:
        return code
    if meant := known.country_names.get(code.casefold()):
        raise wrong(f"names no country by its code: {shown(code)}", f"Did you mean `{meant}`?")
    hint = suggestion(code, known.countries)
    raise wrong(f"names a country that rules/places.toml does not know: {shown(code)}", hint)


def _crossing(name: str, info: ValidationInfo) -> str:
    known = getattr(info.context, "crossings", None)
    if known is not None and name.casefold() not in {each.casefold() for each in known}:
        hint = suggestion(name, known)
        raise wrong(f"names a crossing that rules/places.toml does not know: {shown(name)}", hint)
    return name


def _duration(value: object) -> timedelta:
    try:
        return duration(value if isinstance(value, str) else "")
    except ValueError as error:
        raise wrong(f"{error}, not {shown(value)}") from None


def _address(url: str) -> str:
    """An address on the web; never shown where it holds a password."""
    if re.match(r"[^/?#]*//[^/?#]*@", url):
        raise wrong("holds a name or password", "Secrets never stand in config.toml")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", url):
        raise wrong(f"has to be an address that begins with https:// or http://, not {shown(url)}")
    return url


def _secret(name: str) -> str:
    if not NAME.fullmatch(name):  # never shown: it may be the secret itself
        raise wrong("has to be the name of a secret: small letters, digits and hyphens", SECRETS_STAY_OUT)
    if len(name) > 48 or _TOKEN.match(name):
        raise wrong("looks like a secret itself, not like its name", SECRETS_STAY_OUT)
    return name


def _path(text: str) -> str:
    if text.startswith("~"):  # a service has no home
        raise wrong(f"has to be a path without `~`, not {shown(text)}")
    return text


def _selector(text: str) -> str:
    try:
        LexborHTMLParser("").css(text)
    except SelectolaxError:
        raise wrong(f"is no CSS selector: {shown(text)}", 'As in "ul.news > li" or "h3 a"') from None
    return text


def _bytes(value: object) -> int:
    found = re.fullmatch(r"([0-9]{1,6}) ?(MB|GB)", value) if isinstance(value, str) else None
    if not found or not int(found[1]):
        raise wrong(f'has to be a size such as "500MB" or "2GB", not {shown(value)}')
    return int(found[1]) * {"MB": 10**6, "GB": 10**9}[found[2]]


def _mailbox(text: str) -> str:
    local, _, domain = parseaddr(text)[1].rpartition("@")
    if not local or not domain or re.search(r"\s", local + domain):
        raise wrong(f"has to be an e-mail address, not {shown(text)}")
    return text


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: "Europe" is a directory of zones
        hint = suggestion(name, available_timezones()) if nearest(name, available_timezones()) else ""
        what = f"has to be a time zone such as `Europe/Helsinki`, not {shown(name)}"
        raise wrong(what, hint) from None
    return name


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise wrong(f"has to be a day without quotes, as in 2023-11-16, not {shown(value)}")


def _times(value: object) -> float:
    """A factor. One that is not above 1 would fire on every usual day."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 < value <= 1000:
        return float(value)
    raise wrong(f"has to be a number above 1 such as 3 or 2.5 (at most 1000), not {shown(value)}")


def _free_word(term: str) -> str:
    if found := complaint(term):
        raise wrong(*found)
    return term


def _one_or_many(value: object) -> object:
    if isinstance(value, list) and not value:
        raise wrong("is an empty list", "Leave the key out where nothing is asked")
    return value if isinstance(value, list) else [value]


OneOrMany = BeforeValidator(_one_or_many)
Identifier = AfterValidator(_pattern(r"[a-z][a-z0-9_]*", "has to be small letters, digits and _"))
Line = Annotated[StrictStr, AfterValidator(_line)]
Id = Annotated[
    StrictStr,
    AfterValidator(
        _pattern(r"[a-z0-9][a-z0-9._-]{0,63}", "has to be small letters, digits and hyphens (at most 64)")
    ),
]
Language = Annotated[
    StrictStr, AfterValidator(_pattern(r"[a-z]{2,3}", "has to be a language code such as `fi`"))
]
Code = Annotated[StrictStr, AfterValidator(_pattern(r"[A-Z]{2}", "has to be a country code such as `FI`"))]
Country = Annotated[StrictStr, AfterValidator(_country)]
Countries = Annotated[tuple[Country, ...], OneOrMany]
Crossings = Annotated[tuple[Annotated[Line, AfterValidator(_crossing)], ...], OneOrMany]
Sources = Annotated[
    tuple[Annotated[StrictStr, AfterValidator(_names("sources", "a source"))], ...], OneOrMany
]
ChannelName = Annotated[StrictStr, AfterValidator(_names("channels", "a channel"))]
Channels = Annotated[tuple[ChannelName, ...], OneOrMany]
RuleIds = Annotated[tuple[Annotated[StrictStr, AfterValidator(_names("rules", "a rule"))], ...], OneOrMany]
SeverityName = Annotated[Severity, BeforeValidator(_member(Severity))]
Severities = Annotated[tuple[SeverityName, ...], OneOrMany]
Events = Annotated[tuple[Annotated[EventType, BeforeValidator(_member(EventType))], ...], OneOrMany]
Periods = Annotated[tuple[Annotated[Per, BeforeValidator(_member(Per))], ...], OneOrMany]
Units = Annotated[tuple[Annotated[Unit, BeforeValidator(_member(Unit))], ...], OneOrMany]
FreeWords = Annotated[tuple[Annotated[Line, AfterValidator(_free_word)], ...], OneOrMany]
Times = Annotated[float, BeforeValidator(_times)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Bytes = Annotated[int, BeforeValidator(_bytes)]
Selector = Annotated[Line, AfterValidator(_selector)]
FilePath = Annotated[Line, AfterValidator(_path)]
WebAddress = Annotated[StrictStr, AfterValidator(_address)]
SecretName = Annotated[StrictStr, AfterValidator(_secret)]
Mailbox = Annotated[Line, AfterValidator(_mailbox)]
Mailboxes = Annotated[tuple[Mailbox, ...], OneOrMany]
TimeZone = Annotated[StrictStr, AfterValidator(_timezone)]
Day = Annotated[date, BeforeValidator(_day)]
AlertLanguage = Annotated[StrictStr, BeforeValidator(_among("en"))]
Host = Annotated[
    StrictStr, AfterValidator(_pattern(r"[A-Za-z0-9.:_-]{1,253}", "has to be the name of a mail server"))
]
Kind = Annotated[StrictStr, BeforeValidator(_among("feed", "page", *AGGREGATORS))]
FullText = Annotated[StrictStr, BeforeValidator(_among("never", "on_hint", "always"))]
ChannelType = Annotated[StrictStr, BeforeValidator(_among("slack", "email", "webhook", "console", "file", "apprise"))]
TextFormat = Annotated[StrictStr, BeforeValidator(_among("plain", "markdown"))]
MailSecurity = Annotated[StrictStr, BeforeValidator(_among("starttls", "tls", "none"))]
ConfirmationName = Annotated[Confirmation, BeforeValidator(_member(Confirmation))]
Status = Annotated[StrictStr, BeforeValidator(_among("active", "draft"))]
SendTime = Annotated[
    StrictStr,
    AfterValidator(
        _pattern(r"now|digest ([01][0-9]|2[0-3]):[0-5][0-9]", 'has to be "now" or "digest 08:00"')
    ),
]
