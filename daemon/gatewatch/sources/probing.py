"""What one answer tells the person who runs Gatewatch: what was found, whether that is right, what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from gatewatch.model import Document, JsonLayout, Outcome, Source
from gatewatch.sources.autodiscovery import LinkedFeed, linked_feeds
from gatewatch.sources.challenges import challenge_in_body, is_html
from gatewatch.sources.documents import Contents
from gatewatch.sources.health import FROZEN_AFTER, newest_date

_TITLES = 2


class Verdict(StrEnum):
    """What a source turned out to be. All but the first want somebody to look."""

    FINE = "fine"
    EMPTY = "empty"
    FROZEN = "frozen?"
    NOT_A_FEED = "not a feed"
    UNREADABLE = "unreadable"
    GONE = "gone"
    BLOCKED = "blocked"
    TOO_OFTEN = "too often"
    FAILING = "failing"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of trying a source once. `found` and `hints` are whole phrases for people.

    `moved_to` is where a permanent redirect leads, `newest` the latest date an item claims, `feeds` what the page names
    that came in place of a feed.
    """

    source: Source
    verdict: Verdict
    found: str
    hints: tuple[str, ...] = ()
    items: int = 0
    newest: datetime | None = None
    language: str | None = None
    titles: tuple[str, ...] = ()
    moved_to: str = ""
    feeds: tuple[LinkedFeed, ...] = ()

    @property
    def fine(self) -> bool:
        return self.verdict is Verdict.FINE


#: What an answer without a document means, and what to do about it.
_REFUSALS: Mapping[Outcome, tuple[Verdict, str]] = {
    Outcome.GONE: (Verdict.GONE, "look for the new address on the site; it may also come back"),
    Outcome.CHALLENGE: (Verdict.BLOCKED, "robots are kept out: look for a feed, or ask the owner of the site"),
    Outcome.CLIENT_ERROR: (Verdict.BLOCKED, "the server refuses us: set `contact` in config.toml, or ask the owner"),
    Outcome.RATE_LIMITED: (Verdict.TOO_OFTEN, "wait, and poll it less often: a longer `every`"),
    Outcome.SERVER_ERROR: (Verdict.FAILING, "the fault is theirs: try again later"),
    Outcome.TOO_LARGE: (Verdict.UNREADABLE, "look for a feed with fewer items"),
    Outcome.BAD_CONTENT: (Verdict.UNREADABLE, "open the address in a browser: is it still what it was?"),
    Outcome.NETWORK_ERROR: (Verdict.UNREACHABLE, "is the host's name right? Try again later"),
    Outcome.NOT_MODIFIED: (Verdict.UNREADABLE, "the server says that nothing has changed, to one who has nothing"),
}
_CERTIFICATE = "their certificate has to be renewed, or this machine's list of authorities is old"
_OFFLINE = "this machine seems to be without network"


def probe(document: Document, contents: Contents, source: Source, now: datetime, guessed: str | None = None) -> Probe:
    """Judges what an unconditional request brought. `guessed` is the language that the titles are in, where known."""
    if document.outcome is not Outcome.OK:
        return _refused(document, source)
    if contents.problem is not None:
        return _misread(document, contents, source)
    return _read(document, contents, source, now, guessed)


def _refused(document: Document, source: Source) -> Probe:
    verdict, hint = _REFUSALS[document.outcome]
    if document.our_outage:
        hint = _OFFLINE
    elif verdict is Verdict.UNREACHABLE and "certificate" in document.detail:
        hint = _CERTIFICATE
    elif document.outcome is Outcome.CLIENT_ERROR and document.status == 401:
        hint = "it asks for a name and password, which Gatewatch has none of"
    return Probe(source, verdict, document.detail or document.outcome.value, (hint, *_moves(document, source)))


def _misread(document: Document, contents: Contents, source: Source) -> Probe:
    problem = contents.problem or ""
    hints = _moves(document, source)
    if source.kind != "feed":
        hint = _page_hint(source) if source.kind == "page" else "try again later; it may have been asked too often"
        return Probe(source, Verdict.UNREADABLE, problem, (hint, *hints), moved_to=document.moved_to)
    page = is_html(document.body)
    guarded = challenge_in_body(document.body, source.kind)
    feeds = linked_feeds(document.body, document.content_type, document.url or source.url) if page else ()
    if feeds:
        hint = "the page names " + ("a feed" if len(feeds) == 1 else f"{len(feeds)} feeds") + ": use its address"
    elif guarded:
        return Probe(source, Verdict.BLOCKED, guarded, (_REFUSALS[Outcome.CHALLENGE][1], *hints))
    elif page:
        hint = 'no feed is named in the page; it can be polled with kind = "page"'
    else:
        hint = "open the address in a browser: is it still what it was?"
    verdict = Verdict.NOT_A_FEED if page or problem.startswith("not a feed") else Verdict.UNREADABLE
    return Probe(source, verdict, problem, (hint, *hints), moved_to=document.moved_to, feeds=feeds)


def _page_hint(source: Source) -> str:
    match source.layout:
        case None:
            return "describe its list: [source.list] (docs/sources.md)"
        case JsonLayout():
            return "compare the paths of [source.json] with what the address answers"
        case _:
            return "compare the selectors with the page as it is now"


def _read(document: Document, contents: Contents, source: Source, now: datetime, guessed: str | None) -> Probe:
    verdict, hints = Verdict.FINE, list(_moves(document, source))
    newest = newest_date(None, contents, now)
    if not contents.items and not contents.rows:
        verdict = Verdict.EMPTY
        hints.insert(0, "right for one that is new or seldom used; else open the address in a browser")
    elif newest is not None and now - newest > FROZEN_AFTER:
        verdict = Verdict.FROZEN
        hints.insert(0, f"nothing new for {(now - newest).days} days: look for the new address on the site")
    # Many feeds say en-us because their software does: what the titles are in counts more.
    language = guessed or _language(contents)
    if language and source.language and language != source.language:
        hints.append(f'it is in `{language}`, config.toml says language = "{source.language}"')
    return Probe(
        source,
        verdict,
        _described(contents, newest, language),
        tuple(hints),
        items=len(contents.items),
        newest=newest,
        language=language,
        # What a feed shows first is what a reader of the site sees first; Contents has the oldest first.
        titles=tuple(item.title for item in reversed(contents.items[-_TITLES:])),
        moved_to=document.moved_to,
    )


def _language(contents: Contents) -> str | None:
    """What the items themselves say that they are in, where they agree."""
    told = {item.language for item in contents.items if item.language}
    return told.pop() if len(told) == 1 else None


def _described(contents: Contents, newest: datetime | None, language: str | None) -> str:
    counted = _counted(len(contents.items), "item")
    if " of " in contents.form:  # "a list of 12 at `ul.news > li`, 3 dated": a page has told already
        parts = [contents.form]
    else:
        parts = [contents.form or "a feed", counted, *(["without dates"] if contents.items and not newest else [])]
    if newest is not None:
        parts.append(f"newest {newest:%Y-%m-%d}")
    if language:
        parts.append(f"language {language}")
    if contents.cut:
        parts.append(f"{contents.cut} items beyond the limit left out")
    return ", ".join(parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _moves(document: Document, source: Source) -> tuple[str, ...]:
    if document.moved_to and document.moved_to != source.url:
        return (f'it has moved for good: url = "{document.moved_to}"',)
    if document.url and document.url != source.url and _place(document.url) != _place(source.url):
        return (f"for now it is answered from {document.url}",)
    return ()


def _place(url: str) -> tuple[str, ...]:
    """An address but for capitals in its host and an empty path, which every client puts right."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query
