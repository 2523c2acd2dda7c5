"""Calls commands of Gatewatch one after the other, as a busy hand would. A program and not a test.

Run with a number and the id of an alert; one JSON line for each call that failed tells how. Settings are read once:
what is on trial is the database.
"""

from __future__ import annotations

import json
import sys
from functools import cache

from click.testing import CliRunner

from gatewatch.cli import main, settings_option


def calls(count: int, alert: str) -> None:
    settings_option.load = cache(settings_option.load)  # type: ignore[assignment]
    turns = [
        ["ack", alert, "--by", "anna"],
        ["alerts", "resend", alert, "--force"],
        ["drill", "--wait", "1s", "--severity", "high"],
    ]
    for number in range(count):
        turn = turns[2] if number % 20 == 0 else turns[number % 2]
        done = CliRunner().invoke(main, [*turn, "--config", "config.toml"])
        # a resend of what is on its way, or a drill that others hold up for a second, may exit with 1
        usual = (0,) if turn[0] == "ack" else (0, 1)
        crashed = not isinstance(done.exception, SystemExit | None)
        if "locked" in done.output or crashed or done.exit_code not in usual:
            print(json.dumps({"call": turn, "fault": repr(done.exception), "told": done.output}), flush=True)


if __name__ == "__main__":
    calls(int(sys.argv[1]), sys.argv[2])
