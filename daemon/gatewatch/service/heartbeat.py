"""The heartbeat: an outside service hears from us while all is in order, and raises the alarm when it does not.

The protocol is that of healthchecks.io: a GET is a beat, a POST to /fail tells what is wrong.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import httpx

from gatewatch.service.logfmt import line

log = logging.getLogger(__name__)

#: Audited so often where no heartbeat is wanted.
WITHOUT = timedelta(minutes=5)

#: Seconds after the start until the first beat: the couriers have taken up what waited.
FIRST = 20.0

#: Seconds that the audit may take. It waits for the writer, so that a writer that hangs is found.
PATIENCE = 60.0

_SECONDS = 15.0

Audit = Callable[[], Awaitable[Sequence[str]]]
Audited = Callable[[Sequence[str]], None]


class Heartbeat:
    """Audits and beats. `url` is None where only the audit is wanted; `wake` is called after a finding.

    `audited` hears what each audit found.
    """

    def __init__(
        self,
        audit: Audit,
        url: str | None,
        every: timedelta,
        wake: Callable[[], None],
        audited: Audited = lambda findings: None,
    ) -> None:
        self._audit = audit
        self._url = url
        self._every = every
        self._wake = wake
        self._audited = audited

    async def run(self) -> None:
        """Beats until it is cancelled; never raises."""
        await asyncio.sleep(min(FIRST, self._every.total_seconds()))
        while True:
            await self.beat()
            await asyncio.sleep(self._every.total_seconds())

    async def beat(self) -> tuple[str, ...]:
        """Audits once, and tells the outside what came of it; gives the findings."""
        findings = await self._findings()
        self._audited(findings)
        if findings:
            log.warning(line("audit", findings="; ".join(findings)))
            self._wake()
        if self._url is not None:
            await send(self._url, findings)
        return findings

    async def _findings(self) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(PATIENCE):
                return tuple(await self._audit())
        except TimeoutError:
            return (f"the writer has not answered for {PATIENCE:.0f} seconds",)
        except Exception as fault:
            log.exception(line("audit_failed", error=repr(fault)))
            return (f"the database can't be audited: {fault}",)


async def send(url: str, findings: Sequence[str]) -> bool:
    """One beat; False where it did not go out, which is only logged: the far end finds out by itself.

    The address is a secret and never logged. It may be private: people run such services themselves.
    """
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            if findings:
                answer = await client.post(f"{url.rstrip('/')}/fail", content="\n".join(findings).encode())
            else:
                answer = await client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        log.warning(line("heartbeat_failed", error=type(fault).__name__))
        return False
    if not answer.is_success:
        log.warning(line("heartbeat_failed", error=f"HTTP {answer.status_code}"))
    return answer.is_success
