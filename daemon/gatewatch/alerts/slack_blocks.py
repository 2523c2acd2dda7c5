"""An alert in Slack's Block Kit, inside its limits. Pure.

What matters stands in blocks of the message itself, which Slack always shows in full; the colour of the severity can
only stand in an attachment, which Slack may fold away, so that holds what one can do without. Links are links and not
buttons: a button reports each click to an address that most incoming webhooks don't have, and then shows a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gatewatch.alerts.messages import Message
from gatewatch.alerts.phrases import Phrases
from gatewatch.alerts.wording import mrkdwn, plain_words, safe_link, shortened

HEADER = 150
SECTION = 3000
FIELD = 2000
FIELDS = 10
BLOCKS = 50

Block = dict[str, Any]

_LIGHTS = {"critical": "🔴", "high": "🟠", "medium": "🟡", "low": "🔵", "info": "⚪"}
_COLOURS = {"critical": "#c62828", "high": "#d9730d", "medium": "#d4a900", "low": "#2f6fb3", "info": "#8b93a1"}

#: So many links beside the first one, and so many characters for a line of small print.
_MORE_LINKS = 4
_SMALL_PRINT = 600


def payload(message: Message) -> Block:
    """What the webhook is sent. `text` is for phones' notifications, screen readers, and far ends without blocks."""
    phrases = message.phrases
    middle = [_section(message.body)] if message.own else [*_middle(phrases)]
    return {
        "text": f"*{message.title}*\n{message.body}",
        "blocks": [_header(phrases), *middle][: BLOCKS - 1],
        "attachments": [{"color": _COLOURS.get(phrases.severity, "#8b93a1"), "blocks": [_footer(phrases)]}],
    }


def _middle(phrases: Phrases) -> Iterator[Block]:
    if top := _top(phrases):
        yield _section(top)
    if fields := _fields(phrases):
        yield {"type": "section", "fields": fields}
    for page in _pages(phrases.remarks):
        yield _section(page)
    if phrases.chart:
        yield _section(f"`{phrases.chart}`\n{_literal(phrases.caption, SECTION - 100)}")
    if phrases.quote:
        tongue = f" _({_literal(phrases.in_language, 60)})_" if phrases.in_language else ""
        yield _section(f"> {_literal(phrases.quote, SECTION - 200)}{tongue}")
    if phrases.known:
        lines = (_literal(line, _SMALL_PRINT) for line in phrases.known[:3])
        yield _small_print("*Known before*", *lines)
    if links := _links(phrases):
        yield _section(links)


def _header(phrases: Phrases) -> Block:
    words = shortened(f"{_LIGHTS.get(phrases.severity, '⚪')} {phrases.heading}", HEADER)
    return {"type": "header", "text": {"type": "plain_text", "text": _cut(plain_words(words), HEADER), "emoji": False}}


def _top(phrases: Phrases) -> str:
    """The headline, what is new, and how late this is."""
    lines = []
    if phrases.headline:
        lines.append(f"*{_literal(phrases.headline, 1000)}*")
    if phrases.change:
        lines.append(f"*New:* {_literal(phrases.change, 1000)}")
    if phrases.late:
        lines.append(f":hourglass: *{_literal(phrases.late, 100)}*")
    return "\n".join(lines)


def _fields(phrases: Phrases) -> list[Block]:
    pairs = [(detail.label, detail.value) for detail in phrases.details][: FIELDS - 1]
    if phrases.howsure:
        pairs.append(("How sure", phrases.howsure))
    return [_text(f"*{label}*\n{_literal(value, FIELD - 100)}") for label, value in pairs]


def _links(phrases: Phrases) -> str:
    if not phrases.link:
        return ""
    first = _link(phrases.link, f"Read it at {phrases.source}" if phrases.source else "Read it")
    others = [_link(each.link, each.source) for each in phrases.links[:_MORE_LINKS] if len(each.link) < 400]
    return " · ".join([first, *others])


def _link(url: str, words: str) -> str:
    return f"<{safe_link(url).replace('&', '&amp;')}|{_literal(words, 120)}>"


def _footer(phrases: Phrases) -> Block:
    """Severity, the rule's words, time, id, and how to acknowledge and to silence."""
    parts = [phrases.severity, phrases.says if phrases.kind not in ("digest", "drill") else "", phrases.published]
    told = " · ".join(_literal(part, _SMALL_PRINT) for part in parts if part)
    commands = [f"`{command}`" for command in (phrases.ack, phrases.silence) if command]
    return _small_print(told, f"alert {phrases.id}", *commands)


def _small_print(*lines: str) -> Block:
    """One element: Slack sets several of them side by side, whatever their length."""
    return {"type": "context", "elements": [_text("\n".join(lines))]}


def _pages(lines: Iterable[str]) -> Iterator[str]:
    """Lines with bullets, as many to a section as it holds."""
    page = ""
    for line in (f"• {_literal(line, 900)}" for line in lines):
        if page and len(page) + len(line) + 1 > SECTION:
            yield page
            page = ""
        page = f"{page}\n{line}" if page else line
    if page:
        yield page


def _section(text: str) -> Block:
    return {"type": "section", "text": _text(text)}


def _text(text: str) -> Block:
    """`verbatim`: nothing in it is made a link or a mention that we did not write as one."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _literal(text: str, limit: int) -> str:
    """`text` literal in mrkdwn and at most `limit` characters after that: `&` alone becomes five."""
    escaped = mrkdwn(text)
    while len(escaped) > limit:
        text = shortened(text, min(len(text) - 1, max(1, len(text) * limit // len(escaped))))
        escaped = mrkdwn(text)
    return escaped


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
