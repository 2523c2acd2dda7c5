"""Whatever fails, and however much is logged: no secret stands in the log."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.far_ends import closed_port, mail_server, webhook
from alerts.samples import an_alert
from gatewatch.journal import Form, Secrets, line
from gatewatch.model import DeliveryState
from gatewatch.service.heartbeat import send
from gatewatch.service.known_secrets import known_secrets
from gatewatch.service.logfmt import log_to
from gatewatch.service.ways_out import courier_of, heartbeat_address, orders_of
from gatewatch.settings import Settings, load
from gatewatch.store import Store, database_path

from .installation import RULE, Installation
from .newsstand import Newsstand

NOW = datetime(2023, 11, 22, 14, 0, tzinfo=UTC)

#: What gives each secret away, in any part of it.
TELLTALES = ("xsecretA", "xsecretB", "xsecretC", "xsecretD", "xsecretE", "xsecretF")

CONFIG = """
[[source]]
id = "one"
url = "http://127.0.0.1:{closed}/rss"

[[channel]]
name = "slack"
type = "slack"
secret = "slack"

[[channel]]
name = "refused"
type = "webhook"
secret = "refused"

[[channel]]
name = "unreachable"
type = "webhook"
secret = "unreachable"

[[channel]]
name = "any"
type = "apprise"
secret = "any"

[[channel]]
name = "mail"
type = "email"
host = "127.0.0.1"
port = {mail}
security = "none"
username = "me"
secret = "mail"
from = "me@example.org"
to = ["you@example.org"]

[[route]]
to = ["slack", "refused", "unreachable", "any", "mail"]

[heartbeat]
secret = "heartbeat"
"""


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, given back as it was."""
    logger, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before = logger.handlers[:], logger.level
    yield logger
    logger.handlers[:], level = before
    logger.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(False)


def settled(path: Path, mail: int, secrets: dict[str, str]) -> Settings:
    (path / "rules").mkdir()
    (path / "rules" / "words.toml").write_text(RULE)
    (path / "config.toml").write_text(CONFIG.format(closed=closed_port(), mail=mail))
    (path / "secrets").mkdir()
    for name, secret in secrets.items():
        (path / "secrets" / name).write_text(secret)
        (path / "secrets" / name).chmod(0o600)
    return load(path / "config.toml")


def fail_everywhere(settings: Settings) -> None:
    """Each channel gets an alert that it can't deliver, and the heartbeat goes out to nobody."""
    with Store.open(database_path(settings.state_dir)) as store, store.transaction():
        store.queue_alert(an_alert(), [channel.name for channel in settings.channels], NOW)
    for name, orders in orders_of(settings).items():
        courier_of(name, orders, settings, lambda: NOW).deliver_due(NOW)
    address = heartbeat_address(settings) or ""
    asyncio.run(send(address, ["not in order"]))
    try:
        raise RuntimeError(f"a fault with {known_secrets(settings)}")
    except RuntimeError as fault:
        logging.getLogger("gatewatch.x").exception(line("fault", error=repr(fault), secrets=known_secrets(settings)))
        logging.getLogger("library").error("with %r", known_secrets(settings), exc_info=True)
    thread = threading.Thread(target=int, args=[address])
    thread.start()
    thread.join()


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
def test_no_channel_and_no_heartbeat_gives_its_secret_away(
    tmp_path: Path, root: logging.Logger, capfd: pytest.CaptureFixture[str], form: Form, level: int
) -> None:
    with webhook(*[(404, "no such hook: xsecretA")] * 3) as far_end, mail_server() as box:
        box.refusals["you@example.org"] = "550 the password xsecretE is no good here"
        settings = settled(
            tmp_path,
            box.port,
            {
                "slack": f"{far_end.address}/T0/xsecretA",
                "refused": f"{far_end.address}/hooks/xsecretB?token=xsecretB",
                "unreachable": f"http://127.0.0.1:{closed_port()}/hooks/xsecretC",
                "any": f"json://olga:xsecretD@127.0.0.1:{closed_port()}/hooks/xsecretD",
                "mail": "xsecretE",
                "heartbeat": f"http://127.0.0.1:{closed_port()}/ping/xsecretF",
            },
        )
        stream = io.StringIO()
        log_to(stream, form, Secrets(known_secrets(settings)), level)
        fail_everywhere(settings)
    with Store.open(database_path(settings.state_dir)) as store:
        assert DeliveryState.DELIVERED not in {each.state for each in store.deliveries_of(an_alert().id)}
    log = stream.getvalue()
    assert log.count("not_delivered") == len(settings.channels)
    for event in ("heartbeat_failed", "thread_fell", "fault"):
        assert event in log
    out, err = capfd.readouterr()
    assert [each for each in TELLTALES if each in log + out + err] == []
    assert "***" in log


def test_the_service_keeps_the_secret_of_a_hook_that_nobody_answers(
    installation: Installation, newsstand: Newsstand
) -> None:
    hook = f"json://127.0.0.1:{closed_port()}/xsecretA"
    installation.configure({"one": newsstand.url("one")}, webhook=hook)
    newsstand.publish("one", "old news")
    with installation.running("--log", "json") as running:
        running.wait_for('"seeded"')
        newsstand.publish("one", "gatekeyword1")
        running.wait_for('"not_delivered"')
        running.stop()
    assert all(json.loads(each)["level"] for each in running.lines)
    assert [each for each in TELLTALES if any(each in one for one in running.lines)] == []
