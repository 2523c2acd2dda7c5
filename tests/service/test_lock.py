from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gatewatch.service.lock import AlreadyRunning, only_one

HOLD = "import sys, pathlib\nfrom gatewatch.service.lock import only_one\n" + (
    "with only_one(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
)


def test_a_second_daemon_is_told_who_holds_the_state_directory(tmp_path: Path) -> None:
    us = f"process {os.getpid()}"
    with only_one(tmp_path), pytest.raises(AlreadyRunning, match=us), only_one(tmp_path):
        pass


def test_the_lock_is_free_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path):
            pass


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunning), only_one(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with only_one(tmp_path):
        pass
