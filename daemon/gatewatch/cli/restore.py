"""`gatewatch restore`: a backup in the place of the database."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.alerts.wording import one_line
from gatewatch.cli.backup import told_contents
from gatewatch.cli.settings_option import config_option, load_as_service_or_exit
from gatewatch.cli.store_reading import local
from gatewatch.service.lock import AlreadyRunning
from gatewatch.service.restoring import Restored, of_when, restore
from gatewatch.settings import Settings
from gatewatch.store import StoreError, database_path

_SHOWN = 20


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--send-pending", is_flag=True, help="Send what was still to be sent then; people may get it twice.")
@config_option
def command(file: Path, send_pending: bool, config: Path) -> None:
    """Put a backup in the place of the database, which is kept beside it.

    The service has to be stopped. FILE is checked first and brought up to date. News since the backup is forgotten:
    what feeds still show of it is told again. Alerts that were still to be sent when the backup was made may have been
    sent since; they are listed and not sent, unless you say --send-pending or `gatewatch alerts resend`.
    """
    settings = load_as_service_or_exit(config)
    database = database_path(settings.state_dir)
    if database.exists() and database.samefile(file):
        raise click.UsageError(f"{file} is the database itself")
    try:
        restored = restore(settings, file, datetime.now(UTC), send_pending=send_pending)
    except AlreadyRunning as error:
        click.echo(f"{error}: stop it first", err=True)
        sys.exit(1)
    except (StoreError, OSError) as error:
        click.echo(error, err=True)
        sys.exit(1)
    _tell(restored, settings, send_pending=send_pending)


def _tell(restored: Restored, settings: Settings, *, send_pending: bool) -> None:
    contents = restored.contents
    click.echo(f"{restored.database} now holds {of_when(contents, settings)}: {told_contents(contents, settings)}")
    if restored.kept:
        click.echo(f"what it held before is kept as {restored.kept}")
    pending = restored.may_have_gone
    if not pending:
        return
    count = f"{len(pending)} message{'' if len(pending) == 1 else 's'}"
    if send_pending:
        click.echo(f"{count} of then will be sent as soon as `gatewatch run` is started:")
    else:
        click.echo(f"{count} of then may have been sent since, and will not be; `gatewatch alerts resend ID` sends one")
    for delivery in pending[:_SHOWN]:
        alert = delivery.alert
        click.echo(f"  {alert.id} to {delivery.channel}, {local(alert.at, settings)}: {one_line(alert.title)}")
    if len(pending) > _SHOWN:
        click.echo(f"  … and {len(pending) - _SHOWN} more (`gatewatch alerts` lists them)")
