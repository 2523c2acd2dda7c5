"""A machine with a real systemd: a container that sees this machine's distribution, with a disk of its own.

It reaches nothing but itself (its network is a loopback), and leaves nothing here: mounts and processes live in
namespaces that end with the process that runs the tests, even if that is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

from .cgroups import Cgroups
from .disk import cut_off, make_disk
from .processes import depth_here, descendants
from .waiting import wait_for

BOOT = Path(__file__).with_name("boot.sh")
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "SYSTEMD_PAGER": "", "TERM": "dumb"}


class Machine:
    """`far` is the machine's /srv/far: a directory of this machine, which a power cut does not touch."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.far = place / "far"
        for directory in ("far", "disk", "root"):
            (place / directory).mkdir()
        self._cgroups = Cgroups(f"gatewatch-test-{os.getpid()}")
        self._init: subprocess.Popen[bytes] | None = None
        self._leader = 0
        make_disk(place)

    def boot(self) -> None:
        """Starts it and waits until its systemd has started all that it starts."""
        self._cgroups.make()
        # setpriv and the pid namespace see to it that nothing of the machine outlives this process
        self._init = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL"),
                *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"),
                *("sh", str(BOOT), str(self.place), " ".join(map(str, self._cgroups.paths))),
            ],
            env={**ENVIRONMENT, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1" if self._cgroups.unified else "0"},
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        self._leader = wait_for(self._find_leader, 20, "for the machine's systemd")
        wait_for(self._is_up, 30, "for the end of its boot")

    def run(
        self, *command: str, check: bool = True, text: str = "", seconds: float = 60.0
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command as its root, with `text` as standard input."""
        done = subprocess.run(
            ["nsenter", "--target", str(self._leader), "--all", "--wd=/", "--", *command],
            input=text,
            capture_output=True,
            text=True,
            timeout=seconds,
            env=ENVIRONMENT,
            start_new_session=True,  # what a command does to its process group, it does not do to the tests
            check=False,
        )
        assert not check or done.returncode == 0, f"{command} exits with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done

    def write(self, path: str, content: str, mode: int = 0o644) -> None:
        """Writes a file, and makes the directories above it."""
        self.run("install", "-D", f"--mode={mode:o}", "/dev/stdin", path, text=content)

    def read(self, path: str) -> str:
        return self.run("cat", path).stdout

    def exists(self, path: str) -> bool:
        return self.run("test", "-e", path, check=False).returncode == 0

    def show(self, unit: str, *properties: str) -> dict[str, str]:
        """What `systemctl show` tells of a unit."""
        told = self.run("systemctl", "show", unit, "--property", ",".join(properties)).stdout
        return dict(line.split("=", 1) for line in told.splitlines())

    def journal(self, unit: str, after: str = "") -> list[dict[str, Any]]:
        """What a unit has logged and what systemd has said of it, oldest first; `after` is a cursor."""
        since = ["--after-cursor", after] if after else []
        told = self.run("journalctl", "--unit", unit, "--output", "json", "--no-pager", *since).stdout
        return [json.loads(line) for line in told.splitlines()]

    def cut_power(self) -> None:
        """Ends everything at once; what was not synced to the disk is lost. It can be booted again."""
        assert self._init is not None
        seen = Path(f"/proc/{self._shell()}/root{self.place}")
        # held open, both outlive their mounts: what the kernel unmounts in good order is synced
        held = [os.open(seen / name, os.O_RDONLY) for name in ("disk", "root")]
        try:
            self._kill()
            cut_off(held[0])
        finally:
            for one in held:
                os.close(one)

    def close(self) -> None:
        """Ends it if it still runs, and removes what it has left here."""
        if self._init is not None:
            self._kill()
        shutil.rmtree(self.place / "seed", ignore_errors=True)
        (self.place / "disk.img").unlink(missing_ok=True)

    def console(self) -> str:
        """What its console shows of its last boot."""
        return (self.place / "console.log").read_text(errors="replace")

    def _kill(self) -> None:
        assert self._init is not None
        if self._init.poll() is None:
            os.kill(self._shell(), signal.SIGKILL)
        self._ended()

    def _ended(self) -> None:
        assert self._init is not None
        self._init.wait(30)
        self._init = None
        self._cgroups.remove()

    def _shell(self) -> int:
        """What runs boot.sh: the child of `unshare` and the first process of the outer pid namespace."""
        assert self._init is not None
        return descendants(self._init.pid)[0].id

    def _find_leader(self) -> int:
        """Its systemd as this machine counts: process 1 of a pid namespace within that of boot.sh."""
        assert self._init is not None
        assert self._init.poll() is None, f"the machine did not start:\n{self.console()}"
        depth = depth_here() + 2
        family = descendants(self._init.pid)
        return next((one.id for one in family if len(one.ids) == depth and one.ids[-1] == 1), 0)

    def _is_up(self) -> bool:
        state = self.run("systemctl", "is-system-running", check=False).stdout.strip()
        return state in ("running", "degraded")
