"""An installation with three channels whose far ends are real, and the service that dies in it on demand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts.far_ends import Mailbox, Webhook, mail_server, webhook
from service.installation import RULE, Installation
from service.newsstand import Newsstand, open_newsstand

CHANNELS = """
[[channel]]
name = "slack"
type = "slack"
secret = "slack"

[[channel]]
name = "mail"
type = "email"
host = "127.0.0.1"
port = {port}
security = "none"
from = "gatewatch@example.org"
to = "duty@example.org"

[[channel]]
name = "file"
type = "file"
path = "{told}"

[[route]]
to = ["slack", "mail", "file"]
"""


@dataclass
class Doomed:
    """`places` are the events of each thread in an undisturbed round: each of them is a place to die."""

    installation: Installation
    slack: Webhook
    mailbox: Mailbox
    process: subprocess.Popen[str]
    places: dict[str, list[str]]

    def ask(self, place: tuple[str, int] | None) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(place) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def die_at(self, place: tuple[str, int]) -> dict[str, int]:
        """How the round that dies there and the one after it ended, on empty far ends."""
        self._empty()
        answer: dict[str, int] = self.ask(place)
        return answer

    def undisturbed(self) -> None:
        self._empty()
        self.places = self.ask(None)

    def _empty(self) -> None:
        self.slack.received.clear()
        self.mailbox.raw.clear()
        self.installation.told.unlink(missing_ok=True)

    def arrived(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """Which of the alerts `ids` each far end got, in the order in which it got them. Raises for any other."""
        return {
            "slack": [named_in(json.dumps(payload), ids) for payload in self.slack.received],
            "mail": [named_in(str(message["X-Gatewatch-Alert"]), ids) for message in self.mailbox.received],
            "file": [named_in(message["id"], ids) for message in self.installation.messages()],
        }

    @property
    def database(self) -> Path:
        return self.installation.path / "state" / "gatewatch.db"


def named_in(text: str, ids: Sequence[str]) -> str:
    """The one of `ids` that a message holds."""
    [id] = [id for id in ids if id in text]
    return id


@contextmanager
def doomed(path: Path, *titles: str) -> Iterator[Doomed]:
    """`titles` are what is news: published when the source was seeded."""
    with open_newsstand() as newsstand, webhook() as slack, mail_server() as mailbox:
        installation = seeded_installation(path, newsstand, slack, mailbox)
        newsstand.publish("a", *titles)
        process = subprocess.Popen(
            [sys.executable, Path(__file__).parent / "mortal.py", "config.toml"],
            cwd=path,
            env=installation.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(path / "log").open("w"),
            text=True,
        )
        try:
            ours = Doomed(installation, slack, mailbox, process, {})
            ours.undisturbed()
            yield ours
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(20)


def seeded_installation(path: Path, newsstand: Newsstand, slack: Webhook, mailbox: Mailbox) -> Installation:
    installation = Installation(path)
    newsstand.publish("a", "Old news")
    source = f'[[source]]\nid = "a"\nurl = "{newsstand.url("a")}"\nevery = "1s"\n'
    channels = CHANNELS.format(port=mailbox.port, told=installation.told)
    (path / "config.toml").write_text(f'state = "state"\n{source}{channels}')
    (path / "rules").mkdir()
    (path / "rules" / "words.toml").write_text(RULE)
    installation.environment["GATEWATCH_SLACK"] = slack.address
    seeded = installation.call("run", "--once")
    assert seeded.returncode == 0, seeded.stderr
    return installation
