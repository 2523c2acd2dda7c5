"""`reader` (PyPI) as a contender of bench/poll.py; run by the Python that it is installed for.

    PYTHON bench/contenders/poll_reader.py DATABASE URL...  < cycles
"""

from __future__ import annotations

import json
import resource
import sys
import time

from reader import make_reader

WORKERS = 10


def main() -> None:
    reader = make_reader(sys.argv[1])
    port, feeds = sys.argv[2], int(sys.argv[3])
    for number in range(feeds):
        reader.add_feed(f"http://127.0.0.1:{port}/{number}", exist_ok=True)
    print("ready", flush=True)
    for _ in sys.stdin:
        wall, cpu = time.monotonic(), time.process_time()
        new = 0
        failed = []
        for result in reader.update_feeds_iter(workers=WORKERS, scheduled=False):
            if isinstance(result.value, Exception):
                failed.append(result.url)
            elif result.value is not None:
                new += result.value.new
        told = {
            "wall": time.monotonic() - wall,
            "cpu": time.process_time() - cpu,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "items": new,
            "failed": failed,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
