"""Gatewatch as a contender of bench/poll.py: poller, writer and pipeline of the service, with reading and rules.

    python bench/contenders/poll_gatewatch.py CONFIG

Reads a line for each cycle, polls all sources once, and answers with one JSON line of seconds and megabytes.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from gatewatch.service.polling import Polled, Poller
from gatewatch.service.writer import Writer
from gatewatch.settings import load
from gatewatch.sources.http import Fetcher


def now() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    settings = load(Path(sys.argv[1]))
    writer = Writer(settings, now)
    states = await writer.open()
    polls: list[Polled] = []
    async with Fetcher("bench@example.org") as fetcher:
        poller = Poller(fetcher, writer, states, now, polls.append)
        poller.start(len(settings.sources))
        print("ready", flush=True)
        for _ in sys.stdin:
            polls.clear()
            wall, cpu = time.monotonic(), time.process_time()
            for source in settings.sources:
                poller.ask(source)
            await poller.drained()
            taken = [polled.taken for polled in polls if polled.taken]
            told = {
                "wall": time.monotonic() - wall,
                "cpu": time.process_time() - cpu,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "items": sum(one.fresh + one.seeded for one in taken),
                "failed": sorted(polled.source.id for polled in polls if not polled.good),
            }
            print(json.dumps(told), flush=True)
        await poller.stop()
    await writer.close(15.0)


if __name__ == "__main__":
    asyncio.run(main())
