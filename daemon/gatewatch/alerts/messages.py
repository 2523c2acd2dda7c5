"""From an alert to the message that a channel shows, one template for each family of channels. Pure."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from jinja2 import Template

from gatewatch.alerts.phrases import Phrases, phrases_of
from gatewatch.alerts.templating import SUBJECT, Templates, filled, shipped
from gatewatch.alerts.templating import Family as Family
from gatewatch.alerts.wording import markdown, mrkdwn, one_line, shortened, without_mentions
from gatewatch.journal import line
from gatewatch.model import Alert

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Budget:
    """How many characters a channel takes."""

    title: int
    body: int


#: A title that fits a phone, and the 3,000 characters that a section in Slack holds.
USUAL = Budget(title=150, body=3000)

_SHIPPED = Templates()


@dataclass(frozen=True, slots=True)
class Message:
    """Ready to send. `title` and `body` are escaped for their family; `alert` is what they tell.

    `alternative` is the body in plain text where the family is HTML. `phrases` are what the body was made of, for
    channels that lay it out themselves, unless the body is a user's `own`.
    """

    alert: Alert
    title: str
    body: str
    phrases: Phrases
    alternative: str = ""
    own: bool = False


def render(
    alert: Alert,
    family: Family,
    now: datetime,
    budget: Budget = USUAL,
    timezone: tzinfo = UTC,
    templates: Templates = _SHIPPED,
) -> Message:
    """The message of `alert` as sent at `now` (UTC). People are told times in `timezone`.

    A template of the user's own that fails is passed over for the shipped one: better plain than lost.
    """
    phrases = phrases_of(alert, now, timezone)
    body, own = _body(phrases, family, budget.body, templates)
    return Message(
        alert=alert,
        title=_title(phrases, family, budget.title, templates),
        body=body,
        phrases=phrases,
        alternative=_body(phrases, Family.PLAIN, budget.body, templates)[0] if family is Family.HTML else "",
        own=own,
    )


def _title(phrases: Phrases, family: Family, limit: int, templates: Templates) -> str:
    """One line, at most `limit` characters before it was escaped; never empty."""
    own = templates.own_or_none(SUBJECT)
    text = one_line(_tried(own, phrases) or "") if own else ""
    title = shortened(text or one_line(filled(shipped(SUBJECT), phrases)), limit)
    match family:
        case Family.MRKDWN:
            return mrkdwn(title)
        case Family.MARKDOWN:
            return markdown(title)
        case Family.PLAIN:
            return without_mentions(title)
    return title


def _body(phrases: Phrases, family: Family, budget: int, templates: Templates) -> tuple[str, bool]:
    """The body, and whether it is of the user's own template."""
    own = templates.own_or_none(family)
    if own is not None:
        for less in _ever_less(phrases, budget, own):
            body = _tried(own, less)
            if body is None:
                break
            if body and len(body) <= budget:
                return body, True
    template = shipped(family)
    for less in _ever_less(phrases, budget, template):
        body = filled(template, less)
        if len(body) <= budget:
            return body, False
    return f"alert {phrases.id}", False


def _tried(template: Template, phrases: Phrases) -> str | None:
    try:
        return filled(template, phrases)
    except Exception as fault:  # whatever a template does wrong, the alert goes out
        log.warning(line("template_failed", template=template.name, error=repr(fault)))
        return None


def _ever_less(phrases: Phrases, budget: int, template: Template) -> Iterator[Phrases]:
    """The phrases, then less and less of them until they fit: the quote gives way first, the id never."""
    yield phrases
    for _ in range(4):
        over = len(_tried(template, phrases) or "") - budget
        if over <= 0 or not phrases.quote:
            break
        phrases = replace(phrases, quote=shortened(phrases.quote, max(0, len(phrases.quote) - over)))
        yield phrases
    phrases = replace(phrases, quote="", in_language="")
    yield phrases
    steps: tuple[dict[str, object], ...] = (
        {"links": (), "known": phrases.known[:1], "bars": phrases.bars[-10:]},
        {"facts": _first(phrases.facts, 10), "bars": ()},
        {"facts": _first(phrases.facts, 3), "silence": "", "known": ()},
        {"facts": (), "published": "", "chart": "", "caption": ""},
        {"says": "", "sureness": "", "change": shortened(phrases.change, 60), "ack": ""},
        {"witness": shortened(phrases.witness, 60), "headline": shortened(phrases.headline, 60)},
        {"link": "", "headline": "", "change": ""},
    )
    for less in steps:
        phrases = replace(phrases, **less)  # type: ignore[arg-type]
        yield phrases


def _first(lines: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The first lines, and how many were left out."""
    left = len(lines) - number
    return (*lines[:number], f"and {left} more") if left > 0 else lines
