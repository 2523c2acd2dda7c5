"""A message as one JSON object, for other programs: the lines of the file channel, the body of a webhook. Pure."""

from __future__ import annotations

from typing import Any

from gatewatch.alerts.messages import Message
from gatewatch.alerts.wording import one_line


def fields_of(message: Message) -> dict[str, Any]:
    """Everything that the alert says. A field never goes away or changes its meaning; new ones may come.

    `title` and `text` are what people read, the rest is for programs. Texts from feeds are one line each, without
    control characters; they are not escaped for anything but JSON.
    """
    alert, phrases = message.alert, message.phrases
    return {
        "id": phrases.id,
        "at": alert.at.isoformat(),
        "kind": alert.kind.value,
        "severity": alert.severity.value,
        "rule": alert.rule,
        "country": one_line(alert.country) if alert.country else None,
        "event": one_line(alert.event) if alert.event else None,
        "count": alert.count,
        "story": alert.story,
        "url": phrases.link,
        "source": phrases.source,
        "official": alert.official,
        "title": message.title,
        "text": message.body,
        "heading": phrases.heading,
        "headline": phrases.headline,
        "facts": list(phrases.facts),
        "confirmation": alert.confirmation.value if alert.confirmation else None,
        "sureness": phrases.sureness,
        "witness": phrases.witness,
        "quote": phrases.quote,
        "language": phrases.language,
        "published": alert.published.isoformat() if alert.published else None,
        "change": phrases.change,
        "known": list(phrases.known),
        "links": [{"source": each.source, "url": each.link} for each in phrases.links],
        "points": [{"day": each.day.isoformat(), "value": each.value} for each in alert.points],
        "late": phrases.late,
        "about": list(alert.about),
    }
