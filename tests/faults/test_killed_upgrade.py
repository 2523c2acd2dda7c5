"""kill -9 at any statement of an upgrade leaves the old schema or the new one, with all rows."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gatewatch.store.schema import STEPS
from store.released_service import DUMPS, restored_from

from .lengths import LONG

#: Of so many statements one is died at; of all of them where every fault is asked for.
STEP = 1 if LONG else 11


@pytest.mark.parametrize("dump", DUMPS[:-1], ids=lambda dump: dump.stem)
def test_an_upgrade_that_is_killed_at_any_statement_is_done_or_not_begun(dump: Path, tmp_path: Path) -> None:
    old = list(STEPS[: DUMPS.index(dump) + 1])
    released = tmp_path / "released" / "gatewatch.db"
    restored_from(dump, released)
    program = [sys.executable, Path(__file__).parent / "dying_upgrade.py", released, tmp_path, str(STEP)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["code"] for each in ended] == [-signal.SIGKILL] * (len(ended) - 1) + [0]
    assert [each for each in ended if each["wrong"] != []] == []
    states = [each["steps"] for each in ended]
    assert states == sorted(states, key=len)  # once it is done it stays done
    assert {len(each) for each in states} == {len(old), len(STEPS)}
    assert states[0] == old
    assert states[-1] == list(STEPS)
