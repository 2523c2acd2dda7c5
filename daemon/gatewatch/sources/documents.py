"""One polled document to what the pipeline takes in: unchanged, items, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatewatch.model import Document, Item, Outcome, Source, SourceState
from gatewatch.sources.aggregators import google_news, parse_gdelt
from gatewatch.sources.entries import Feed
from gatewatch.sources.feeds import body_hash, parse_feed
from gatewatch.sources.identity import CAP, identify
from gatewatch.sources.pages import read_page


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds: `items` oldest first, with the `identity` rung they were told apart by.

    `unchanged` means that nothing had to be parsed. `problem` says in plain words why there is nothing to
    take in. `cut` is how many entries were left out because the document has too many. `form`, `ttl` and `rows` are
    those of `Feed`; `newest` is the latest date that an item claims.
    """

    items: tuple[Item, ...] = ()
    identity: str | None = None
    body_hash: str | None = None
    unchanged: bool = False
    problem: str | None = None
    cut: int = 0
    form: str = ""
    ttl: timedelta | None = None
    rows: Mapping[str, str] | None = None
    newest: datetime | None = None

    @property
    def usable(self) -> bool:
        """Whether it was read and can be a source's baseline, even if it is empty."""
        return self.problem is None and not self.unchanged


def read_document(document: Document, source: Source, state: SourceState) -> Contents:
    """Reads what a poll brought. Never raises for what a publisher sent."""
    if document.outcome is Outcome.NOT_MODIFIED:
        return Contents(identity=state.identity, body_hash=state.body_hash, unchanged=True)
    if document.outcome is not Outcome.OK:
        return _unusable(state, document.detail or document.outcome.value)
    fingerprint = body_hash(document.body)
    if fingerprint == state.body_hash:
        return Contents(identity=state.identity, body_hash=fingerprint, unchanged=True)
    try:
        feed = _parse(document, source, state)
    except Exception as error:
        # feedparser lets through what its parts raise (AttributeError, RecursionError, …); a feed that
        # breaks a parser is a bad feed, and must not stop the others.
        return _unusable(state, f"the parser failed on it: {error!r}")
    if feed.problem:
        return _unusable(state, feed.problem)
    items, identity = identify(feed, source, state.identity, document.at)
    return Contents(
        items,
        identity,
        fingerprint,
        cut=max(0, len(feed.entries) - CAP),
        form=feed.form,
        ttl=feed.ttl,
        rows=feed.rows,
        newest=max((item.published for item in items if item.published), default=None),
    )


def _parse(document: Document, source: Source, state: SourceState) -> Feed:
    """The one place that knows which kind of source is read by whom."""
    address = document.url or source.url
    match source.kind:
        case "feed":
            return parse_feed(document.body, address, document.content_type)
        case "page":
            return read_page(document.body, address, document.content_type, source, state, document.at)
        case "google-news":
            return google_news(parse_feed(document.body, address, document.content_type))
        case "gdelt":
            return parse_gdelt(document.body, document.content_type)
        case kind:
            return Feed(problem=f"sources of the kind {kind!r} can not be read")


def _unusable(state: SourceState, problem: str) -> Contents:
    return Contents(identity=state.identity, body_hash=state.body_hash, problem=problem)
