"""Who asks how Gatewatch is gets an answer: by socket, by port, and whoever else hammers at the door."""

from __future__ import annotations

import json
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from gatewatch.service import health_request
from gatewatch.service.health import Configured, Health
from gatewatch.service.health_server import AT_ONCE, HealthServer, Occupied, socket_path

from .installation import wait_until

AT = datetime(2023, 11, 22, 14, 0, tzinfo=UTC)
WELL = Health("1.2.3", AT, "/state", Configured("4f2a", AT), ready=True)


class Asked:
    """A server that answers with `health`, and how it is asked."""

    def __init__(self, path: Path, port: int | None) -> None:
        self.health = WELL
        self.accepted: list[str] = []
        self.inside = 0
        self.hold = threading.Event()
        self.hold.set()
        self.path, self.port = path, port
        self.server = HealthServer(path, port, self._look, self._metrics)

    def _look(self) -> Health:
        self.inside += 1
        self.hold.wait(10)
        return self.health

    def _metrics(self, accept: str) -> tuple[str, bytes]:
        self.accepted.append(accept)
        return "text/plain; version=0.0.4", b"gatewatch_x 1\n"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("socket", timeout=10)
        connection.sock = self.connect()
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response, response.read()

    def connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(10)
        client.connect(str(self.path))
        return client

    def raw(self, *parts: bytes, pause: float = 0.0) -> bytes:
        """What comes back for bytes of one's own, until the server closes."""
        with self.connect() as client:
            try:
                for part in parts:
                    client.sendall(part)
                    time.sleep(pause)
                return b"".join(iter(lambda: client.recv(65536), b""))
            except (ConnectionResetError, BrokenPipeError):
                return b""


@contextmanager
def serving(path: Path, port: int | None = None) -> Iterator[Asked]:
    asked = Asked(path / "health.sock", port)
    asked.server.start()
    try:
        yield asked
    finally:
        asked.hold.set()
        asked.server.stop()


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    with serving(tmp_path) as it:
        yield it


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_who_is_well_says_so_and_what_runs(asked: Asked) -> None:
    response, body = asked.ask("/health")
    assert (response.status, response.getheader("Content-Type")) == (200, "application/json")
    assert json.loads(body) == {
        "well": True,
        "ready": True,
        "late": [],
        "findings": [],
        "config": {"hash": "4f2a", "loaded_at": AT.isoformat(), "last_reload_successful": True},
        "version": "1.2.3",
        "since": AT.isoformat(),
        "state": "/state",
    }
    assert Health.read(json.loads(body)) == WELL


@pytest.mark.parametrize("trouble", [{"late": ("courier desk has not reported for 310 s",)}, {"findings": ("1 message overdue",)}, {"ready": False}])
def test_who_is_not_well_is_unavailable_and_says_why(asked: Asked, trouble: dict[str, object]) -> None:
    asked.health = replace(WELL, **trouble)  # type: ignore[arg-type]
    response, body = asked.ask("/health")
    assert response.status == 503
    assert Health.read(json.loads(body)) == asked.health
    assert asked.ask("/ready")[0].status == (503 if not asked.health.ready else 200)


def test_a_reload_that_was_refused_is_told_and_no_illness(asked: Asked) -> None:
    asked.health = replace(WELL, config=Configured("4f2a", AT, last_reload_successful=False))
    response, body = asked.ask("/health")
    assert response.status == 200
    assert json.loads(body)["config"]["last_reload_successful"] is False


