"""`gatewatch drill`: a test alert goes the whole way to real channels."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from gatewatch.alerts.channels import BadChannel
from gatewatch.alerts.delivery import IDLE
from gatewatch.alerts.drilling import channels_of, drill_alert
from gatewatch.cli.settings_option import EX_CONFIG, config_option, load_or_exit, tell_and_exit
from gatewatch.cli.store_reading import console_for_people, local, row
from gatewatch.model import Alert, Delivery, DeliveryState, Severity
from gatewatch.service.lock import AlreadyRunning, only_one
from gatewatch.service.senders import Sender, Senders
from gatewatch.service.ways_out import courier_of, orders_of
from gatewatch.settings import InvalidSettings, Settings
from gatewatch.settings.durations import duration
from gatewatch.settings.known import suggestion
from gatewatch.store import Store, StoreError, database_path

#: Seconds that messages in flight have to end, after all waiting. Their outcome is worth some.
PATIENCE = 15.0

#: The outbox is looked at this often (seconds) for what has become of the drill.
_LOOK = 0.1

_OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)


def _length(_context: click.Context, _option: click.Parameter, written: str) -> timedelta:
    try:
        return duration(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option("--channel", "named", metavar="NAME", multiple=True, help="Only this one; may be given several times.")
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    default=Severity.CRITICAL.value,
    show_default=True,
    help="Goes to every channel that a route of this severity leads to.",
)
@click.option("--wait", callback=_length, default="90s", show_default=True, help="How long to wait for the outcome.")
@config_option
def command(named: tuple[str, ...], severity: str, wait: timedelta, config: Path) -> None:
    """Send a test alert the whole way to real channels.

    It is marked as a drill and takes the way of every alert: outbox, courier, channel. While `gatewatch run` works,
    that delivers it, otherwise this command does. Exit 1 unless every channel delivered it in time.
    """
    settings = load_or_exit(config)
    channels = _chosen(settings, named, Severity(severity))
    alert = drill_alert(Severity(severity), channels, datetime.now(UTC))
    try:
        hanging = _send(settings, alert, channels, wait)
        with Store.open(database_path(settings.state_dir), read_only=True) as store:
            delivered = _tell(store, alert, settings)
    except InvalidSettings as error:
        tell_and_exit(error)
    except BadChannel as error:
        click.echo(f"gatewatch: {error}", err=True)
        sys.exit(EX_CONFIG)
    except (StoreError, OSError) as error:
        click.echo(f"gatewatch: {error}", err=True)
        sys.exit(1)
    if hanging:  # their threads would keep the interpreter from ending; the outbox knows all that matters
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0 if delivered else 1)
    sys.exit(0 if delivered else 1)


def _chosen(settings: Settings, named: Sequence[str], severity: Severity) -> tuple[str, ...]:
    """The channels that the drill goes to. None at all is what a drill is there to find."""
    known = [channel.name for channel in settings.channels]
    for name in named:
        if name not in known:
            raise click.BadParameter(f"there is no channel `{name}`. {suggestion(name, known)}", param_hint="--channel")
    channels = tuple(dict.fromkeys(named)) or channels_of(severity, settings.routes)
    if not channels:
        click.echo(f"no route takes the severity {severity.value}: its alerts reach nobody", err=True)
        sys.exit(1)
    return channels


def _send(settings: Settings, alert: Alert, channels: Sequence[str], wait: timedelta) -> tuple[str, ...]:
    """Queues the drill and waits until it is settled or the time is up; gives the channels that hang.

    Who delivers is decided once: taking over from a service that stops would keep it from starting again.
    """
    path = database_path(settings.state_dir)
    try:
        with only_one(settings.state_dir):
            orders = orders_of(settings)
            with Store.open(path) as store:
                _take_back(store, channels)
                _queue(store, alert, channels)
                senders = Senders()
                for name in channels:
                    senders.start(Sender(name, courier_of(name, orders[name], settings, _now)))
                try:
                    _watch(store, alert, wait)
                finally:
                    hanging = senders.stop(PATIENCE)
            return hanging
    except AlreadyRunning as service:
        click.echo(
            f"gatewatch run (process {service.pid or 'unknown'}) delivers it;"
            f" it looks at the outbox every {IDLE:.0f} s, or when it finds news",
            err=True,
        )
    with Store.open(path) as store:
        _queue(store, alert, channels)
        _watch(store, alert, wait)
    return ()


def _queue(store: Store, alert: Alert, channels: Sequence[str]) -> None:
    with store.transaction():
        store.queue_alert(alert, channels, alert.at)


def _take_back(store: Store, channels: Iterable[str]) -> None:
    """Frees what a killed service was sending, as its next start would: we hold the lock, so it is dead."""
    for channel in channels:
        store.take_back(channel, _now())


def _watch(store: Store, alert: Alert, wait: timedelta) -> None:
    """Returns when every delivery is settled, or after `wait`."""
    end = time.monotonic() + wait.total_seconds()
    while any(each.state in _OPEN for each in store.deliveries_of(alert.id)) and time.monotonic() < end:
        time.sleep(_LOOK)


def _tell(store: Store, alert: Alert, settings: Settings) -> bool:
    """Prints what became of the drill in each channel; True where all delivered it."""
    console = console_for_people()
    deliveries = store.deliveries_of(alert.id)
    for delivery in deliveries:
        told = row(f"{delivery.channel}:", _outcome(store, delivery, settings))
        console.print(told, soft_wrap=True)
    delivered = sum(each.state is DeliveryState.DELIVERED for each in deliveries)
    stays = "; what waits stays in the outbox" if any(each.state in _OPEN for each in deliveries) else ""
    last = row(f"drill {alert.id}: {delivered} of {len(deliveries)} delivered{stays}")
    console.print(last, soft_wrap=True)
    return delivered == len(deliveries)


def _outcome(store: Store, delivery: Delivery, settings: Settings) -> str:
    match delivery.state:
        case DeliveryState.DELIVERED:
            assert delivery.delivered_at is not None
            return f"delivered in {(delivery.delivered_at - delivery.alert.at).total_seconds():.1f} s"
        case DeliveryState.SENDING:
            return "still waiting, it is being sent"
        case DeliveryState.PENDING if delivery.attempts:
            again = f"tried {delivery.attempts}×, again {local(delivery.next_try, settings)}"
            return f"still waiting, {again}: {delivery.last_error}"
        case DeliveryState.PENDING:
            return f"still waiting, {_why(store, delivery)}"
        case DeliveryState.UNKNOWN:
            return f"failed, though it may have arrived: {delivery.last_error}"
    return f"{delivery.state.value}: {delivery.last_error}"


def _why(store: Store, delivery: Delivery) -> str:
    """Why nobody has tried it: others of its channel come first, or the courier has not looked yet."""
    lines = store.outbox_summary()
    waiting = sum(line.count for line in lines if line.channel == delivery.channel and line.state in _OPEN)
    return f"beside {waiting - 1} others in its channel" if waiting > 1 else "no courier has taken it up"


def _now() -> datetime:
    """The clock of the couriers."""
    return datetime.now(UTC)
