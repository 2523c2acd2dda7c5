"""One polled document to what the pipeline takes in: unchanged, items, or a problem."""

from __future__ import annotations

from dataclasses import dataclass

from gatewatch.model import Document, Item, Outcome, Source, SourceState
from gatewatch.sources.feeds import body_hash, parse_feed
from gatewatch.sources.identity import CAP, identify


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds: `items` oldest first, with the `identity` rung they were told apart by.

    `unchanged` means that nothing had to be parsed. `problem` says in plain words why there is nothing to
    take in. `cut` is how many entries were left out because the document has too many.
    """

    items: tuple[Item, ...] = ()
    identity: str | None = None
    body_hash: str | None = None
    unchanged: bool = False
    problem: str | None = None
    cut: int = 0

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
    if source.kind != "feed":
        return _unusable(state, f"sources of the kind {source.kind!r} can not be read")
    fingerprint = body_hash(document.body)
    if fingerprint == state.body_hash:
        return Contents(identity=state.identity, body_hash=fingerprint, unchanged=True)
    try:
        feed = parse_feed(document.body, document.url or source.url, document.content_type)
    except Exception as error:
        # feedparser lets through what its parts raise (AttributeError, RecursionError, …); a feed that
        # breaks a parser is a bad feed, and must not stop the others.
        return _unusable(state, f"the parser failed on it: {error!r}")
    if feed.problem:
        return _unusable(state, feed.problem)
    items, identity = identify(feed, source, state.identity, document.at)
    return Contents(items, identity, fingerprint, cut=max(0, len(feed.entries) - CAP))


def _unusable(state: SourceState, problem: str) -> Contents:
    return Contents(identity=state.identity, body_hash=state.body_hash, problem=problem)
