"""What comes in: where from, the bytes, and the items in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from gatewatch.model.layout import Layout

Clock = Callable[[], datetime]
"""Gives the present moment, always aware and in UTC. Passed in wherever time decides."""


@dataclass(frozen=True, slots=True)
class Source:
    """One address that Gatewatch polls. `country` is whose news it is where a text names no country.

    `kind` is feed, page (with a `layout`, or None to find the list by itself), google-news or gdelt.
    `every` is the longest that it waits between two good polls. `full_text` is never, on_hint or always:
    whether the article that an entry links to is fetched and read.
    """

    id: str
    url: str
    name: str = ""
    kind: str = "feed"
    country: str | None = None
    language: str | None = None
    official: bool = False
    every: timedelta = timedelta(minutes=10)
    full_text: str = "never"
    layout: Layout | None = None


class Outcome(StrEnum):
    """Everything that a poll can end in. A closed set: policy is a table over it."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    TOO_LARGE = "too_large"
    CHALLENGE = "challenge"
    NETWORK_ERROR = "network_error"
    BAD_CONTENT = "bad_content"


@dataclass(frozen=True, slots=True)
class Document:
    """The answer to one poll: bytes after decompression, validators byte for byte, or why there are none.

    `fresh_for` is how long the server says that asking again brings nothing new. `moved_to` is the final
    address where every hop that led there was permanent. `our_outage`: the network failed on our side.
    """

    source: str
    at: datetime
    outcome: Outcome
    url: str = ""
    status: int | None = None
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: timedelta | None = None
    detail: str = ""
    fresh_for: timedelta | None = None
    moved_to: str = ""
    our_outage: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. `id` is stable across restarts; `key` is what tells it from others in its source.

    `published` is what the feed claims (UTC, None where it claims nothing); it is never used to decide
    whether an item is new. `seen` is when Gatewatch first met it.
    """

    id: str
    source: str
    title: str
    summary: str = ""
    body: str = ""
    url: str = ""
    key: str = ""
    published: datetime | None = None
    seen: datetime | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """The longest text at hand beside the title: the full article, or else the feed's summary."""
        return self.body or self.summary

    @property
    def dated(self) -> datetime | None:
        """The moment that words such as "on Friday" are counted from."""
        return self.published or self.seen


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between polls; stored in the same transaction as its items.

    `identity` is the rung of the ladder (guid, link, hash) decided at the first poll and kept, so that
    a feed whose guids come and go does not turn all items new (FreshRSS #5909). `seeded` is when the
    first good poll was stored silently: a flag, because a feed may be empty then (MonitoRSS). `unconditional`
    is when the whole document was last got rather than a 304: some servers say 304 for ever (FreshRSS #1680).

    `configured` is the address that all this belongs to: another one in config.toml makes validators and
    hash void. `moved_to` is where a permanent redirect leads, first seen at `moved_since`; `address` is what
    is polled in the place of `configured` once that has lasted. `news` are the moments of the last polls that
    brought items never seen, oldest first; `newest` is the latest date that an item ever claimed. `rows` are the
    states of a status table by name. `told` are the troubles that last and that the operator knows of, each
    since when.

    `succeeded` is the last good poll of the configured address: None after that was edited. `brought` is how many
    new items each of `news` brought, `window` how many entries the last document held (0 for a status table),
    `moved_polls` how many good polls in a row were led to `moved_to`, `recovered` when a broken source was last
    readable again.
    """

    id: str
    next_poll: datetime
    reason: str = "never polled"
    seeded: datetime | None = None
    identity: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: int = 0
    polled: datetime | None = None
    succeeded: datetime | None = None
    last_outcome: Outcome | None = None
    last_detail: str = ""
    items_seen: int = 0
    unconditional: datetime | None = None
    configured: str = ""
    address: str = ""
    moved_to: str = ""
    moved_since: datetime | None = None
    ttl: timedelta | None = None
    news: tuple[datetime, ...] = ()
    newest: datetime | None = None
    rows: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, datetime] = field(default_factory=dict)
    brought: tuple[int, ...] = ()
    window: int = 0
    moved_polls: int = 0
    recovered: datetime | None = None
