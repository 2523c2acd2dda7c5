"""What each answer means: from status, headers and body to a Document with one of the closed set of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from gatewatch.model import Document, Outcome, Source
from gatewatch.sources.caching import fresh_for, retry_after
from gatewatch.sources.challenges import challenge_in_body, challenge_in_headers, is_html
from gatewatch.sources.compression import Broken, TooLarge, decompress

#: Outcomes whose page may be a challenge: 401, 403, 405 and 503 were seen.
CHALLENGED = (Outcome.CLIENT_ERROR, Outcome.SERVER_ERROR)

#: What an article can be read from.
READABLE = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Question:
    """One document that is asked for: for whom, where, when, and the validators that go with it.

    `most` is the longest body (bytes after decompression). An `article` is a page that an entry links to.
    """

    source: Source
    url: str
    now: datetime
    most: int
    conditions: Mapping[bytes, bytes] = field(default_factory=dict)
    article: bool = False

    @property
    def kind(self) -> str:
        """What is expected to come: a page may carry by right what a feed never does."""
        return "page" if self.article or self.source.kind == "page" else "feed"


async def understand(question: Question, response: httpx.Response) -> Document:
    """The Document of an answer that leads nowhere else. Reads the body; raises httpx.HTTPError if it breaks."""
    if seen := challenge_in_headers(response.headers):
        return document(question, response, Outcome.CHALLENGE, seen)
    outcome = _outcome(response.status_code)
    if outcome is Outcome.OK:
        return await _content(question, response)
    if outcome is not Outcome.NOT_MODIFIED:
        return await _refusal(question, response, outcome)
    if question.conditions:
        return document(question, response, outcome)
    detail = "304 to a request without conditions"  # miniflux #874
    return document(question, response, Outcome.BAD_CONTENT, detail)


def document(
    question: Question, response: httpx.Response, outcome: Outcome, detail: str = "", body: bytes = b""
) -> Document:
    """An outcome with all that the headers say. How long an error page stays fresh is of no use to anybody."""
    good = outcome in (Outcome.OK, Outcome.NOT_MODIFIED)
    return Document(
        source=question.source.id,
        at=question.now,
        outcome=outcome,
        url=str(response.url),
        status=response.status_code,
        body=body,
        content_type=response.headers.get("content-type"),
        etag=_verbatim(response, b"etag"),
        last_modified=_verbatim(response, b"last-modified"),
        retry_after=retry_after(response.headers, question.now),
        fresh_for=fresh_for(response.headers, question.now) if good else None,
        detail=detail,
    )


async def _content(question: Question, response: httpx.Response) -> Document:
    declared = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if question.article and declared and declared not in READABLE:
        return document(question, response, Outcome.BAD_CONTENT, f"no page to read: {declared}")
    try:
        body = await _body(response, question.most)
    except TooLarge:
        detail = f"more than {question.most:,} bytes"
        return document(question, response, Outcome.TOO_LARGE, detail)
    except Broken as error:
        return document(question, response, Outcome.BAD_CONTENT, f"unreadable: {error}")
    if seen := challenge_in_body(body, question.kind):
        return document(question, response, Outcome.CHALLENGE, seen)
    if not body.strip():
        detail = f"{response.status_code} without a body"
        return document(question, response, Outcome.BAD_CONTENT, detail)
    if question.article and not declared and not is_html(body):
        return document(question, response, Outcome.BAD_CONTENT, "no page to read: it does not say what it is")
    return document(question, response, Outcome.OK, body=body)


async def _refusal(question: Question, response: httpx.Response, outcome: Outcome) -> Document:
    """The status decides, unless the page that came with it is a challenge."""
    body = b""
    with suppress(TooLarge, Broken, httpx.HTTPError):
        body = await _body(response, question.most)
    seen = challenge_in_body(body, question.kind) if outcome in CHALLENGED else ""
    if seen:
        return document(question, response, Outcome.CHALLENGE, seen)
    words = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
    return document(question, response, outcome, words)


async def _body(response: httpx.Response, most: int) -> bytes:
    raw = bytearray()
    async for chunk in response.aiter_raw():
        raw += chunk
        if len(raw) > most:
            raise TooLarge
    header = response.headers.get("content-encoding", "").lower()
    encodings = tuple(name.strip() for name in header.split(","))
    return decompress(bytes(raw), encodings, most)


def _verbatim(response: httpx.Response, name: bytes) -> str | None:
    """A header's bytes, read as latin-1 so that encoding them again gives the same bytes."""
    for key, value in response.headers.raw:
        if key.lower() == name:
            return value.decode("latin-1")
    return None


def _outcome(status: int) -> Outcome:
    if status == 304:
        return Outcome.NOT_MODIFIED
    if status in (404, 410):
        return Outcome.GONE
    if status == 429:
        return Outcome.RATE_LIMITED
    if 200 <= status < 300:
        return Outcome.OK  # 206 too: it can be a full feed on a plain GET (lion-reader)
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR
    if status >= 500:
        return Outcome.SERVER_ERROR
    return Outcome.BAD_CONTENT  # a redirect that does not say where to
