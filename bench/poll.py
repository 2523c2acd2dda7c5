"""What a round of polls costs, beside the peers: the same feeds from the same server in one run.

    python bench/poll.py [--feeds 1000] [--rounds 5] [--bodies DIRECTORY] [--reader PYTHON]

Four cycles: cold (nothing known), 304 (nothing changed, and the server says so), news (one feed in twenty has one new
entry, the others 304), 200 (nothing changed, and the server sends everything again). Gatewatch does its whole work
in them: health, state, reading and rules. Peers: newsboat and sfeed (Debian's packages), and `reader` (PyPI) where
--reader names a Python that has it; who isn't there is left out. Figures are medians of rounds; CPU counts
the contender's processes only, the server has one of its own. Nothing here fails by being slow.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
#: The second cycle is not counted: newsboat 2.21 sends validators only from its third request on.
CYCLES = (("cold", "validators"), ("", "validators"), ("304", "validators"), ("news", "news"), ("200", "stubborn"))
START = "start"
COUNTED = [name for name, _ in CYCLES if name]


@dataclass(frozen=True)
class Cost:
    """Seconds and megabytes of one cycle; `items` is how many were new, None where the contender doesn't tell."""

    wall: float
    cpu: float
    peak: float
    items: int | None = None


class Talking:
    """A contender that stays alive: a line in asks for a cycle, a line of JSON out tells its cost."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def cycle(self) -> Cost:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return Cost(told["wall"], told["cpu"], told["peak"], told["items"])

    def start(self) -> Cost | None:
        return None

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


class Starting:
    """A contender that is started anew for each cycle; what it costs to start is part of its cycle.

    `idle` is a command that only starts and loads what is stored: its cost is told beside the others.
    """

    def __init__(self, command: list[str], idle: list[str] | None = None) -> None:
        self.command = command
        self.idle = idle

    def cycle(self) -> Cost:
        return self._cost_of(self.command)

    def start(self) -> Cost | None:
        return self._cost_of(self.idle) if self.idle else None

    def _cost_of(self, command: list[str]) -> Cost:
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, own = os.wait4(process.pid, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Cost(time.monotonic() - began, cpu, own.ru_maxrss / 1024)

    def end(self) -> None:
        pass


Contender = Talking | Starting


def gatewatch(place: Path, port: int, feeds: int) -> Contender:
    sources = "".join(
        f'[[source]]\nid = "s{n}"\nurl = "http://127.0.0.1:{port}/{n}"\nevery = "10m"\n' for n in range(feeds)
    )
    channel = '[[channel]]\nname = "file"\ntype = "file"\npath = "told.jsonl"\n[[route]]\nto = ["file"]\n'
    (place / "config.toml").write_text(f'state = "state"\n{sources}{channel}')
    (place / "rules").symlink_to(HERE.parent.resolve() / "rules")
    script = HERE / "contenders" / "poll_gatewatch.py"
    return Talking([sys.executable, str(script), str(place / "config.toml")])


def newsboat(place: Path, port: int, feeds: int) -> Contender:
    (place / "urls").write_text("".join(f"http://127.0.0.1:{port}/{n}\n" for n in range(feeds)))
    (place / "config").write_text("reload-threads 8\n")
    files = ["-u", str(place / "urls"), "-c", str(place / "cache.db"), "-C", str(place / "config")]
    return Starting(["newsboat", *files, "-x", "reload"], idle=["newsboat", *files, "-x", "print-unread"])


def sfeed(place: Path, port: int, feeds: int) -> Contender:
    (place / "feeds").mkdir()
    listed = "".join(f'feed "s{n}" "http://127.0.0.1:{port}/{n}"\n' for n in range(feeds))
    (place / "sfeedrc").write_text(f'sfeedpath="{place}/feeds"\nmaxjobs=8\nfeeds() {{\n{listed}}}\n')
    return Starting(["sfeed_update", str(place / "sfeedrc")])


def reader_of(python: str) -> Callable[[Path, int, int], Contender]:
    script = str(HERE / "contenders" / "poll_reader.py")
    return lambda place, port, feeds: Talking([python, script, str(place / "reader.db"), str(port), str(feeds)])


def main() -> None:
    asked = arguments()
    makers: dict[str, Callable[[Path, int, int], Contender]] = {"gatewatch": gatewatch}
    if asked.reader:
        makers["reader"] = reader_of(asked.reader)
    if shutil.which("newsboat"):
        makers["newsboat"] = newsboat
    if shutil.which("sfeed_update"):
        makers["sfeed"] = sfeed
    makers = {name: make for name, make in makers.items() if not asked.only or name in asked.only}
    costs: dict[str, dict[str, list[Cost]]] = {name: {cycle: [] for cycle in (*COUNTED, START)} for name in makers}
    for _ in range(asked.rounds):
        for name, make in makers.items():
            for cycle, cost in one_round(make, asked):
                if cycle:
                    costs[name][cycle].append(cost)
    print_setting(asked, list(makers))
    print_table(costs)


def one_round(make: Callable[[Path, int, int], Contender], asked: argparse.Namespace) -> Iterator[tuple[str, Cost]]:
    with farm(asked) as port, tempfile.TemporaryDirectory() as directory:
        contender = make(Path(directory), port, asked.feeds)
        for cycle, phase in CYCLES:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/phase/{phase}").read()
            yield cycle, contender.cycle()
        if (start := contender.start()) is not None:
            yield START, start
        contender.end()


@contextmanager
def farm(asked: argparse.Namespace) -> Iterator[int]:
    command = [sys.executable, str(HERE / "contenders" / "feed_farm.py"), str(asked.feeds)]
    server = subprocess.Popen([*command, *([asked.bodies] if asked.bodies else [])], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def print_setting(asked: argparse.Namespace, contenders: list[str]) -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end="; ")
    print(f"gatewatch {metadata.version('gatewatch')} against {', '.join(contenders[1:]) or 'nobody'}")
    print(f"{asked.feeds} feeds, bodies {asked.bodies or 'made here'}, medians of {asked.rounds} rounds\n")


def print_table(costs: dict[str, dict[str, list[Cost]]]) -> None:
    print("CPU seconds" + "".join(f"{name:>10}" for name in COUNTED) + "   peak MB   wall: " + ", ".join(COUNTED))
    for contender, cycles in costs.items():
        wall = [statistics.median(cost.wall for cost in cycles[name]) for name in COUNTED]
        peak = max(cost.peak for name in COUNTED for cost in cycles[name])
        row = f"{contender:<11}" + "".join(f"{cpu(cycles, name):>10.2f}" for name in COUNTED) + f"{peak:>10.0f}   "
        print(row + ", ".join(f"{seconds:.1f}" for seconds in wall))
        new = [cycles[name][-1].items for name in COUNTED]
        if new[0] is not None:
            print(f"{'':<11}new entries: " + ", ".join(str(number) for number in new))
        if cycles[START]:
            print(f"{'':<11}of which {cpu(cycles, START):.2f} for starting with what is stored (not when cold)")
    if "newsboat" in costs:
        print("\nCPU as a multiple of newsboat's, and of newsboat's without its start")
        for contender, cycles in costs.items():
            whole = "".join(f"{cpu(cycles, name) / cpu(costs['newsboat'], name):>10.2f}" for name in COUNTED)
            bare = "".join(f"{cpu(cycles, name) / without_start(costs['newsboat'], name):>10.2f}" for name in COUNTED)
            print(f"{contender:<11}{whole}   {bare}")


def cpu(cycles: dict[str, list[Cost]], name: str) -> float:
    return statistics.median(cost.cpu for cost in cycles[name])


def without_start(cycles: dict[str, list[Cost]], name: str) -> float:
    return cpu(cycles, name) - (cpu(cycles, START) if name != "cold" else 0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bodies", help="a directory of real feeds (*.xml) instead of made ones")
    parser.add_argument("--reader", help="a Python that `reader` is installed for")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these contenders and no others")
    return parser.parse_args()


if __name__ == "__main__":
    main()
