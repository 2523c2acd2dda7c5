"""Links as feeds write them: made absolute, and brought to one form for telling articles apart."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_.*|at_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|xtor|cmpid|ns_\w+|wt_\w+|ocid|_hs\w+)"
)
#: Parameters that are tracking only with these values: `ref` and `origin` alone can be part of an address.
_TRACKING_PAIRS = {("origin", "rss"), ("ref", "rss"), ("source", "rss"), ("from", "rss"), ("feed", "rss")}
LONGEST_LINK = 8_000  # characters; more than servers take
_ABSOLUTE = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:/[A-Za-z0-9/_.~%+=&,:@!*'()-]*)?"
    r"(?:\?[A-Za-z0-9/_.~%+=&,:@!*'()?-]+)?(?:#[A-Za-z0-9/_.~%+=&,:@!*'()?-]+)?"
)


def is_plain(link: str) -> bool:
    """Whether a link needs neither joining nor mending; nearly every link is so."""
    return _ABSOLUTE.fullmatch(link) is not None


def absolute_link(raw: str, document_url: str) -> str:
    """`raw` as an http(s) address, or nothing. Line breaks inside links are the feed's own folding."""
    if len(raw) > LONGEST_LINK:
        return ""
    if is_plain(raw):
        return raw
    joined = re.sub(r"[\t\r\n]", "", raw).strip().replace(" ", "%20")
    if not joined:
        return ""
    try:
        joined = urljoin(document_url, joined)
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def canonical_link(link: str) -> str:
    """One form for one article: no scheme, `www.`, tracking or closing slash. The fragment stays, because
    on some sites it alone tells articles apart (FreshRSS #5329). Empty for a homepage, which
    tells nothing apart (mediacloud).
    """
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = parts.path.rstrip("/")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    if not (host and (path or query or parts.fragment)):
        return ""
    return urlunsplit(("", host, path, query, parts.fragment))


def _is_tracking(pair: str) -> bool:
    named = parse_qsl(pair.lower(), keep_blank_values=True)
    return all(_TRACKING.fullmatch(name) or (name, value) in _TRACKING_PAIRS for name, value in named)
