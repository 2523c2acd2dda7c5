"""Real servers on 127.0.0.1 that keep what they were sent: a webhook and a mail server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Webhook:
    """`answers` are given one after the other, then (200, "ok") for ever."""

    address: str
    answers: list[tuple[int, str]] = field(default_factory=list)
    received: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    retry_after: str | None = None


@contextmanager
def webhook(*answers: tuple[int, str]) -> Iterator[Webhook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            far_end.paths.append(self.path)
            far_end.received.append(json.loads(body))
            code, text = far_end.answers.pop(0) if far_end.answers else (200, "ok")
            self.send_response(code)
            if code == 302:
                self.send_header("Location", far_end.address + "/elsewhere")
            if far_end.retry_after is not None:
                self.send_header("Retry-After", far_end.retry_after)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/services/T000/B000/s3cr3tToken"
        far_end = Webhook(address, list(answers))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield far_end
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and never says a word; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Mailbox:
    """`refusals` are answers to RCPT, by address; `logins` are the names and passwords that were shown."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    logins: list[tuple[str, str]] = field(default_factory=list)

    @property
    def received(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, _class=EmailMessage, policy=policy.default) for raw in self.raw]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"

    def authenticate(self, *arguments: Any) -> AuthResult:
        shown = arguments[-1]
        self.logins.append((shown.login.decode(), shown.password.decode()))
        return AuthResult(success=True)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    box.port = closed_port()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        authenticator=box.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
