"""Can a machine be booted here? A program, too: says why not and exits with 1, or is silent and exits with 0."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

#: Each tool, and the Debian package that has it.
TOOLS = {
    "systemd-nspawn": "systemd-container",
    "systemctl": "systemd",
    "dbus-daemon": "dbus",
    "unshare": "util-linux",
    "mkfs.ext4": "e2fsprogs",
}

#: Mounts what a machine is made of, in a namespace that ends with the shell.
TRIAL = """
set -e
truncate -s 16M disk.img && mkfs.ext4 -q -F disk.img && mkdir disk root
mount -o loop disk.img disk && mkdir disk/upper disk/work
mount -t overlay overlay -o lowerdir=/,upperdir=disk/upper,workdir=disk/work root
group=/sys/fs/cgroup/systemd
test -d $group || group=/sys/fs/cgroup
mkdir $group/gatewatch-trial && rmdir $group/gatewatch-trial
"""


def why_not() -> str | None:
    """The reason why no machine can be booted here, or None."""
    if os.geteuid() != 0:
        return "a machine is booted by root alone: sudo make test-systemd"
    path = "/usr/sbin:/usr/bin:/sbin:/bin"
    missing = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool, path=path)})
    if missing:
        return f"some tools are missing: apt-get install {' '.join(missing)}"
    with tempfile.TemporaryDirectory() as place:
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", TRIAL]
        tried = subprocess.run(command, cwd=place, env={"PATH": path}, capture_output=True, text=True, check=False)
    if tried.returncode:
        return f"the kernel lets no machine be mounted here (is this a container itself?): {tried.stderr.strip()}"
    return None


if __name__ == "__main__":
    reason = why_not()
    if reason is not None:
        print(f"No machine for the tests: {reason}", file=sys.stderr)
        sys.exit(1)
