"""From an alert to the phrases that every message is made of: cleaned, not yet escaped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from gatewatch.alerts.charts import Bar, bars, caption, line_of_blocks
from gatewatch.alerts.countries import country_name
from gatewatch.alerts.operating import OPERATOR_RULE
from gatewatch.alerts.wording import one_line, safe_link, shortened, span_of_time
from gatewatch.model import Alert, AlertKind, Confirmation, EventType

#: A message that comes later than this says so: what it tells may be over.
LATE = timedelta(minutes=10)

#: No quote is longer than this in any message; a "sentence" of 50 kB is a page without full stops.
LONGEST_QUOTE = 1200

#: Nor any other phrase that comes from a feed.
LONGEST_PHRASE = 300

_SURENESS: Mapping[str, str] = {
    EventType.CLOSURE_ANNOUNCED: "decided",
    EventType.CLOSURE_EXTENDED: "decided",
    EventType.CLOSURE_CONSIDERED: "only considered, not decided",
    EventType.CLOSURE_RULED_OUT: "ruled out for now",
    EventType.REOPENING_ANNOUNCED: "decided",
    EventType.REOPENING_CONSIDERED: "only considered, not decided",
    EventType.RESTRICTION_ANNOUNCED: "decided",
}

_LANGUAGES: Mapping[str, str] = {
    "de": "German", "en": "English", "et": "Estonian", "fi": "Finnish", "lt": "Lithuanian", "lv": "Latvian",
    "no": "Norwegian", "pl": "Polish", "ru": "Russian", "sv": "Swedish", "uk": "Ukrainian",
}  # fmt: skip

#: How facts begin that have a heading of their own, and which.
_LABELS = (
    ("crossings: ", "Crossings", ""),
    ("all crossings but ", "Crossings", "all but "),
    ("the whole border", "Crossings", "the whole border"),
    ("border with ", "Border with", ""),
    ("from ", "From", ""),
    ("until ", "Until", ""),
    ("words: ", "Words", ""),
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact with its heading: Crossings, Vaalimaa and Imatra."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """Where else a story can be read."""

    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a template can say. Each is one line without invisible characters, and empty where there is nothing.

    docs/messages.md explains them to those who write templates of their own.
    """

    id: str
    kind: str
    severity: str
    heading: str
    headline: str
    change: str
    says: str
    facts: tuple[str, ...]
    sureness: str
    witness: str
    quote: str
    language: str
    in_language: str
    published: str
    source: str
    link: str
    links: tuple[Report, ...]
    known: tuple[str, ...]
    chart: str
    caption: str
    bars: tuple[Bar, ...]
    late: str
    ack: str
    silence: str

    @property
    def details(self) -> tuple[Detail, ...]:
        """The facts that have a heading of their own."""
        return tuple(detail for detail in map(_detail, self.facts) if detail.label)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The facts that have none, and that the heading does not tell already."""
        plain = (detail.value for detail in map(_detail, self.facts) if not detail.label)
        return tuple(value for value in plain if not self.heading.endswith(value))

    @property
    def howsure(self) -> str:
        """decided, official: Finnish Border Guard."""
        return ", ".join(part for part in (self.sureness, self.witness) if part)


def phrases_of(alert: Alert, now: datetime, timezone: tzinfo = UTC) -> Phrases:
    """The phrases of `alert` as told at `now` (UTC). People are told times in `timezone`."""
    news = alert.kind is not AlertKind.DIGEST
    late = now - alert.at
    id = one_line(alert.id)
    return Phrases(
        id=id,
        kind=alert.kind.value,
        severity=alert.severity.value,
        heading=_heading(alert),
        headline="" if alert.kind is AlertKind.DRILL else _phrase(alert.title),
        change="" if alert.kind is AlertKind.REMINDER else _phrase(alert.change),  # its heading says it
        says=_phrase(alert.says),
        facts=_lines(alert.facts),
        sureness=_SURENESS.get(alert.event or "", "") if news else "",
        witness=_witness(alert),
        quote=shortened(one_line(alert.quote), LONGEST_QUOTE),
        language=one_line(alert.language)[:20],
        in_language=_LANGUAGES.get(alert.language, one_line(alert.language)[:20]),
        published=_moment(alert.published, timezone),
        source=_phrase(alert.source),
        link=safe_link(alert.url),
        links=tuple(Report(_phrase(each.source), link) for each in alert.links if (link := safe_link(each.url))),
        known=_lines(alert.known),
        chart=line_of_blocks(alert.points),
        caption=caption(alert.points),
        bars=bars(alert.points) if len(alert.points) > 1 else (),
        late=f"delayed {span_of_time(late)}" if late > LATE else "",
        ack=_ack(alert),
        silence=_silence(alert),
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that have something to be seen: a control character alone is an empty line, which Slack refuses."""
    return tuple(line for text in texts if (line := _phrase(text)))


def _phrase(text: str) -> str:
    return shortened(one_line(text), LONGEST_PHRASE)


def _heading(alert: Alert) -> str:
    """Finland: closure announced. A drill says that it is one before all else."""
    if alert.kind is AlertKind.DRILL:
        return _phrase(alert.title)
    if alert.kind is AlertKind.DIGEST:
        return _phrase(alert.says)
    where = f"{country_name(_phrase(alert.country))}: " if alert.country else ""
    if alert.kind is AlertKind.REMINDER:
        return f"Reminder: nobody acknowledged {where}{_what(alert)}"
    update = "update, " if alert.kind is AlertKind.UPDATE else ""
    return f"{where}{update}{_what(alert)}"


def _what(alert: Alert) -> str:
    if alert.event is not None:
        return _phrase(alert.event.replace("_", " "))
    if alert.count is not None and alert.facts:
        return _phrase(alert.facts[0])
    return _phrase(alert.says)


def _witness(alert: Alert) -> str:
    """Who says so. What Gatewatch says itself has no witness."""
    if not alert.items and alert.source == "Gatewatch":
        return ""
    source = _phrase(alert.source)
    if alert.official:
        return f"official: {source}"
    match alert.confirmation:
        case Confirmation.OFFICIAL:
            return f"official; here reported by {source}"
        case Confirmation.SEVERAL:
            return f"several outlets; here {source}"
        case Confirmation.ONE:
            return f"one outlet: {source}"
    return f"reported by {source}"


def _moment(moment: datetime | None, timezone: tzinfo) -> str:
    return f"{moment.astimezone(timezone):%Y-%m-%d %H:%M %Z}" if moment else ""


def _ack(alert: Alert) -> str:
    """The command that acknowledges it, under the id that people were first told."""
    if alert.kind is AlertKind.DRILL or alert.rule == OPERATOR_RULE:
        return ""
    of = alert.about[0] if alert.kind is AlertKind.REMINDER and alert.about else alert.id
    return f"gatewatch ack {one_line(of)}"


def _silence(alert: Alert) -> str:
    """The command that silences its story, with a gap for the reason: one without is refused.

    What is told of Gatewatch itself is never held, and nobody is reminded of it.
    """
    if alert.kind in (AlertKind.DRILL, AlertKind.DIGEST) or alert.rule == OPERATOR_RULE:
        return ""
    return f'gatewatch silence add --story {one_line(alert.story)} --for 1d --reason "…"'


def _detail(fact: str) -> Detail:
    for begin, label, instead in _LABELS:
        if fact.startswith(begin):
            return Detail(label, instead + fact[len(begin) :] if begin.endswith(" ") else fact)
    return Detail("", fact)
