"""From an alert to the words that a channel shows, one template for each family of channels. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from gatewatch.alerts.wording import mrkdwn, one_line, safe_link, shortened, span_of_time, without_mentions
from gatewatch.model import Alert, AlertKind, EventType

#: A message that comes later than this says so: what it tells may be over.
LATE = timedelta(minutes=10)

#: No quote is longer than this in any message; a "sentence" of 50 kB is a page without full stops.
LONGEST_QUOTE = 1200

_SURENESS: Mapping[str, str] = {
    EventType.CLOSURE_ANNOUNCED: "decided",
    EventType.CLOSURE_EXTENDED: "decided",
    EventType.CLOSURE_CONSIDERED: "only considered, not decided",
    EventType.CLOSURE_RULED_OUT: "ruled out for now",
    EventType.REOPENING_ANNOUNCED: "decided",
    EventType.REOPENING_CONSIDERED: "only considered, not decided",
    EventType.RESTRICTION_ANNOUNCED: "decided",
}


class Family(StrEnum):
    """What a channel's far end understands."""

    MRKDWN = "mrkdwn"
    HTML = "html"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Budget:
    """How many characters a channel takes."""

    title: int
    body: int


#: A title that fits a phone, and the 3,000 characters that a section in Slack holds.
USUAL = Budget(title=150, body=3000)


@dataclass(frozen=True, slots=True)
class Message:
    """Ready to send. `title` and `body` are escaped for their family; `alert` is what they tell."""

    alert: Alert
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What the templates say, cleaned but not yet escaped."""

    id: str
    severity: str
    says: str
    facts: tuple[str, ...]
    sureness: str
    witness: str
    quote: str
    language: str
    published: str
    link: str
    late: str


class _Literal(str):
    """Part of a message that is escaped already."""

    __slots__ = ()


def render(
    alert: Alert, family: Family, now: datetime, budget: Budget = USUAL, timezone: tzinfo = UTC
) -> Message:
    """The message of `alert` as sent at `now` (UTC). People are told times in `timezone`."""
    title = shortened(_title(alert), budget.title)
    if family is Family.MRKDWN:
        title = mrkdwn(title)
    elif family is Family.PLAIN:
        title = without_mentions(title)
    return Message(alert=alert, title=title, body=_fitted(_words(alert, now, timezone), family, budget.body))


def _title(alert: Alert) -> str:
    """[critical] FI: closure announced – the headline. A drill says that it is one before all else."""
    if alert.kind is AlertKind.DRILL:
        return one_line(alert.title)
    where = f"{one_line(alert.country)}: " if alert.country else ""
    update = "update, " if alert.kind is AlertKind.UPDATE else ""
    return f"[{alert.severity.value}] {where}{update}{_what(alert)} – {one_line(alert.title)}"


def _what(alert: Alert) -> str:
    if alert.event is not None:
        return one_line(alert.event.replace("_", " "))
    if alert.count is not None and alert.facts:
        return one_line(alert.facts[0])
    return one_line(alert.says)


def _words(alert: Alert, now: datetime, timezone: tzinfo) -> _Words:
    source = one_line(alert.source)
    late = now - alert.at
    return _Words(
        id=one_line(alert.id),
        severity=alert.severity.value,
        says=one_line(alert.says),
        facts=tuple(one_line(fact) for fact in alert.facts),
        sureness=_SURENESS.get(alert.event or "", ""),
        witness=f"{source} (official)" if alert.official else f"reported by {source}",
        quote=shortened(one_line(alert.quote), LONGEST_QUOTE),
        language=one_line(alert.language),
        published=f"{alert.published.astimezone(timezone):%Y-%m-%d %H:%M %Z}" if alert.published else "",
        link=safe_link(alert.url),
        late=f"delayed {span_of_time(late)}" if late > LATE else "",
    )


def _fitted(words: _Words, family: Family, budget: int) -> str:
    """The body within its budget: the quote gives way first, the id never."""
    body = _body(words, family)
    while len(body) > budget and words.quote:
        over = len(body) - budget
        words = replace(words, quote=shortened(words.quote, max(0, len(words.quote) - over)))
        body = _body(words, family)
    spare: tuple[dict[str, object], ...] = (
        {"facts": words.facts[:3]},
        {"facts": (), "published": ""},
        {"says": "", "sureness": ""},
        {"witness": shortened(words.witness, 60)},
        {"link": ""},
    )
    for less in spare:
        if len(body) <= budget:
            break
        words = replace(words, **less)  # type: ignore[arg-type]
        body = _body(words, family)
    return body if len(body) <= budget else f"alert {words.id}"


def _body(words: _Words, family: Family) -> str:
    text = _template(family).render(words=words, literal_link=_Literal(words.link.replace("&", "&amp;")))
    return text.strip()


@cache
def _template(family: Family) -> Template:
    """Escaping lies in the environment, so that no template can forget it."""
    environment = Environment(
        loader=PackageLoader("gatewatch.alerts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=family is Family.HTML,
        finalize={Family.MRKDWN: _escape_mrkdwn, Family.PLAIN: _escape_plain}.get(family),
    )
    return environment.get_template(f"{family.value}.j2")


def _escape_mrkdwn(value: object) -> object:
    return value if isinstance(value, _Literal) else mrkdwn(str(value))


def _escape_plain(value: object) -> object:
    return without_mentions(str(value))
