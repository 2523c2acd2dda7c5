"""Text from feeds made harmless before it enters a message, and made short.

Nothing in a feed may reach into the operator's chat, mailbox or terminal: no line breaks that start a mail
header, no marks that turn the reading direction around, no words that ring everybody's phone.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from html import escape
from urllib.parse import quote

#: Joiners that Persian and emoji need. All other invisible characters go.
_KEPT_INVISIBLE = "\u200c\u200d"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MENTION = re.compile(r"@(?=(?:here|channel|everyone|all)\b)", re.IGNORECASE)
_ACTS_IN_SLACK = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)")
_ACTS_IN_MARKDOWN = re.compile(r"[\\`*_\[\]<>()#~|&!$]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)]*(?=\s|$)")
_LINK = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_LONGEST_LINK = 1000


def one_line(text: str) -> str:
    """`text` on one line, without what can't be seen: controls, bidi marks, U+2028, halves of pairs."""
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    seen = (c for c in spaced if c in _KEPT_INVISIBLE or unicodedata.category(c) not in _DROPPED)
    return " ".join("".join(seen).split())


def without_mentions(text: str) -> str:
    """Breaks `@here`, `@channel`, `@everyone`, `@all`: Mattermost and Discord ring for them as they are."""
    return _MENTION.sub("@" + _WORD_JOINER, text)


def mrkdwn(text: str) -> str:
    """Literal in Slack's mrkdwn: `<!channel>` and `<@U123>` stay words."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Slack knows no escape for these; a joiner beside one makes it part of a word, where it does nothing
    still = _ACTS_IN_SLACK.sub(lambda mark: _WORD_JOINER + mark[0] + _WORD_JOINER, escaped)
    return without_mentions(still)


def markdown(text: str) -> str:
    """Literal in CommonMark, and in what Discord and others have made of it."""
    return without_mentions(_ACTS_IN_MARKDOWN.sub(lambda mark: "\\" + mark[0], text))


def html(text: str) -> str:
    """Literal in HTML, between tags and in quoted attributes."""
    return escape(text, quote=True)


def plain_words(text: str) -> str:
    """For Slack's plain_text, which holds no markup, but where an entity may or may not be taken for one."""
    return without_mentions(text.replace("<", "‹").replace(">", "›"))


def safe_link(url: str) -> str:
    """`url` with everything quoted that could end it early; empty for anything but a usable web address."""
    url = url.strip()
    if not _LINK.match(url):
        return ""
    quoted = quote(url, safe=":/?#[]@!$&'()*+,;=%-._~", errors="replace")
    quoted = _MENTION.sub("%40", quoted)  # Mattermost rings for @here in an address, too
    return quoted if len(quoted) <= _LONGEST_LINK else ""


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters: to the end of a sentence, or else of a word; `…` says that more follows."""
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[:limit]
    head = text[: limit - 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, limit - 1)]
    if ends and ends[-1] > limit // 3:
        return head[: ends[-1]] + "…"
    words = head.rpartition(" ")[0]
    return (words if len(words) > limit // 2 else head).rstrip() + "…"


def span_of_time(length: timedelta) -> str:
    """2 h 10 min, 3 d 4 h: the two largest units."""
    minutes = int(length.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "d"), (hours, "h"), (minutes % 60, "min")]
    told = [f"{value} {unit}" for value, unit in parts if value][:2]
    return " ".join(told) or "0 min"
