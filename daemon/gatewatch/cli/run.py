"""`gatewatch run`: the service itself."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from gatewatch.alerts.channels import BadChannel
from gatewatch.cli.settings_option import EX_CONFIG, config_option, tell_and_exit
from gatewatch.journal import Form, Secrets
from gatewatch.service.daemon import Daemon, Requests
from gatewatch.service.known_secrets import known_secrets
from gatewatch.service.lock import AlreadyRunning
from gatewatch.service.logfmt import line, log_to, usual_form
from gatewatch.service.notify import Notifier
from gatewatch.service.once import OnceSummary, run_once
from gatewatch.settings import InvalidSettings, load_or_last_good
from gatewatch.store import StoreError

log = logging.getLogger("gatewatch.run")


def utc_now() -> datetime:
    """The clock of the service."""
    return datetime.now(UTC)


@click.command()
@click.option("--once", is_flag=True, help="Poll each source that is due once, deliver, and end.")
@click.option(
    "--log",
    "form",
    type=click.Choice([each.value for each in Form]),
    envvar="GATEWATCH_LOG",
    help="The form of the log. Default: $GATEWATCH_LOG, else journal where it goes there, else plain.",
)
@config_option
def command(once: bool, form: str | None, config: Path) -> None:
    """Poll, read, match and deliver until stopped.

    SIGTERM and SIGINT end it cleanly (exit 0); a second one at once. SIGHUP makes it read config.toml and rules/
    again; what is broken changes nothing. The log goes to standard error.
    With --once: exit 0, or 1 when a source could not be read or a rule file is broken.
    """
    # until there is something that could be loaded again: by default a hang-up ends a process
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    secrets = Secrets()
    log_to(sys.stderr, Form(form) if form else usual_form(sys.stderr), secrets)
    try:
        loaded = load_or_last_good(config)
        secrets.hide(known_secrets(loaded.settings))
        if once:
            _end_once(asyncio.run(run_once(loaded, utc_now)))
        else:
            faulthandler.enable()  # a watchdog that kills us leaves in the journal where every thread stood
            asyncio.run(_run(Daemon(loaded, utc_now, notifier=Notifier(), hide=secrets.hide)))
    except BadChannel as error:
        click.echo(f"gatewatch: {error}", err=True)
        sys.exit(EX_CONFIG)
    except StoreError as error:
        click.echo(f"gatewatch: {error}", err=True)
        sys.exit(EX_CONFIG if error.lasting else 1)  # starting again does not cure what lasts
    except AlreadyRunning as error:
        click.echo(f"gatewatch: {error}", err=True)
        sys.exit(1)
    except InvalidSettings as error:
        tell_and_exit(error)


async def _run(daemon: Daemon) -> NoReturn:
    requests = Requests()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _on_signal, number, requests.stop)
    loop.add_signal_handler(signal.SIGHUP, requests.reload.set)
    await daemon.run(requests)
    # Not by way of the interpreter's end: that waits for every thread, also for one that hangs in a mail
    # server or in getaddrinfo (which no time-out reaches). All that matters is on disk by now.
    logging.shutdown()
    os._exit(0)


def _on_signal(number: signal.Signals, stop: asyncio.Event) -> None:
    if stop.is_set():
        os._exit(128 + number)
    log.info(line("stopping", signal=number.name))
    stop.set()


def _end_once(done: OnceSummary) -> None:
    click.echo(
        f"polled {done.polled} sources ({done.waiting} not due), {done.seeded} items seeded,"
        f" {done.fresh} new, {done.alerts} alerts, {done.delivered} delivered"
    )
    for source in done.failed:
        click.echo(f"failed: {source}")
    sys.exit(1 if done.failed or done.broken_rules else 0)
