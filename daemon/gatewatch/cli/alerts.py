"""`gatewatch alerts`: what was told, to whom, and when; and who has taken note of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from gatewatch.cli.ack import described_ack, told_ack
from gatewatch.cli.alerts_resend import resend
from gatewatch.cli.one_alert import alert_or_exit, settings_below
from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, open_or_exit, plain, row
from gatewatch.model import Alert, Delivery, DeliveryState
from gatewatch.settings import Settings
from gatewatch.store import Ack, Store
from gatewatch.store.rows import alert_to_json

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_STYLES = {
    DeliveryState.DELIVERED: "green",
    DeliveryState.FAILED: "bold red",
    DeliveryState.UNKNOWN: "bold red",
}
_WAITING = (DeliveryState.PENDING, DeliveryState.HELD)
_LOUD = {"critical": "bold red", "high": "bold yellow"}


@dataclass(frozen=True, slots=True)
class Told:
    """An alert and what became of it; `ack` is None while nobody has taken note of it."""

    alert: Alert
    deliveries: tuple[Delivery, ...]
    ack: Ack | None


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@config_option
@json_option
@click.pass_context
def command(context: click.Context, limit: int, config: Path, as_json: bool) -> None:
    """Show what was told, to whom, and when; newest first."""
    context.obj = config
    if context.invoked_subcommand is not None:
        return
    settings = load_or_exit(config)
    with open_or_exit(settings) as store:
        found = [_look(store, alert) for alert in store.alerts(limit, until=datetime.now(UTC))]
    if as_json:
        for one in found:
            click.echo(_line(_described(one)))
    elif found:
        _print_table(found, settings)
    else:
        click.echo("no alerts yet")


@command.command("show")
@click.argument("alert_id", metavar="ID")
@config_option
@json_option
@click.pass_context
def show(context: click.Context, alert_id: str, config: Path, as_json: bool) -> None:
    """Show one alert: its words, the items that tell it, and every attempt to deliver it."""
    settings = settings_below(context, config)
    with open_or_exit(settings) as store:
        alert = alert_or_exit(store, alert_id)
        if as_json:
            click.echo(_line(_described_whole(store, alert)))
        else:
            _print_alert(store, alert, settings)


command.add_command(resend)


def _look(store: Store, alert: Alert) -> Told:
    """Counts attempts by their receipts: in the outbox the count begins anew where an alert is sent again."""
    deliveries = tuple(
        replace(each, attempts=len(store.receipts_of(each.id)) + (each.state is DeliveryState.SENDING))
        for each in store.deliveries_of(alert.id)
    )
    return Told(alert, deliveries, store.ack_of(alert.id))


def _print_table(found: Iterable[Told], settings: Settings) -> None:
    table = new_table("when", "severity", "country", "what", "rule", "channels", "acknowledged", "id")
    for told in found:
        alert, deliveries = told.alert, told.deliveries
        states = [plain(_state(each, settings), _style(each)) for each in deliveries]
        channels = Text(", ").join(states)
        table.add_row(
            local(alert.at, settings),
            plain(alert.severity.value, _LOUD.get(alert.severity.value, "")),
            plain(alert.country or "–"),
            plain(_what(alert)),
            plain(alert.rule),
            channels if deliveries else plain("no route takes it", "bold red"),
            plain(f"{told.ack.by} {local(told.ack.at, settings)}" if told.ack else ""),
            plain(alert.id),
        )
    console_for_people().print(table)


def _print_alert(store: Store, alert: Alert, settings: Settings) -> None:
    console = console_for_people()
    console.print(plain(alert.title, "bold"), soft_wrap=True)
    fields = [
        ("id", f"{alert.id} ({alert.kind.value})"),
        ("when", local(alert.at, settings)),
        ("rule", f"{alert.rule}: {alert.says}"),
        ("severity", alert.severity.value),
        ("what", " ".join(filter(None, [alert.country, _what(alert)]))),
        *(("", fact) for fact in alert.facts),
        ("source", f"{alert.source} (official)" if alert.official else alert.source),
        ("quote", f"{alert.quote} ({alert.language})" if alert.language else alert.quote),
        ("link", alert.url),
        *(("ack", told_ack(ack, settings)) for ack in filter(None, [store.ack_of(alert.id)])),
    ]
    for name, value in fields:
        console.print(row(Text(f"{name:<8}", "dim"), value), soft_wrap=True)
    console.print("\nitems", style="bold")
    for item in _items(store, alert):
        console.print(row(item["id"], item["source"], item["title"], indent=2), soft_wrap=True)
    console.print("\ndeliveries", style="bold")
    for delivery in store.deliveries_of(alert.id):
        state = plain(f"{delivery.channel}: {delivery.state.value}", _style(delivery))
        console.print(row(state, indent=2), soft_wrap=True)
        for line in _why(delivery, settings):
            console.print(row(line, indent=4), soft_wrap=True)
        for receipt in store.receipts_of(delivery.id):
            told = row(local(receipt.ended, settings), receipt.result, receipt.line, indent=4)
            console.print(told, soft_wrap=True)


def _state(delivery: Delivery, settings: Settings) -> str:
    until = f" until {local(delivery.next_try, settings)}" if delivery.state is DeliveryState.HELD else ""
    return f"{delivery.channel} {delivery.state.value}{until}{f' ({delivery.reason})' if until else ''}"


def _why(delivery: Delivery, settings: Settings) -> Iterator[str]:
    """What it waits for, and why it waited or goes there."""
    if delivery.reason:
        yield delivery.reason
    if delivery.state is DeliveryState.HELD:
        unless = f", unless {delivery.unless} is acknowledged" if delivery.unless else ""
        yield f"held until {local(delivery.next_try, settings)}{unless}"
    elif delivery.state is DeliveryState.PENDING:
        yield f"next try {local(delivery.next_try, settings)}"


def _what(alert: Alert) -> str:
    if alert.event is not None:
        return alert.event.replace("_", " ")
    if alert.count is not None:
        return alert.facts[0] if alert.facts else str(alert.count)
    return alert.says


def _style(delivery: Delivery) -> str:
    return _STYLES.get(delivery.state, "yellow")


def _items(store: Store, alert: Alert) -> list[dict[str, str]]:
    """The items that tell the story of an alert; one whose text was deleted is left as its id."""
    found = []
    for id in store.items_of_story(alert.story) or alert.items:
        item = store.item(id)
        told = (item.source, item.title, item.url) if item else ("", "", "")
        found.append({"id": id, "source": told[0], "title": told[1], "url": told[2]})
    return found


def _described(told: Told) -> dict[str, Any]:
    return {
        **json.loads(alert_to_json(told.alert)),
        "acknowledged": described_ack(told.ack),
        "deliveries": [
            {
                "channel": delivery.channel,
                "state": delivery.state.value,
                "attempts": delivery.attempts,
                "next_try": iso(delivery.next_try) if delivery.state in _WAITING else None,
                "cause": delivery.cause.value,
                "reason": delivery.reason,
                "unless": delivery.unless,
                "delivered_at": iso(delivery.delivered_at),
                "last_error": delivery.last_error,
            }
            for delivery in told.deliveries
        ],
    }


def _described_whole(store: Store, alert: Alert) -> dict[str, Any]:
    told = _look(store, alert)
    described = _described(told)
    for line, delivery in zip(described["deliveries"], told.deliveries, strict=True):
        line["receipts"] = [
            {
                "started": iso(receipt.started),
                "ended": iso(receipt.ended),
                "result": receipt.result,
                "line": receipt.line,
            }
            for receipt in store.receipts_of(delivery.id)
        ]
    return {**described, "items": _items(store, alert)}


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
