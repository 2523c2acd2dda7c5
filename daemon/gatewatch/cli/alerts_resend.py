"""`gatewatch alerts resend`: an alert once more, to channels that did not get it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from gatewatch.cli.one_alert import alert_or_exit, open_to_write_or_exit, settings_below
from gatewatch.cli.settings_option import config_option
from gatewatch.cli.store_reading import local
from gatewatch.model import Alert, Delivery, DeliveryState
from gatewatch.settings import Settings
from gatewatch.store import Store

LOST = (DeliveryState.FAILED, DeliveryState.UNKNOWN)

#: Nothing went wrong with these: they go again only where that is asked for.
ENDED = (DeliveryState.DELIVERED, DeliveryState.JOINED, DeliveryState.MUTED, DeliveryState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Wish:
    """A channel that is to get an alert again; `delivery` is None where it never went there."""

    channel: str
    delivery: Delivery | None


@click.command("resend")
@click.argument("alert_id", metavar="ALERT")
@click.option("--channel", "named", metavar="NAME", multiple=True, help="Only this one; may be given several times.")
@click.option("--force", is_flag=True, help="Also where it was delivered: people will get it twice.")
@config_option
@click.pass_context
def resend(context: click.Context, alert_id: str, named: tuple[str, ...], force: bool, config: Path) -> None:
    """Queue an alert again for the channels where it failed, or may have failed.

    ALERT is its id, or the first four characters of it or more. Receipts of earlier attempts are kept. Exit 1 when
    nothing is queued, or not for all that --channel names.
    """
    settings = settings_below(context, config)
    with open_to_write_or_exit(settings) as store:
        alert = alert_or_exit(store, alert_id)
        with store.transaction():
            deliveries = store.deliveries_of(alert.id)
            queued, refused = _resend(store, alert, wishes(deliveries, named, force), settings, force)
    for line in queued:
        click.echo(line)
    if queued:
        click.echo("The service sends it within seconds, or as soon as `gatewatch run` is started.")
    for line in refused:
        click.echo(line, err=True)
    if not queued and not refused:
        click.echo(f"nothing of {alert.id} failed: {_stand(deliveries)}", err=True)
    if refused or not queued:
        sys.exit(1)


def wishes(deliveries: Sequence[Delivery], named: Iterable[str], force: bool) -> tuple[Wish, ...]:
    """Those named; without names those that were lost, with `force` those that were delivered, too."""
    by_channel: Mapping[str, Delivery] = {delivery.channel: delivery for delivery in deliveries}
    if named:
        return tuple(Wish(channel, by_channel.get(channel)) for channel in dict.fromkeys(named))
    wanted = (*LOST, DeliveryState.DELIVERED) if force else LOST
    return tuple(Wish(each.channel, each) for each in deliveries if each.state in wanted)


def _resend(
    store: Store, alert: Alert, wanted: Iterable[Wish], settings: Settings, force: bool
) -> tuple[list[str], list[str]]:
    """Queues what may be; gives a line for each channel that is queued, and for each that is refused."""
    now, channels = datetime.now(UTC), {channel.name for channel in settings.channels}
    queued: list[str] = []
    refused: list[str] = []
    for wish in wanted:
        if reason := refusal(wish, channels, force, settings):
            refused.append(f"{wish.channel}: not queued, {reason}")
        elif wish.delivery is None:
            store.queue_alert(alert, [wish.channel], now)
            queued.append(f"{wish.channel}: queued, it had not gone there before")
        else:
            store.send_again(wish.delivery.id, now)
            queued.append(f"{wish.channel}: queued again, {_before(wish.delivery, settings)}")
    return queued, refused


def refusal(wish: Wish, channels: Collection[str], force: bool, settings: Settings) -> str:
    """Why a channel does not get the alert again; empty where it does."""
    if wish.channel not in channels:
        there = ", ".join(sorted(channels))
        return f"config.toml has no such channel (it has {there})"
    if wish.delivery is None or wish.delivery.state in LOST:
        return ""
    if wish.delivery.state in ENDED:
        return "" if force else f"{_before(wish.delivery, settings)}; --force sends it once more"
    return f"it is on its way already ({wish.delivery.state.value})"


def _before(delivery: Delivery, settings: Settings) -> str:
    match delivery.state:
        case DeliveryState.DELIVERED:
            return f"it was delivered {local(delivery.delivered_at, settings)}"
        case DeliveryState.UNKNOWN:
            return f"it may have arrived before ({delivery.last_error})"
        case DeliveryState.JOINED | DeliveryState.MUTED | DeliveryState.CANCELLED:
            return f"it was {delivery.state.value} ({delivery.reason})"
    return f"it had failed ({delivery.last_error})"


def _stand(deliveries: Iterable[Delivery]) -> str:
    states = [f"{each.channel} {each.state.value}" for each in deliveries]
    return ", ".join(states) or "no route took it; --channel NAME sends it to one"
