"""What the service on a machine speaks with: a feed server and a mail server, on that machine's own loopback.

What they hold lies outside of the machine's disk, so that a power cut does not touch it.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

from .machine import Machine
from .waiting import wait_for

PROGRAMS = Path(__file__).with_name("far")

FEEDS_PORT, MAIL_PORT = 8080, 2525
DUTY, OPERATOR = "duty@example.org", "operator@example.org"


class Feeds:
    """RSS feeds by name."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._titles: dict[str, list[str]] = {}
        self._directory = machine.far / "feeds"
        self._directory.mkdir()

    def open(self) -> None:
        """Starts the server, now and at each boot."""
        _start(self._machine, "feeds", FEEDS_PORT)

    def publish(self, *titles: str, feed: str = "border") -> None:
        """Adds items to a feed; their guid is their place in it."""
        told = self._titles.setdefault(feed, [])
        told.extend(titles)
        items = "".join(
            f'<item><guid isPermaLink="false">{feed}-{number}</guid><title>{escape(title)}</title>'
            f"<link>https://news.example/{feed}/{number}</link></item>"
            for number, title in reversed(list(enumerate(told)))
        )
        part = self._directory / f"{feed}.part"
        part.write_text(f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>')
        part.rename(self._directory / f"{feed}.xml")

    def clear(self) -> None:
        """No feed has ever shown anything but old news."""
        self._titles.clear()
        for path in self._directory.iterdir():
            path.unlink()
        self.publish("Old news of last week")


@dataclass(frozen=True, slots=True)
class Mail:
    """`at` is when it arrived, in seconds since 1970; `text` is its subject and its body."""

    at: float
    login: str
    password: str
    text: str


class Mailbox:
    """What was mailed, for whomever."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._directory = machine.far / "mailbox"
        self._directory.mkdir()

    def open(self) -> None:
        """Starts the server, now and at each boot."""
        _start(self._machine, "mailbox", MAIL_PORT)

    def trickle(self) -> None:
        """From now on a greeting never comes to its end."""
        (self._directory / "manner").write_text("trickle")

    def recover(self) -> None:
        """It serves again, also those who wait."""
        (self._directory / "manner").unlink()

    def mails(self, word: str = "", to: str = DUTY) -> list[Mail]:
        """What has arrived for somebody and holds a word, oldest first."""
        arrived = []
        for path in sorted(self._directory.glob("*.json")):
            mail = json.loads(path.read_text())
            message = message_from_string(mail["raw"], _class=EmailMessage, policy=policy.default)
            body = message.get_body(("plain",))
            assert body is not None
            text = f"{message['Subject']}\n{body.get_content()}"
            if to in str(message["To"]) and word in text:
                arrived.append(Mail(mail["at"], mail["login"], mail["password"], text))
        return arrived

    def told(self, word: str, to: str = DUTY, seconds: float = 30.0) -> Mail:
        """The first mail that holds a word, when it has arrived."""
        return wait_for(lambda: self.mails(word, to), seconds, f"for a mail about {word}")[0]

    def clear(self) -> None:
        for path in self._directory.iterdir():
            path.unlink()


def _start(machine: Machine, name: str, port: int) -> None:
    """As a service of the machine's own, which comes again with each boot."""
    shutil.copy(PROGRAMS / f"{name}.py", machine.far)
    command = f"/usr/bin/python3 /srv/far/{name}.py {port} /srv/far/{name}"
    unit = f"[Unit]\nBefore=gatewatch.service\n[Service]\nExecStart={command}\n[Install]\nWantedBy=multi-user.target\n"
    machine.write(f"/etc/systemd/system/{name}.service", unit)
    machine.run("systemctl", "enable", "--quiet", "--now", name)
    wait_until_open(machine, port)


def wait_until_open(machine: Machine, port: int) -> None:
    knock = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
    wait_for(lambda: machine.run("/usr/bin/python3", "-c", knock, check=False).returncode == 0, 10, f"for port {port}")
