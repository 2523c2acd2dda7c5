"""Telling a challenge, a captcha or a login page from the document that was asked for.

They come with 403 and 503, but with 200 as well, and with validators of their own (miniflux 68bc5a92).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: An HTML page, after white space, a byte order mark and comments. Possessive: comments by the thousand
#: must not cost more than one look at each.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body|script)\b",
    re.IGNORECASE | re.DOTALL,
)

#: Marks that no article carries, so that they count on press pages too.
_CHALLENGES = {
    b"/cdn-cgi/challenge-platform/": "Cloudflare asks for a browser",
    b"cf-browser-verification": "Cloudflare asks for a browser",
    b"<title>just a moment...</title>": "Cloudflare asks for a browser",
    b"<title>attention required! | cloudflare</title>": "Cloudflare blocks us",
    b"captcha-delivery.com": "DataDome asks for a captcha",
    b"_incapsula_resource": "Imperva asks for a browser",
    b"<title>ddos-guard</title>": "DDoS-Guard asks for a browser",
    b"awswafintegration": "AWS asks for a browser",
}
#: Marks that a page may carry by right and a feed never: looked for only where a feed is expected.
_NOT_A_FEED = {
    b"g-recaptcha": "a captcha in place of the feed",
    b"hcaptcha.com": "a captcha in place of the feed",
    b'type="password"': "a login page in place of the feed",
    b"type='password'": "a login page in place of the feed",
}
_LOOKED_AT = 200_000  # bytes; challenge pages are short


def challenge_in_headers(headers: Mapping[str, str]) -> str:
    """Why the answer is a challenge, by its headers (names in lower case), or nothing."""
    if "cf-mitigated" in headers:
        return "Cloudflare asks for a browser"
    if "x-amzn-waf-action" in headers:
        return "AWS asks for a browser"
    return ""


def is_html(body: bytes) -> bool:
    """Whether the body is an HTML page, whatever its Content-Type says."""
    return _HTML.match(body[:_LOOKED_AT]) is not None


def challenge_in_body(body: bytes, kind: str) -> str:
    """Why this page is a challenge, or nothing. `kind` is what the source should be: feed or page."""
    if not is_html(body):
        return ""
    page = body[:_LOOKED_AT].lower()
    marks = _CHALLENGES | _NOT_A_FEED if kind == "feed" else _CHALLENGES
    return next((why for mark, why in marks.items() if mark in page), "")
