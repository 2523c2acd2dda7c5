"""Fixtures for every room's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed_server import FeedServer


@pytest.fixture
def feed_server() -> Iterator[FeedServer]:
    """A real HTTP server on 127.0.0.1, see feed_server.py."""
    with FeedServer() as server:
        yield server

#: Needs root and boots machines: only `pytest tests/systemd` (make test-systemd) runs it.
collect_ignore = ["systemd"]
