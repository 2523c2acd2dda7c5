"""A config directory of its own, and the real `gatewatch` at work in it as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

GATEWATCH = Path(sys.executable).parent / "gatewatch"

RULE = """
[[rule]]
id = "gatekeyword"
says = "A word that the test waits for"
severity = "high"
any = ["gatekeyword*"]
  [[rule.test]]
  title = "Here is gatekeyword0"
  fires = true
"""


class Running:
    """A process and the log lines that it has written so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for log_line in self.process.stderr:
            self.lines.append(log_line.rstrip())

    def wait_for(self, text: str, seconds: float = 30.0) -> str:
        """The first log line with `text`."""
        wait_until(lambda: any(text in one for one in self.lines) or self.process.poll() is not None, seconds)
        found = [one for one in self.lines if text in one]
        assert found, f"no {text!r} in:\n" + "\n".join(self.lines)
        return found[0]

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def ended(self, seconds: float = 20.0) -> int:
        """Waits for the end; gives the exit code."""
        code = self.process.wait(seconds)
        self._reader.join()
        return code

    def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return self.ended()

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.ended()


class Installation:
    """What `gatewatch init` leaves, with sources and channels of the test's own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told = path / "told.jsonl"
        ours = ("GATEWATCH_", "JOURNAL_")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}

    def configure(
        self, sources: dict[str, str], *, every: str = "1s", webhook: str | None = None, rules: str = RULE
    ) -> None:
        """Writes config.toml and rules/: sources (id → url), a `file` channel, a webhook if given."""
        channels = f'[[channel]]\nname = "file"\ntype = "file"\npath = "{self.told}"\n'
        to = ["file"]
        if webhook is not None:
            channels += '[[channel]]\nname = "hook"\ntype = "apprise"\nsecret = "hook"\ncap = 0\n'
            self.environment["GATEWATCH_HOOK"] = webhook
            to.append("hook")
        polled = "".join(
            f'[[source]]\nid = "{id}"\nurl = "{url}"\nevery = "{every}"\n' for id, url in sources.items()
        )
        route = f"[[route]]\nto = {json.dumps(to)}\n"
        (self.path / "config.toml").write_text(f'state = "state"\n{polled}{channels}{route}')
        (self.path / "rules").mkdir(exist_ok=True)
        (self.path / "rules" / "words.toml").write_text(rules)

    def start(self, *arguments: str) -> Running:
        """Starts `gatewatch run` and does not wait for it."""
        return Running(
            subprocess.Popen(
                [GATEWATCH, "run", *arguments, "--config", "config.toml"],
                cwd=self.path,
                env=self.environment,
                stderr=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                text=True,
            )
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[Running]:
        """`gatewatch run` that has said that it started; killed at the end if it still lives."""
        running = self.start(*arguments)
        try:
            running.wait_for("started")
            yield running
        finally:
            if running.process.poll() is None:
                running.kill()

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        return subprocess.run(
            [GATEWATCH, *arguments, "--config", "config.toml"],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def messages(self) -> list[dict[str, Any]]:
        """What the `file` channel was told, oldest first. A line that is being written is left out."""
        if not self.told.exists():
            return []
        whole = self.told.read_text().rpartition("\n")[0]
        return [json.loads(one) for one in whole.splitlines()]


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until something has come true; fails when it has not within `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.02)


def occurrences(bodies: Sequence[str], words: Sequence[str]) -> dict[str, int]:
    """How many of `bodies` hold each word."""
    return {word: sum(word in body for body in bodies) for word in words}
