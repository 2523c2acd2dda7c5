"""All HTTP policy: how a source is asked, and what each answer means. Knows nothing of what is inside.

Validators go back byte for byte as they came (rachelbythebay), never made up from our own clock
(urlwatch, stringer #224). Every answer, and every failure to get one, is a Document: nothing is raised, and
nothing is asked again at once. What an answer means stands in answers.py, where a redirect may lead in
redirects.py, what may be connected to in guarded.py, and what the headers say about time in caching.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from types import TracebackType

import httpx

from gatewatch.model import Document, Outcome, Source, SourceState
from gatewatch.sources.addresses import forbidden as not_public
from gatewatch.sources.answers import Question, document, understand
from gatewatch.sources.compression import ACCEPTED
from gatewatch.sources.failures import network_words, on_our_side
from gatewatch.sources.guarded import TRUSTED, Forbidden, GuardedTransport, Refused, origin
from gatewatch.sources.moving import address_of
from gatewatch.sources.redirects import Hop, moved_to, refusal

#: Some servers give the same ETag for changed content, or 304 for ever: ask for everything now and then.
UNCONDITIONAL_EVERY = timedelta(days=8)

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
ACCEPT_ARTICLE = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds, bytes after decompression (of a source, of an article), hops."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 45.0
    body: int = 10_000_000
    article: int = 3_000_000
    redirects: int = 5


class Fetcher:
    """One shared client for all sources. `contact` (an address for complaints) goes into User-Agent and From;
    `user_agent` takes the place of Gatewatch's own.

    At most as many fetches as `connections` should run at once: with more, httpx gets slow with the square
    of those that wait. `forbidden` says which addresses nothing but a source's own origin may be at.

    Proxies and passwords (netrc) from the environment are not used: a proxy would resolve names itself,
    past the guard. SSL_CERT_FILE and SSL_CERT_DIR are, since certificates are always verified.
    """

    def __init__(
        self,
        contact: str = "",
        user_agent: str | None = None,
        *,
        limits: Limits | None = None,
        connections: int = 64,
        forbidden: Forbidden = not_public,
    ) -> None:
        self._limits = limits or Limits()
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(httpx.create_ssl_context(), connections, forbidden),
            headers=_named(contact, user_agent),
            # The pool has no time-out of its own: `total` covers waiting too.
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect, pool=None),
            # Cookies defeat caches and annoy owners.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    def introduce(self, contact: str, user_agent: str | None) -> None:
        """From the next request on it goes by this name."""
        self._client.headers.pop("From", None)
        self._client.headers.update(_named(contact, user_agent))

    async def fetch(self, source: Source, state: SourceState | None, now: datetime) -> Document:
        """Polls `source` once. Whatever goes wrong is an outcome with a detail in plain words."""
        url = address_of(source, state)
        return await self._get(Question(source, url, now, self._limits.body, _conditions(source, state, now)))

    async def article(self, source: Source, url: str, now: datetime) -> Document:
        """The page that an entry of `source` links to: OK only if it is something to read.

        It may be in the private network only where it has the origin of the source itself.
        """
        return await self._get(Question(source, url, now, self._limits.article, article=True))

    async def _get(self, question: Question) -> Document:
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._ask(question)
        except TimeoutError:
            return _failed(question, f"took longer than {self._limits.total:g} seconds")
        except httpx.HTTPError as error:
            words = network_words(error, self._limits.connect, self._limits.read)
            return replace(_failed(question, words), our_outage=on_our_side(error))
        except Refused as error:
            detail = f"leads to {error}: only sources in config.toml may be there"
            return replace(_failed(question, detail), outcome=Outcome.BAD_CONTENT)
        except Exception as error:
            # httpx lets some through unwrapped (InvalidURL, idna's UnicodeError, h11's own): one bad
            # address must not end the polling of all others.
            return _failed(question, f"the request failed: {error!r}")

    async def _ask(self, question: Question) -> Document:
        hops: list[Hop] = []
        request = self._request(question)
        while True:
            response = await self._client.send(request, stream=True)
            try:
                if response.next_request is None:
                    answer = await understand(question, response)
                    return replace(answer, moved_to=moved_to(hops, response.url, answer.outcome))
            finally:
                await response.aclose()
            hops.append(Hop(response.url, response.status_code))
            request = response.next_request
            configured = "" if question.article else question.source.url
            detail = refusal(configured, hops, request.url)
            if not detail and len(hops) > self._limits.redirects:
                detail = f"redirects more than {self._limits.redirects} times"
            if detail:
                return document(question, response, Outcome.BAD_CONTENT, detail)

    def _request(self, question: Question) -> httpx.Request:
        accept = ACCEPT_ARTICLE if question.article else ACCEPT_FEED
        headers = {b"Accept": accept.encode(), **question.conditions}
        request = self._client.build_request("GET", question.url, headers=headers)
        own = request.url if question.url == question.source.url else httpx.URL(question.source.url)
        request.extensions[TRUSTED] = origin(own)  # stays with the request through all redirects
        return request


def _conditions(source: Source, state: SourceState | None, now: datetime) -> dict[bytes, bytes]:
    """The validators as they were got, if they are of this address. None now and then: UNCONDITIONAL_EVERY."""
    if state is None or state.configured not in ("", source.url):
        return {}
    if state.unconditional and now - state.unconditional >= UNCONDITIONAL_EVERY:
        return {}
    told = {b"If-None-Match": state.etag, b"If-Modified-Since": state.last_modified}
    return {name: value.encode("latin-1") for name, value in told.items() if value}


def _named(contact: str, user_agent: str | None) -> dict[bytes, bytes]:
    """A named User-Agent: politiloggen gives 429 without. No `+http://` in it: some sites reset on that."""
    about = "border news monitor" + (f"; {contact}" if contact else "")
    name = user_agent or f"Gatewatch/{version('gatewatch')} ({about})"
    headers = {b"User-Agent": name.encode(), b"Accept-Encoding": ACCEPTED.encode()}
    return headers | ({b"From": contact.encode()} if "@" in contact else {})


def _failed(question: Question, detail: str) -> Document:
    return Document(question.source.id, question.now, Outcome.NETWORK_ERROR, url=question.url, detail=detail)
