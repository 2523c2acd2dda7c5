"""`gatewatch service failed`: what systemd starts when the service has failed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.settings_option import config_option
from gatewatch.journal import Secrets
from gatewatch.service.failure import find_settings, tell, words
from gatewatch.service.known_secrets import known_secrets
from gatewatch.service.logfmt import log_to, usual_form


@click.command()
@config_option
def command(config: Path) -> None:
    """Tell the operator's channels and the heartbeat that the service has failed.

    gatewatch-failure.service runs it. Where config.toml is broken it goes by the last one that was right. Exit 1
    when nobody could be told.
    """
    secrets = Secrets()
    log_to(sys.stderr, usual_form(sys.stderr), secrets)
    known = find_settings(config)
    text = words(known)
    if known.settings is None:
        click.echo(f"{text}\nNobody can be told: there are no settings, not even older ones.", err=True)
        sys.exit(1)
    secrets.hide(known_secrets(known.settings))
    heard = tell(known.settings, text, datetime.now(UTC))
    click.echo(f"told {', '.join(heard)}: {text}" if heard else f"nobody could be told: {text}")
    sys.exit(0 if heard else 1)
