"""Gatewatch as its package installs it, at work on a machine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Collection
from typing import Any

from .far_ends import DUTY, FEEDS_PORT, MAIL_PORT, OPERATOR, PROGRAMS, Feeds, Mailbox
from .machine import Machine
from .waiting import wait_for

UNIT = "gatewatch.service"
FAILURE = "gatewatch-failure.service"
CONFIG = "/etc/gatewatch/config.toml"
RULES = "/etc/gatewatch/rules/desk.toml"
SECRET = "/etc/gatewatch/secrets/mail-password"
STATE = "/var/lib/private/gatewatch"
PASSWORD = "correct horse 7"

#: What is asked of systemd.
FACTS = ("ActiveState", "SubState", "UnitFileState", "MainPID", "NRestarts", "StatusText", "Result", "ExecMainStatus")


class Station:
    """The service, with the feeds that it polls and the mailbox that it writes to."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.feeds = Feeds(machine)
        self.mailbox = Mailbox(machine)
        self._cursor = ""

    def set_up(self) -> None:
        """Boots the machine and opens the far ends, for this boot and all that come."""
        self.machine.boot()
        self.feeds.open()
        self.mailbox.open()

    def clear(self) -> None:
        """Stops the service and makes all as if it had never run: no state, no mails, no edits but what dpkg keeps."""
        self.machine.run("systemctl", "disable", "--quiet", "--now", UNIT, check=False)
        self.machine.run("systemctl", "stop", FAILURE, check=False)
        self.machine.run("systemctl", "reset-failed", UNIT, FAILURE, check=False)
        self.machine.run("rm", "-rf", STATE, RULES)
        self.revert()
        self.feeds.clear()
        self.mailbox.clear()
        told = self.machine.run("journalctl", "--lines=0", "--show-cursor", "--quiet").stdout
        self._cursor = told.strip().removeprefix("-- cursor: ")

    def configure(self, *, sources: Collection[str] = ("border",), every: str = "1s") -> None:
        """Writes config.toml, a rule for words that begin with "gatekeyword", and the password of the mail account."""
        polled = "".join(
            f'[[source]]\nid = "{id}"\nurl = "http://127.0.0.1:{FEEDS_PORT}/{id}"\nevery = "{every}"\n'
            for id in sources
        )
        channels = mail_channel("duty", DUTY) + mail_channel("operator", OPERATOR)
        head = 'state = "/var/lib/gatewatch"\noperator = ["operator"]\n'
        self.machine.write(CONFIG, f'{head}{channels}{polled}[[route]]\nto = ["duty"]\n')
        self.machine.write(RULES, rule("desk-keyword", "gatekeyword"))
        self.machine.write(SECRET, PASSWORD + "\n", mode=0o600)

    def drop_in(self, section: str, **settings: str) -> None:
        """Changes the unit as `systemctl edit` does."""
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        name = "-".join([section, *settings]).lower()
        self.machine.write(f"/etc/systemd/system/{UNIT}.d/{name}.conf", f"[{section}]\n{lines}")
        self.machine.run("systemctl", "daemon-reload")

    def revert(self) -> None:
        """Takes back all `drop_in`s."""
        self.machine.run("rm", "-rf", f"/etc/systemd/system/{UNIT}.d")
        self.machine.run("systemctl", "daemon-reload")

    def be_impatient(self) -> None:
        """See far/impatience/sitecustomize.py."""
        shutil.copytree(PROGRAMS / "impatience", self.machine.far / "impatience", dirs_exist_ok=True)
        self.drop_in("Service", Environment="PYTHONPATH=/srv/far/impatience")

    def start(self) -> None:
        """Starts it; comes back when systemd has its READY."""
        self.machine.run("systemctl", "start", UNIT)

    def start_and_seed(self) -> None:
        """Starts it, and waits until it knows what its feeds have shown so far."""
        self.start()
        self.logged("event=seeded")

    def stop(self) -> None:
        self.machine.run("systemctl", "stop", UNIT)

    def reload(self) -> subprocess.CompletedProcess[str]:
        return self.machine.run("systemctl", "reload", UNIT, check=False)

    def signal(self, name: str) -> int:
        """Sends a signal to the main process; gives which it is."""
        pid = self.pid()
        assert pid, "it does not run"
        self.machine.run("systemctl", "kill", f"--signal={name}", "--kill-who=main", UNIT)
        return pid

    def state(self) -> dict[str, str]:
        """What systemd knows of it."""
        return self.machine.show(UNIT, *FACTS)

    def pid(self) -> int:
        """The main process as the machine counts, 0 when there is none."""
        return int(self.state()["MainPID"])

    def runs(self) -> bool:
        return self.state()["SubState"] == "running"

    def runs_anew(self, after: int, seconds: float = 60.0) -> None:
        """Waits until another process than `after` has said READY."""
        wait_for(lambda: self.runs() and self.pid() not in (0, after), seconds, "for a restart")

    def journal(self, unit: str = UNIT) -> list[dict[str, Any]]:
        """What was logged since `clear`."""
        return self.machine.journal(unit, self._cursor)

    def log(self, unit: str = UNIT) -> str:
        return "\n".join(str(entry["MESSAGE"]) for entry in self.journal(unit))

    def logged(self, text: str, seconds: float = 30.0) -> None:
        """Waits until a text is in the log; not any longer when the service has failed."""
        try:
            wait_for(lambda: text in self.log() or self.state()["ActiveState"] == "failed", seconds, f"for {text!r}")
            assert text in self.log(), f"no {text!r} in the log of a service that failed"
        except AssertionError:
            print(self.log(), file=sys.stderr)
            raise

    def gatewatch(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs a command as the machine's root, with the service's configuration."""
        return self.machine.run("env", f"GATEWATCH_CONFIG={CONFIG}", "gatewatch", *arguments, check=check)

    def deliveries(self) -> dict[str, str]:
        """The title of each alert, and how far its first delivery is."""
        told = map(json.loads, self.gatewatch("alerts", "--json").stdout.splitlines())
        return {alert["title"]: alert["deliveries"][0]["state"] for alert in told}


def mail_channel(name: str, to: str) -> str:
    """A channel to the machine's mail server."""
    return (
        f'[[channel]]\nname = "{name}"\ntype = "email"\nhost = "127.0.0.1"\nport = {MAIL_PORT}\nsecurity = "none"\n'
        f'username = "gatewatch"\nsecret = "mail-password"\nfrom = "gatewatch@example.org"\nto = ["{to}"]\ncap = 0\n'
    )


def rule(id: str, word: str) -> str:
    """A rule for words that begin with `word`, with its test."""
    return (
        f'[[rule]]\nid = "{id}"\nsays = "The word {word}"\nseverity = "high"\nany = ["{word}*"]\n'
        f'  [[rule.test]]\n  title = "Here is {word}0"\n  fires = true\n'
    )


#: A rule file that is broken, and where: an unknown key in its last line.
BROKEN = rule("desk-keyword", "otherword") + 'colour = "red"\n'
BROKEN_AT = f"{RULES}:{BROKEN.count(chr(10))}:"
