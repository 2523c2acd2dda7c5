"""All HTTP policy: how a source is asked, and what each answer means. Knows nothing of what is inside.

Validators go back byte for byte as they came (rachelbythebay), never made up from our own clock
(urlwatch, stringer #224). Every answer, and every failure to get one, is a Document: nothing is raised.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from types import TracebackType

import httpx

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.challenges import challenge_in_body, challenge_in_headers
from gatewatch.sources.compression import Broken, TooLarge, accepted, decompress

#: Some servers give the same ETag for changed content, or 304 for ever: ask for everything now and then.
UNCONDITIONAL_EVERY = timedelta(days=8)
#: 88 hours were seen in the wild (NetNewsWire, mediacloud); a border can close and open again in that time.
LONGEST_RETRY_AFTER = timedelta(hours=24)

#: Outcomes whose page may be a challenge: 401, 403, 405 and 503 were seen.
CHALLENGED = (Outcome.CLIENT_ERROR, Outcome.SERVER_ERROR)

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one poll may cost: seconds, bytes after decompression, hops."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 45.0
    body: int = 10_000_000
    redirects: int = 5


class Fetcher:
    """One shared client for all sources. `contact` (an address for complaints) goes into User-Agent and From.

    At most as many fetches as `connections` should run at once: with more, httpx gets slow with the square
    of those that wait.
    """

    def __init__(self, contact: str = "", limits: Limits | None = None, connections: int = 64) -> None:
        self._limits = limits or Limits()
        self._client = httpx.AsyncClient(
            headers=_named(contact),
            # The pool has no time-out of its own: `total` covers waiting too.
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect, pool=None),
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=16),
            # Cookies defeat caches and annoy owners.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        )

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, source: Source, state: SourceState | None, now: datetime) -> Document:
        """Polls `source` once. Whatever goes wrong is an outcome with a detail in plain words."""
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._ask(source, _conditions(state, now), now)
        except TimeoutError:
            return _failed(source, now, f"took longer than {self._limits.total:g} seconds")
        except httpx.HTTPError as error:
            return _failed(source, now, _network_words(error, self._limits))
        except Exception as error:
            # httpx lets some through unwrapped (InvalidURL, idna's UnicodeError, h11's own): one bad
            # address must not end the polling of all others.
            return _failed(source, now, f"the request failed: {error!r}")

    async def _ask(self, source: Source, conditions: dict[bytes, bytes], now: datetime) -> Document:
        request = self._client.build_request("GET", source.url, headers=conditions)
        for _ in range(self._limits.redirects + 1):
            response = await self._client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return await self._answer(source, response, bool(conditions), now)
            finally:
                await response.aclose()
            request = response.next_request
            if request.url.scheme not in ("http", "https"):
                detail = f"redirects to {request.url}, which is not http or https"
                return _document(source, now, response, Outcome.BAD_CONTENT, detail)
        detail = f"redirects more than {self._limits.redirects} times"
        return _document(source, now, response, Outcome.BAD_CONTENT, detail)

    async def _answer(
        self, source: Source, response: httpx.Response, conditional: bool, now: datetime
    ) -> Document:
        if seen := challenge_in_headers(response.headers):
            return _document(source, now, response, Outcome.CHALLENGE, seen)
        outcome = _outcome(response.status_code)
        if outcome is Outcome.OK:
            return await self._content(source, response, now)
        if outcome is not Outcome.NOT_MODIFIED:
            return await self._refusal(source, response, outcome, now)
        if conditional:
            return _document(source, now, response, outcome)
        detail = "304 to a request without conditions"  # miniflux #874
        return _document(source, now, response, Outcome.BAD_CONTENT, detail)

    async def _content(self, source: Source, response: httpx.Response, now: datetime) -> Document:
        try:
            body = await self._body(response)
        except TooLarge:
            detail = f"more than {self._limits.body:,} bytes"
            return _document(source, now, response, Outcome.TOO_LARGE, detail)
        except Broken as error:
            return _document(source, now, response, Outcome.BAD_CONTENT, f"unreadable: {error}")
        if seen := challenge_in_body(body, source.kind):
            return _document(source, now, response, Outcome.CHALLENGE, seen)
        if not body.strip():
            detail = f"{response.status_code} without a body"
            return _document(source, now, response, Outcome.BAD_CONTENT, detail)
        return _document(source, now, response, Outcome.OK, body=body)

    async def _refusal(
        self, source: Source, response: httpx.Response, outcome: Outcome, now: datetime
    ) -> Document:
        """The status decides, unless the page that came with it is a challenge."""
        body = b""
        with suppress(TooLarge, Broken, httpx.HTTPError):
            body = await self._body(response)
        seen = challenge_in_body(body, source.kind) if outcome in CHALLENGED else ""
        if seen:
            return _document(source, now, response, Outcome.CHALLENGE, seen)
        return _document(source, now, response, outcome, _status_words(response))

    async def _body(self, response: httpx.Response) -> bytes:
        raw = bytearray()
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) > self._limits.body:
                raise TooLarge
        header = response.headers.get("content-encoding", "").lower()
        encodings = tuple(name.strip() for name in header.split(","))
        return decompress(bytes(raw), encodings, self._limits.body)


def retry_after(value: str | None, date: str | None, now: datetime) -> timedelta | None:
    """A Retry-After header, in seconds or as a date, the latter counted from the server's own Date.

    Between zero and LONGEST_RETRY_AFTER; None where there is none or it can't be read.
    """
    if value is None:
        return None
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value.strip(), re.ASCII):
        # Compared as float first: forty digits overflow a timedelta.
        seconds = min(float(value), LONGEST_RETRY_AFTER.total_seconds())
        return timedelta(seconds=seconds)
    until = _http_date(value)
    if until is None:
        return None
    return min(max(until - (_http_date(date) or now), timedelta()), LONGEST_RETRY_AFTER)


def _http_date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _named(contact: str) -> dict[str, str]:
    """A named User-Agent: politiloggen gives 429 without. No `+http://` in it: some sites reset on that."""
    about = "border news monitor" + (f"; {contact}" if contact else "")
    headers = {
        "User-Agent": f"Gatewatch/{version('gatewatch')} ({about})",
        "Accept": ACCEPT,
        "Accept-Encoding": accepted(),
    }
    return headers | ({"From": contact} if "@" in contact else {})


def _conditions(state: SourceState | None, now: datetime) -> dict[bytes, bytes]:
    """The validators as they were got. None now and then, see UNCONDITIONAL_EVERY."""
    if state is None or (state.unconditional and now - state.unconditional >= UNCONDITIONAL_EVERY):
        return {}
    told = {b"If-None-Match": state.etag, b"If-Modified-Since": state.last_modified}
    return {name: value.encode("latin-1") for name, value in told.items() if value}


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


def _document(
    source: Source,
    now: datetime,
    response: httpx.Response,
    outcome: Outcome,
    detail: str = "",
    body: bytes = b"",
) -> Document:
    return Document(
        source=source.id,
        at=now,
        outcome=outcome,
        url=str(response.url),
        status=response.status_code,
        body=body,
        content_type=response.headers.get("content-type"),
        etag=_verbatim(response, b"etag"),
        last_modified=_verbatim(response, b"last-modified"),
        retry_after=retry_after(response.headers.get("retry-after"), response.headers.get("date"), now),
        detail=detail,
    )


def _failed(source: Source, now: datetime, detail: str) -> Document:
    return Document(source.id, now, Outcome.NETWORK_ERROR, url=source.url, detail=detail)


def _status_words(response: httpx.Response) -> str:
    return f"the server answered {response.status_code} {response.reason_phrase}".rstrip()


def _network_words(error: httpx.HTTPError, limits: Limits) -> str:
    match error:
        case httpx.ConnectTimeout():
            return f"no connection within {limits.connect:g} seconds"
        case httpx.ReadTimeout():
            return f"nothing came for {limits.read:g} seconds"
        case httpx.ConnectError() if isinstance(_root(error), ssl.SSLError):
            return f"its certificate is not trusted: {error}"
        case httpx.ConnectError():
            return f"can not connect: {error}"
        case _:
            return f"the connection failed: {error or type(error).__name__}"


def _root(error: BaseException) -> BaseException:
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return error
