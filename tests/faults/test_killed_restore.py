"""kill -9 at any step of a restore leaves what was there, or the backup: whole, and fit to be restored again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from gatewatch.store import Store, back_up, database_path
from service.installation import Installation
from store.samples import NOW, queue

from .lengths import LONG

#: Of so many steps one is died at; of all of them where every fault is asked for.
STEP = 1 if LONG else 6


def test_a_restore_that_is_killed_at_any_step_is_done_or_not_begun(tmp_path: Path) -> None:
    Installation(tmp_path).configure({"a": "https://news.example/rss"})
    database = database_path(tmp_path / "state")
    with Store.open(database) as store:
        queue(store, "known")
        back_up(database, tmp_path / "b.db", NOW)
        queue(store, "later")
    program = [sys.executable, Path(__file__).parent / "dying_restore.py", "config.toml", "b.db", str(STEP)]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["code"] for each in ended] == [-signal.SIGKILL] * (len(ended) - 1) + [0]
    lefts = [each["left"] for each in ended]
    assert lefts == [["later", "known"]] * lefts.count(["later", "known"]) + [["known"]] * lefts.count(["known"])
    assert {tuple(left) for left in lefts} == {("later", "known"), ("known",)}
    assert [each for each in ended if each["again"] != ["known"] or each["partial"]] == []
