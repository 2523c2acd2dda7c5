"""The templates of messages, shipped or a user's own, in an environment that escapes whatever they say.

Escaping lies here and not in the templates, so that none can forget it: every expression is made literal for
its family as it is printed. `safe` and `autoescape false` change nothing about that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from gatewatch.alerts.phrases import Phrases
from gatewatch.alerts.wording import html, markdown, mrkdwn, one_line, safe_link, without_mentions
from gatewatch.journal import line

log = logging.getLogger(__name__)

#: The template of the title, whatever the family.
SUBJECT = "subject"


class Family(StrEnum):
    """What a channel's far end understands."""

    MRKDWN = "mrkdwn"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


#: What a template can name, beside `link_to`.
NAMES = (*(field.name for field in fields(Phrases)), "details", "remarks", "howsure")

#: The templates that a user can replace, by the names of their files without `.j2`.
REPLACEABLE = (SUBJECT, *Family)

_ESCAPES: Mapping[str, Callable[[str], str]] = {
    Family.MRKDWN: mrkdwn,
    Family.HTML: html,
    Family.MARKDOWN: markdown,
    Family.PLAIN: without_mentions,
    SUBJECT: str,  # escaped as a whole once its family is known
}


class _Literal(str):
    """Part of a message that is escaped already. Only `link_to` makes one; any filter makes it common text again."""

    __slots__ = ()


class Templates:
    """The shipped templates, and before them those in `folder`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._own: dict[str, Template] = {}
        self._folder = folder

    def own(self, name: str) -> Template | None:
        """The user's template of that name, read once. Raises jinja2.TemplateError where it is broken."""
        if self._folder is None or not (self._folder / f"{name}.j2").is_file():
            return None
        if name not in self._own:
            self._own[name] = environment(name, FileSystemLoader(self._folder)).get_template(f"{name}.j2")
        return self._own[name]

    def own_or_none(self, name: str) -> Template | None:
        """The same; a broken one counts as none, and the journal says so."""
        try:
            return self.own(name)
        except Exception as fault:  # a bad byte, a syntax error: no alert may be lost for it
            log.warning(line("template_broken", template=name, error=repr(fault)))
            return None


@cache
def shipped(name: str) -> Template:
    """The template that comes with Gatewatch."""
    return environment(name, PackageLoader("gatewatch.alerts")).get_template(f"{name}.j2")


def environment(name: str, loader: BaseLoader) -> SandboxedEnvironment:
    """Where the template `name` runs: sandboxed, strict about names, and with its escape built in."""
    escaped = _ESCAPES[name]

    def literal(value: object) -> str:
        return value if isinstance(value, _Literal) else escaped(str(value))

    made = SandboxedEnvironment(
        loader=ChoiceLoader([loader]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        finalize=literal,
    )
    made.globals = {"link_to": lambda url, words="": _Literal(_linked(name, str(url), str(words)))}
    return made


def filled(template: Template, phrases: Phrases) -> str:
    """What a template says of an alert."""
    return template.render({name: getattr(phrases, name) for name in NAMES}).strip()


def _linked(family: str, url: str, words: str) -> str:
    """A link as the family writes it; the words alone where `url` is no usable address."""
    url, words = safe_link(url), one_line(words)
    escaped = _ESCAPES[family]
    if not url:
        return escaped(words)
    match family:
        case Family.MRKDWN:
            return f"<{url.replace('&', '&amp;')}|{escaped(words or url)}>"
        case Family.HTML:
            return f'<a href="{html(url)}">{html(words or url)}</a>'
        case Family.MARKDOWN:
            return f"[{escaped(words)}](<{url}>)" if words else f"<{url}>"
    return f"{escaped(words)}: {url}" if words else url
