"""`gatewatch service failed`: what systemd starts when the service has failed."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option
from gatewatch.service.failure import find_settings, tell, words
from gatewatch.service.logfmt import log_to


@click.command()
@config_option
def command(config: Path) -> None:
    """Tell the operator's channels and the heartbeat that the service has failed.

    gatewatch-failure.service runs it. Where config.toml is broken it goes by the last one that was right. Exit 1
    when nobody could be told.
    """
    log_to(sys.stderr, timestamps="JOURNAL_STREAM" not in os.environ)
    known = find_settings(config)
    text = words(known)
    if known.settings is None:
        click.echo(f"{text}\nNobody can be told: there are no settings, not even older ones.", err=True)
        sys.exit(1)
    heard = tell(known.settings, text, datetime.now(UTC))
    click.echo(f"told {', '.join(heard)}: {text}" if heard else f"nobody could be told: {text}")
    sys.exit(0 if heard else 1)
