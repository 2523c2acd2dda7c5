"""A way out on this machine: a file that other programs follow."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from gatewatch.alerts.fields import fields_of
from gatewatch.alerts.messages import Budget, Family, Message
from gatewatch.alerts.results import Ending, Result

#: A program that reads a file has room.
ROOMY = Budget(title=500, body=20_000)


@dataclass(frozen=True, slots=True)
class FileSink:
    """Appends one JSON line for each alert, and calls it delivered when the disk has it."""

    path: Path
    family: Family = Family.PLAIN
    budget: Budget = ROOMY

    def send(self, message: Message) -> Result:
        line = json.dumps(fields_of(message), ensure_ascii=False).encode(errors="replace") + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _append(self.path, line)
        except OSError as fault:
            return Result(Ending.TRANSIENT, f"{self.path}: {fault.strerror}")
        return Result(Ending.DELIVERED)


def _append(path: Path, line: bytes) -> None:
    """Writes `line` at the end, on a line of its own even where a full disk or a kill left half of one."""
    with path.open("ab+", buffering=0) as file:
        if size := file.seek(0, os.SEEK_END):
            file.seek(size - 1)
            if file.read(1) != b"\n":
                line = b"\n" + line
        if file.write(line) != len(line):
            raise OSError(28, "the line was written only in part")
        os.fsync(file.fileno())