def test_metrics_come_in_the_form_that_is_asked_for(asked: Asked) -> None:
    response, body = asked.ask("/metrics", Accept="application/openmetrics-text")
    assert (response.status, body, asked.accepted) == (200, b"gatewatch_x 1\n", ["application/openmetrics-text"])
    assert response.getheader("Content-Type") == "text/plain; version=0.0.4"


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics", "/health?verbose=1"])
def test_head_tells_the_same_without_the_body(asked: Asked, path: str) -> None:
    (got, body), (head, nothing) = asked.ask(path), asked.ask(path, "HEAD")
    assert (head.status, nothing) == (got.status, b"")
    assert head.getheader("Content-Length") == str(len(body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"])
def test_nothing_can_be_changed_here(asked: Asked, method: str) -> None:
    response, _ = asked.ask("/health", method)
    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/healthz", "/../health", "/health/", "/%2e%2e/etc/passwd", "http://example.org/health"])
def test_all_else_is_not_found_and_not_repeated(asked: Asked, path: str) -> None:
    response, body = asked.ask(path)
    assert (response.status, body) == (404, b"/health, /ready or /metrics\n")


def test_the_port_is_open_on_this_machine_alone(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/ready")
        assert connection.getresponse().status == 200
        listening = [row.split()[1] for row in Path("/proc/net/tcp").read_text().splitlines() if row.split()[3] == "0A"]
        assert [each for each in listening if each.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_port_that_is_taken_is_told_and_leaves_nothing_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = HealthServer(tmp_path / "health.sock", port, lambda: WELL, lambda _: ("", b""))
        with pytest.raises(Occupied, match=rf"port {port} of \[health\] can't be opened: Address already in use; choose another"):
            server.start()
    assert not (tmp_path / "health.sock").exists()


def test_group_and_owner_may_ask_and_nobody_else(asked: Asked) -> None:
    assert stat.S_IMODE(asked.path.stat().st_mode) == 0o660


def test_the_socket_of_a_killed_process_is_replaced_and_taken_away_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "health.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    with serving(tmp_path) as asked:
        assert asked.ask("/ready")[0].status == 200
    assert not path.exists()


def test_a_socket_that_answers_belongs_to_somebody(asked: Asked, tmp_path: Path) -> None:
    second = HealthServer(tmp_path / "health.sock", None, lambda: WELL, lambda _: ("", b""))
    with pytest.raises(Occupied, match="another process answers"):
        second.start()
    second.stop()
    assert asked.ask("/ready")[0].status == 200


def test_a_file_in_its_place_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "health.sock").write_text("mine")
    with pytest.raises(Occupied, match="it is no socket"):
        HealthServer(tmp_path / "health.sock", None, lambda: WELL, lambda _: ("", b"")).start()
    assert (tmp_path / "health.sock").read_text() == "mine"


def test_a_directory_may_lie_deeper_than_addresses_are_long(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-long-name-of-a-directory"] * 6)
    with serving(deep) as asked:
        assert asked.path.is_socket()
        with pytest.raises(Occupied, match="another process answers"):
            HealthServer(asked.path, None, lambda: WELL, lambda _: ("", b"")).start()


def test_who_is_slow_is_cut_off_however_steadily_he_drips(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_request, "PATIENCE", 0.3)
    began = time.monotonic()
    assert asked.raw(*[b"G"] * 12, pause=0.1) == b""
    assert time.monotonic() - began < 3
    assert asked.ask("/ready")[0].status == 200


def test_who_says_nothing_is_cut_off(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_request, "PATIENCE", 0.2)
    assert asked.raw() == b""


def test_eight_are_answered_at_once_and_the_others_are_told_to_come_back(asked: Asked) -> None:
    asked.hold.clear()
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(asked.ask("/health")[0].status)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    wait_until(lambda: asked.inside == AT_ONCE)
    busy = asked.raw(b"GET /ready HTTP/1.0\r\n\r\n")
    assert busy.startswith(b"HTTP/1.0 503")
    assert b"Retry-After: 1" in busy
    asked.hold.set()
    for thread in threads:
        thread.join()
    assert answers == [200] * AT_ONCE
    assert asked.ask("/ready")[0].status == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /health HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
        b"GET /health HTTP/1.1\r\nX" + b"\xff\x00" * 50 + b"\r\n\r\n",
        b"POST /health HTTP/1.1\r\nContent-Length: 999999999\r\n\r\nabc",
        b"GET /health HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
        b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_a_hostile_request_gets_a_short_answer_or_none_and_harms_nobody(asked: Asked, request_: bytes) -> None:
    answer = asked.raw(request_)
    assert len(answer) < 1000
    assert answer.count(b"HTTP/1.") <= 1
    assert asked.ask("/ready")[0].status == 200


def test_a_fault_of_ours_is_logged_and_answered(asked: Asked, caplog: pytest.LogCaptureFixture) -> None:
    asked.health = None  # type: ignore[assignment]
    assert asked.ask("/health")[0].status == 500
    assert "event=health_failed" in caplog.text
    asked.health = WELL
    assert asked.ask("/health")[0].status == 200


def test_systemd_says_where_the_socket_lies_else_it_is_beside_the_database(tmp_path: Path) -> None:
    assert socket_path(tmp_path, {"RUNTIME_DIRECTORY": "/run/gatewatch:/run/other"}) == Path("/run/gatewatch/health.sock")
    assert socket_path(tmp_path, {}) == tmp_path / "health.sock"


@pytest.mark.parametrize("told", [None, [], "well", {}, {"config": {}}, WELL.described() | {"since": "yesterday"}])
def test_what_is_no_answer_of_a_gatewatch_is_told_as_such(told: object) -> None:
    with pytest.raises(ValueError, match=r"not the answer|Invalid isoformat"):
        Health.read(told)
