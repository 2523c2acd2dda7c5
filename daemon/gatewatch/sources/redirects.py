"""Where a redirect may lead, and when it means that a source has moved for good. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from gatewatch.model import Outcome

PERMANENT = (301, 308)

#: Hotels, airports and mobile carriers answer 301 to a page of theirs (NetNewsWire keeps such a list), and so do
#: sites whose session has run out. Whole parts of a path, but for endings such as login.php and captiveportal.
_GATE = re.compile(
    r"(?:wp-)?log[-_]?[io]n|sign[-_]?in|sign[-_]?up|register|auth\w*|sso|portal|captive\w*|hotspot\w*|landing-?page"
    r"|guest\w*|wifi\w*|consent|blocked|suspendedpage"
)
_GATE_HOST = re.compile(r"log-?in|sign-?in|auth|sso|captive\w*|hotspot|wifi|consent")
_PAGES = (".php", ".asp", ".aspx", ".jsp", ".do", ".cgi", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: the status with which `url` sent us on."""

    url: httpx.URL
    status: int


def refusal(configured: str, hops: Sequence[Hop], target: httpx.URL) -> str:
    """Why `target` must not be asked after these hops, or nothing. `configured` is what the operator wrote.

    An https source never goes on in clear text: whoever sits in between could write its news.
    """
    if target.scheme not in ("http", "https") or not target.host:
        return f"redirects to {target}, which is not http or https"
    if target.scheme == "http" and configured.lower().startswith("https:"):
        return f"redirects to {target}, which is not encrypted"
    if any(hop.url.copy_with(fragment=None) == target.copy_with(fragment=None) for hop in hops):
        return f"redirects in a circle, back to {target}"  # as sites do that insist on a cookie
    return ""


def moved_to(hops: Sequence[Hop], final: httpx.URL, outcome: Outcome) -> str:
    """The address that has taken the place of the one that was asked, or nothing.

    Only if every hop said "for good" (a 302 in between makes it a detour), the answer at the end was good,
    and it is no login page or captive portal.
    """
    if not hops or outcome not in (Outcome.OK, Outcome.NOT_MODIFIED):
        return ""
    if any(hop.status not in PERMANENT for hop in hops) or is_gate(final):
        return ""
    target = final.copy_with(fragment=None)
    return "" if target == hops[0].url.copy_with(fragment=None) else str(target)


def is_gate(url: httpx.URL) -> bool:
    """Whether an address looks like a login page or a captive portal."""
    parts = url.path.lower().split("/")
    names = [part.partition(".")[0] if part.endswith(_PAGES) else part for part in parts]
    labels = url.host.lower().split(".")
    return any(map(_GATE.fullmatch, names)) or any(map(_GATE_HOST.fullmatch, labels[:-1]))
