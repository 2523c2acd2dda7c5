"""Gatewatch as the package installs it on a machine, with the feed that it polls and the mail server that it writes to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from .machine import Machine
from .waiting import wait_for

UNIT = "gatewatch.service"
FAILURE = "gatewatch-failure.service"
CONFIG = "/etc/gatewatch/config.toml"
RULES = "/etc/gatewatch/rules/desk.toml"
PASSWORD = "correct horse 7"

FEEDS_PORT, MAIL_PORT = 8080, 2525
DUTY, OPERATOR = "duty@example.org", "operator@example.org"

_PROGRAMS = Path(__file__).with_name("far")


@dataclass(frozen=True, slots=True)
class Mail:
    """`at` is when it arrived, in seconds since 1970."""

    at: float
    login: str
    password: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """Subject and body."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return f"{self.message['Subject']}\n{body.get_content()}"


class Station:
    """The far ends run beside the service and keep what they hold outside of the machine's disk."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._feeds = machine.far / "feeds"
        self._mail = machine.far / "mail"
        self._titles: dict[str, list[str]] = {}
        self._cursor = ""
        for directory in (self._feeds, self._mail):
            directory.mkdir(exist_ok=True)

    # --- the far ends ---

    def open_far_ends(self) -> None:
        """Starts the feed server and the mail server, after each boot."""
        for name, port, directory in (("feeds", FEEDS_PORT, "feeds"), ("mailbox", MAIL_PORT, "mail")):
            (self.machine.far / f"{name}.py").write_text((_PROGRAMS / f"{name}.py").read_text())
            program = f"/srv/far/{name}.py"
            self.machine.run(
                *("systemd-run", "--quiet", f"--unit={name}", "--property=Restart=always"),
                *("/usr/bin/python3", program, str(port), f"/srv/far/{directory}"),
            )
        for port in (FEEDS_PORT, MAIL_PORT):
            knock = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
            wait_for(lambda knock=knock: self.machine.run("python3", "-c", knock, check=False).returncode == 0)  # type: ignore[misc]

    def publish(self, *titles: str, feed: str = "border") -> None:
        """Adds items to a feed; their guid is their place in it."""
        told = self._titles.setdefault(feed, [])
        told.extend(titles)
        items = "".join(
            f'<item><guid isPermaLink="false">{feed}-{number}</guid><title>{escape(title)}</title>'
            f"<link>https://news.example/{feed}/{number}</link></item>"
            for number, title in reversed(list(enumerate(told)))
        )
        part = self._feeds / f"{feed}.part"
        part.write_text(f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>')
        part.rename(self._feeds / f"{feed}.xml")

    def mails(self, recipient: str = DUTY) -> list[Mail]:
        """What has arrived for somebody, oldest first."""
        arrived = []
        for path in sorted(self._mail.glob("*.json")):
            mail = json.loads(path.read_text())
            message = message_from_string(mail["raw"], _class=EmailMessage, policy=policy.default)
            if recipient in str(message["To"]):
                arrived.append(Mail(mail["at"], mail["login"], mail["password"], message))
        return arrived

    def mails_about(self, word: str, recipient: str = DUTY) -> list[Mail]:
        return [mail for mail in self.mails(recipient) if word in mail.text]

    def told(self, word: str, recipient: str = DUTY, seconds: float = 20.0) -> Mail:
        """The first mail with a word in it, when it has arrived."""
        return wait_for(lambda: self.mails_about(word, recipient), seconds, f"for a mail about {word}")[0]

    def mail_server_is(self, manner: str) -> None:
        """See mailbox.py."""
        (self._mail / "manner").write_text(manner)

    # --- the package ---

    def install(self, package: Path, *, anew: bool = False) -> subprocess.CompletedProcess[str]:
        """Installs a package unless this version is installed; `anew` does in any case."""
        version = subprocess.run(
            ["dpkg-deb", "--field", package, "Version"], check=True, capture_output=True, text=True
        ).stdout.strip()
        if self.version() == version and not anew:
            return subprocess.CompletedProcess([], 0)
        shutil.copy(package, self.machine.far / "gatewatch.deb")
        return self.dpkg("--install", "/srv/far/gatewatch.deb")

    def purge(self) -> None:
        """Takes off the package with all that it has and had."""
        self.clear()
        self.dpkg("--purge", "gatewatch")

    def dpkg(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Files that were edited stay as they are, as for whoever answers dpkg's question with Enter."""
        return self.machine.run(
            *("env", "DEBIAN_FRONTEND=noninteractive", "dpkg", "--force-unsafe-io", "--force-confold", *arguments)
        )

    def version(self) -> str:
        """What is installed; empty where nothing is."""
        asked = self.machine.run(
            "dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", "gatewatch", check=False
        )
        status, _, version = asked.stdout.partition(" ")
        return version if status == "installed" else ""

    # --- the service ---

    def clear(self) -> None:
        """Stops the service and makes all as if it had never run: no state, no mails, no drop-ins, the far ends well."""
        self.machine.run("systemctl", "stop", UNIT, FAILURE, check=False)
        self.machine.run("systemctl", "reset-failed", UNIT, FAILURE, check=False)
        self.machine.run("rm", "-rf", "/var/lib/private/gatewatch", f"/etc/systemd/system/{UNIT}.d", RULES)
        self.machine.run("systemctl", "daemon-reload")
        for path in [*self._feeds.iterdir(), *self._mail.iterdir()]:
            path.unlink()
        self._titles.clear()
        self._cursor = self._last_cursor()

    def configure(self, *, sources: Collection[str] = ("border",), every: str = "1s", more: str = "") -> None:
        """Writes config.toml, a rule for the word "gatekeyword" and the password of the mail account."""
        polled = "".join(
            f'[[source]]\nid = "{id}"\nurl = "http://127.0.0.1:{FEEDS_PORT}/{id}"\nevery = "{every}"\n'
            for id in sources
        )
        channels = mail_channel("duty", DUTY) + mail_channel("operator", OPERATOR)
        head = 'state = "/var/lib/gatewatch"\noperator = ["operator"]\n'
        self.machine.write(CONFIG, f'{head}{channels}{polled}[[route]]\nto = ["duty"]\n{more}')
        self.machine.write(RULES, rule("desk-keyword", "gatekeyword"))
        self.machine.write("/etc/gatewatch/secrets/mail-password", PASSWORD + "\n", mode=0o600)

    def drop_in(self, section: str, name: str = "test", **settings: str) -> None:
        """Changes the unit as `systemctl edit` does."""
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        self.machine.write(f"/etc/systemd/system/{UNIT}.d/{name}-{section.lower()}.conf", f"[{section}]\n{lines}")
        self.machine.run("systemctl", "daemon-reload")

    def be_impatient(self) -> None:
        """See far/impatience/sitecustomize.py."""
        shutil.copytree(_PROGRAMS / "impatience", self.machine.far / "impatience", dirs_exist_ok=True)
        self.drop_in("Service", "impatience", Environment="PYTHONPATH=/srv/far/impatience")

    def start(self) -> None:
        """Starts it; comes back when systemd has its READY."""
        self.machine.run("systemctl", "start", UNIT)

    def start_and_seed(self) -> None:
        """Starts it, and waits until it knows what its feed has shown so far."""
        if not self._titles:
            self.publish("Old news of last week")
        self.start()
        self.logged("event=seeded")

    def stop(self) -> None:
        self.machine.run("systemctl", "stop", UNIT)

    def reload(self) -> subprocess.CompletedProcess[str]:
        return self.machine.run("systemctl", "reload", UNIT, check=False)

    def state(self) -> dict[str, str]:
        """What systemd knows of it."""
        asked = ("ActiveState", "SubState", "MainPID", "NRestarts", "StatusText", "Result", "ExecMainStatus")
        return self.machine.show(UNIT, *asked)

    def pid(self) -> int:
        """The main process as the machine counts, 0 when there is none."""
        return int(self.state()["MainPID"])

    def signal(self, name: str) -> int:
        """Sends a signal to the main process; gives which it is."""
        pid = self.pid()
        assert pid, "it does not run"
        self.machine.run("systemctl", "kill", f"--signal={name}", "--kill-who=main", UNIT)
        return pid

    def runs(self) -> bool:
        return self.state()["SubState"] == "running"

    def runs_anew(self, after: int, seconds: float = 30.0) -> None:
        """Waits until another process than `after` has said READY."""
        wait_for(lambda: self.runs() and self.pid() != after, seconds, "for a restart")

    def journal(self, unit: str = UNIT) -> list[dict[str, Any]]:
        """What was logged since `clear`."""
        return self.machine.journal(unit, self._cursor)

    def log(self, unit: str = UNIT) -> str:
        return "\n".join(str(entry["MESSAGE"]) for entry in self.journal(unit))

    def logged(self, text: str, times: int = 1, unit: str = UNIT, seconds: float = 20.0) -> None:
        """Waits until a text is in the log, so many times; not any longer when the service has failed."""

        def found() -> bool:
            return self.log(unit).count(text) >= times

        try:
            wait_for(lambda: found() or self.state()["ActiveState"] == "failed", seconds, f"for {text!r} in the log")
            assert found(), f"no {text!r} in the log of a service that failed"
        except AssertionError:
            print(self.log(unit), file=sys.stderr)
            raise

    def gatewatch(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs a command as the machine's root, with the service's configuration."""
        return self.machine.run("env", f"GATEWATCH_CONFIG={CONFIG}", "gatewatch", *arguments, check=check)

    def alerts(self) -> str:
        """What `gatewatch alerts` tells, to programs."""
        return self.gatewatch("alerts", "--json").stdout

    def _last_cursor(self) -> str:
        told = self.machine.run("journalctl", "--lines=0", "--show-cursor", "--quiet").stdout
        return told.strip().removeprefix("-- cursor: ")


def mail_channel(name: str, to: str) -> str:
    """A channel to the machine's mail server."""
    return (
        f'[[channel]]\nname = "{name}"\ntype = "email"\nhost = "127.0.0.1"\nport = {MAIL_PORT}\nsecurity = "none"\n'
        f'username = "gatewatch"\nsecret = "mail-password"\nfrom = "gatewatch@example.org"\nto = ["{to}"]\ncap = 0\n'
    )


def rule(id: str, word: str) -> str:
    """A rule for a word of the test's own, with its test."""
    return (
        f'[[rule]]\nid = "{id}"\nsays = "The word {word}"\nseverity = "high"\nany = ["{word}*"]\n'
        f'  [[rule.test]]\n  title = "Here is {word}0"\n  fires = true\n'
    )
