"""Secrets are taken out of everything that is logged, whoever says it.

The libraries below us put addresses into their errors, and the address of a webhook is its secret.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, unquote, urlsplit

MASK = "***"

#: A secret that is shorter could be a part of any word: it is hidden where it stands alone.
SHORT = 6

#: Plain words in the path of an address ("services", "webhooks") tell where something went, and nothing more.
_PLAIN_WORD = re.compile(r"[a-z]{1,12}|[0-9]{1,5}|[a-z]?v[0-9]")

# In an address that nobody named a secret: a feed with a password or a token of its own.
_USERINFO = re.compile(r"(?<=://)[^\s/?#]{1,500}@")
_QUERY = re.compile(
    r"([?&;][\w.-]{0,40}(?:token|key|secret|sig|pass|auth|session)[\w.-]{0,40}=)[^&\s#\"']+", re.IGNORECASE
)


class Secrets:
    """What no log line may show. Threads log while a reload adds to it, so the pattern is swapped as a whole."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        self.hide(secrets)

    def hide(self, secrets: Iterable[str]) -> None:
        """Hides these, too. Those of before stay hidden: a message in flight may still name them."""
        self._forms = self._forms.union(form for secret in secrets for form in forms_of(secret))
        self._pattern = _pattern(self._forms) if self._forms else None

    def masked(self, text: str) -> str:
        """The text without secrets, and without the passwords and tokens of the addresses in it."""
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        if "://" in text:
            text = _USERINFO.sub(f"{MASK}@", text)
        return _QUERY.sub(rf"\1{MASK}", text) if "=" in text else text


def forms_of(secret: str) -> Iterator[str]:
    """All that gives a secret away: itself, the telling parts of an address, and each as others would write it."""
    for part in {secret, *_parts(secret)}:
        yield from {
            part,
            quote(part),
            quote(part, safe=""),
            unquote(part),
            repr(part)[1:-1],
            json.dumps(part)[1:-1],
            base64.b64encode(part.encode()).decode(),
        }


def _parts(secret: str) -> Iterator[str]:
    if "://" not in secret:
        return
    scheme, _, rest = secret.partition("://")
    try:
        parts = urlsplit(f"https://{rest}")
    except ValueError:
        return
    user, _, host = parts.netloc.rpartition("@")
    if user:
        yield user
        yield from filter(None, [user.partition(":")[2]])
    if scheme not in ("http", "https"):  # where other services have a host, some have a token
        yield from (piece for piece in host.split(":") if "." not in piece and _telling(piece))
    if len(parts.path) > SHORT:
        yield parts.path
    yield from (piece for piece in parts.path.split("/") if _telling(piece))
    yield from (value for _, value in parse_qsl(parts.query) if _telling(value))


def _telling(piece: str) -> bool:
    return len(piece) >= SHORT and not _PLAIN_WORD.fullmatch(piece) and piece != "localhost"


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """The longest first, so that no half of a secret is left over."""
    longest_first = sorted((form for form in forms if form), key=lambda form: (-len(form), form))
    return re.compile("|".join(_found(form) for form in longest_first))


def _found(form: str) -> str:
    escaped = re.escape(form)
    return rf"(?<!\w){escaped}(?!\w)" if len(form) < SHORT else escaped
