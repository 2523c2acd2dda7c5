"""A mail server for the inside of a machine. A program and not a test: `mailbox.py PORT DIRECTORY`.

Each mail becomes a file of the directory, in the order of arrival: JSON with `at` (seconds since 1970), `login`,
`password` and `raw`. It is told how to be by the file `manner` there, looked at when somebody connects: "trickle"
greets line by line and never comes to an end, anything else serves.
"""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from base64 import b64decode
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

_numbers = itertools.count(1)
_one_at_a_time = threading.Lock()


class Mailbox(StreamRequestHandler):
    directory = Path()

    def handle(self) -> None:
        manner = self.directory / "manner"
        try:
            while manner.exists() and manner.read_text() == "trickle":
                self._say("220-one moment")
                time.sleep(0.3)
            self._serve()
        except ConnectionError:
            pass  # the client has left, as it may

    def _serve(self) -> None:
        login = password = ""
        self._say("220 mailbox")
        while line := self._hear():
            verb = line[:4].upper()
            if verb == "EHLO":
                self._say("250-mailbox")
                self._say("250 AUTH PLAIN")
            elif verb == "AUTH":
                _, login, password = b64decode(line.split()[2]).decode().split("\0")
                self._say("235 welcome")
            elif verb == "DATA":
                self._say("354 go on")
                self._keep(login, password, self._text())
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _text(self) -> str:
        lines = iter(self._hear, ".")
        return "\n".join(line.removeprefix(".") for line in lines)

    def _keep(self, login: str, password: str, raw: str) -> None:
        mail = {"at": time.time(), "login": login, "password": password, "raw": raw}
        with _one_at_a_time:
            number = next(n for n in _numbers if not (self.directory / f"{n:04}.json").exists())
            whole = self.directory / f"{number:04}.json"
            part = whole.with_suffix(".part")
            part.write_text(json.dumps(mail))
            part.rename(whole)

    def _hear(self) -> str:
        return self.rfile.readline().decode().rstrip("\r\n")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    Mailbox.directory = Path(sys.argv[2])
    Server(("127.0.0.1", int(sys.argv[1])), Mailbox).serve_forever()
