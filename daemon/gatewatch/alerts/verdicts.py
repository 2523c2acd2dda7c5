"""What an apprise result means for the outbox. Pure.

Apprise gives no status code as data, only in the log lines that it captures for each attempt, so they are
read here; the tests send to real servers, and fail when a new version words them differently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from apprise import AppriseResult, AppriseResultStatus

from gatewatch.alerts.results import Ending, Result
from gatewatch.alerts.wording import one_line, shortened

#: A far end that asks us to slow down is left alone for so long at least: apprise reads no Retry-After.
AFTER_TOO_MANY = timedelta(minutes=1)

_HTTP = re.compile(r"\berror=(\d{3})\b")
_SMTP = re.compile(r"\((\d{3}), b['\"]|was refused: (\d{3})\b")
_ANSWER = re.compile(r"^Response Details:\s*(?:b'|b\"|)?(.*?)['\"]?$", re.DOTALL)
_CAUSE = re.compile(r"^Socket Exception: (.*)$", re.DOTALL)
_SYSTEM = re.compile(r"\[Errno -?\d+\] ([^\"')]+)")
_ADDRESS = re.compile(r"with url: \S+|https?://\S+", re.IGNORECASE)
_NOT_REACHED = re.compile(r"connect timeout|ConnectTimeout|Connection refused|Name or service", re.IGNORECASE)
_NO_ANSWER = re.compile(r"timed out|did not finish within", re.IGNORECASE)
_RETRY_HTTP = frozenset({408, 425, 429})


def judge(result: AppriseResult) -> Result:
    """How the attempt ended. At least one acceptance is a delivery, whatever else went wrong."""
    attempts = [attempt for service in result for attempt in service.attempts]
    if any(attempt.status is AppriseResultStatus.SUCCESS for attempt in attempts):
        return Result(Ending.DELIVERED)
    lines = [entry.message for attempt in attempts for entry in attempt.logs]
    lines += [entry.message for entry in result.call_logs()]
    if any(attempt.status is AppriseResultStatus.TIMEOUT for attempt in attempts):
        return Result(Ending.UNKNOWN, "no answer in time")
    return judge_lines(lines)


def judge_lines(lines: Sequence[str]) -> Result:
    """The same from the captured log lines of a failed attempt."""
    text = "\n".join(lines)
    if http := _HTTP.findall(text):
        return _judge_http(int(http[-1]), _told(lines))
    if smtp := _SMTP.findall(text):
        code = int("".join(smtp[-1]))
        ending = Ending.PERMANENT if code >= 500 else Ending.TRANSIENT
        return Result(ending, _clean(f"SMTP {code}: {_told(lines)}"))
    if _NO_ANSWER.search(text) and not _NOT_REACHED.search(text):
        return Result(Ending.UNKNOWN, _clean(f"no answer in time: {_told(lines)}"))
    return Result(Ending.TRANSIENT, _clean(_told(lines)) or "not delivered")


def _judge_http(code: int, told: str) -> Result:
    detail = _clean(f"HTTP {code}: {told}")
    if code == 429:
        return Result(Ending.TRANSIENT, detail, wait=AFTER_TOO_MANY)
    if 300 <= code < 500 and code not in _RETRY_HTTP:
        return Result(Ending.PERMANENT, detail)
    return Result(Ending.TRANSIENT, detail)


def _told(lines: Sequence[str]) -> str:
    """The most telling line: the answer of the far end, or the cause as the system words it, or the last."""
    for pattern in (_ANSWER, _CAUSE):
        for line in reversed(lines):
            if (found := pattern.match(line)) and found[1].strip():
                system = _SYSTEM.search(found[1])
                return system[1] if system else found[1]
    return lines[-1] if lines else ""


def _clean(detail: str) -> str:
    """One short line without addresses: those of webhooks are secrets."""
    return shortened(one_line(_ADDRESS.sub("", detail)).rstrip(": "), 200)
