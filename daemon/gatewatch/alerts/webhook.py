"""One JSON object by POST, for programs of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from gatewatch.alerts.fields import fields_of
from gatewatch.alerts.local import ROOMY
from gatewatch.alerts.messages import Budget, Family, Message
from gatewatch.alerts.results import Ending, Result
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.wording import one_line, shortened

#: Seconds to connect, and to wait for the answer. A slow yes must not look like a no: that would repeat the alert.
CONNECT = 5.0
ANSWER = 30.0

#: Answers that ask to try again later. All others from 300 to 499 will be the same next time.
_AGAIN = frozenset({408, 425, 429})

#: The longest pause that a far end can ask for.
LONGEST_WAIT = timedelta(hours=1)

#: Where plain http is no risk: what is sent does not leave the machine.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class WebhookSink:
    """`address` is a secret: it is in no result. Redirects are not followed, since they turn a POST into a GET."""

    address: str
    family: Family = Family.PLAIN
    budget: Budget = ROOMY

    def send(self, message: Message) -> Result:
        try:
            answer = httpx.post(
                self.address, json=fields_of(message), timeout=httpx.Timeout(ANSWER, connect=CONNECT)
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
            return Result(Ending.TRANSIENT, f"not reached: {type(fault).__name__}")
        except httpx.TransportError as fault:  # it may have arrived, and the answer was lost
            return Result(Ending.UNKNOWN, f"no answer: {type(fault).__name__}")
        return _judged(answer)


def open_webhook(secret: str) -> WebhookSink:
    """The secret is the address that takes the POST."""
    try:
        parts = urlsplit(secret)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadChannel("the secret of a webhook channel is the address that takes the POST (https://…)")
    if parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
        raise BadChannel("a webhook needs https://, unless it is on this machine: others could read and forge alerts")
    return WebhookSink(secret)


def _judged(answer: httpx.Response) -> Result:
    if answer.is_success:
        return Result(Ending.DELIVERED)
    detail = shortened(one_line(f"HTTP {answer.status_code}: {answer.text[:500]}"), 200)
    if answer.status_code >= 500 or answer.status_code in _AGAIN:
        wait = asked_for(answer.headers.get("Retry-After", ""), datetime.now(UTC))
        return Result(Ending.TRANSIENT, detail, wait=wait)
    return Result(Ending.PERMANENT, detail)


def asked_for(retry_after: str, now: datetime) -> timedelta | None:
    """The pause that the far end asks for, in seconds or until a date, counted from `now` (UTC); None: for none."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(timedelta(seconds=int(retry_after[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)
