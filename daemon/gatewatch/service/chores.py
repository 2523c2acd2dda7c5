"""What is to be done now and then, whatever the sources bring. Each failure is logged and costs nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from gatewatch.model import Alert
from gatewatch.service.logfmt import line
from gatewatch.service.reporting import say
from gatewatch.service.writer import Writer

log = logging.getLogger(__name__)

#: Seconds between two looks at what the clock alone brings: ends of closures are days, not minutes.
TICK = 600.0

#: Real seconds between them at least, however fast a demo's clock runs.
LEAST = 0.1


async def tick(writer: Writer, wake: Callable[[], None], pace: float) -> None:
    """Looks at clock and disk, again and again; never returns. `wake` is called where something was queued."""
    while True:
        alerts, of_disk = await what_the_clock_brings(writer), await what_the_disk_brings(writer)
        if alerts or of_disk:
            wake()
        await asyncio.sleep(max(TICK / pace, LEAST))


async def what_the_clock_brings(writer: Writer) -> tuple[Alert, ...]:
    """The alerts of this moment. Never raises: a full disk now is no reason to be silent later."""
    try:
        alerts = await writer.tick()
    except Exception:
        log.exception(line("tick_failed"))
        return ()
    say(alerts)
    return alerts


async def what_the_disk_brings(writer: Writer) -> str | None:
    """What the operator was told of the disk. Never raises."""
    try:
        told = await writer.look_at_disk()
    except Exception as fault:
        log.error(line("disk_watch_failed", error=repr(fault)))
        return None
    if told is not None:
        log.warning(line("notice", text=told))
    return told
