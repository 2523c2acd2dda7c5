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
from gatewatch.service.daemon import Daemon, Requests
from gatewatch.service.lock import AlreadyRunning
from gatewatch.service.logfmt import line, log_to
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
@config_option
def command(once: bool, config: Path) -> None:
    """Poll, read, match and deliver until stopped.

    SIGTERM and SIGINT end it cleanly (exit 0); a second one at once. SIGHUP makes it read config.toml and rules/
    again; what is broken changes nothing. Logs go to standard error as key=value.
    With --once: exit 0, or 1 when a source could not be read or a rule file is broken.
    """
    # until there is something that could be loaded again: by default a hang-up ends a process
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    # journald stamps lines itself
    log_to(sys.stderr, timestamps="JOURNAL_STREAM" not in os.environ)
    try:
        loaded = load_or_last_good(config)
        if once:
            _end_once(asyncio.run(run_once(loaded, utc_now)))
        else:
            faulthandler.enable()  # a watchdog that kills us leaves in the journal where every thread stood
            asyncio.run(_run(Daemon(loaded, utc_now, notifier=Notifier())))
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
