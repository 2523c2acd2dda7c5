"""`gatewatch alerts`: what was told, to whom, and when."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from gatewatch.cli.settings_option import config_option, load_or_exit
from gatewatch.cli.store_reading import console_for_people, iso, local, new_table, open_or_exit, plain, row
from gatewatch.model import Alert, Delivery, DeliveryState
from gatewatch.settings import Settings
from gatewatch.store import Store
from gatewatch.store.rows import alert_to_json

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_STYLES = {
    DeliveryState.DELIVERED: "green",
    DeliveryState.FAILED: "bold red",
    DeliveryState.UNKNOWN: "bold red",
}
_LOUD = {"critical": "bold red", "high": "bold yellow"}


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
        found = [(alert, store.deliveries_of(alert.id)) for alert in store.alerts(limit)]
    if as_json:
        for alert, deliveries in found:
            click.echo(_line(_described(alert, deliveries)))
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
    given_here = context.get_parameter_source("config") is click.core.ParameterSource.COMMANDLINE
    settings = load_or_exit(config if given_here else context.obj)
    with open_or_exit(settings) as store:
        alert = store.alert(alert_id)
        if alert is None:
            click.echo(f"there is no alert {alert_id!r}", err=True)
            sys.exit(1)
        if as_json:
            click.echo(_line(_described_whole(store, alert)))
        else:
            _print_alert(store, alert, settings)


def _print_table(found: Iterable[tuple[Alert, tuple[Delivery, ...]]], settings: Settings) -> None:
    table = new_table("when", "severity", "country", "what", "rule", "channels", "id")
    for alert, deliveries in found:
        states = [plain(f"{each.channel} {each.state.value}", _style(each)) for each in deliveries]
        channels = Text(", ").join(states)
        table.add_row(
            local(alert.at, settings),
            plain(alert.severity.value, _LOUD.get(alert.severity.value, "")),
            plain(alert.country or "–"),
            plain(_what(alert)),
            plain(alert.rule),
            channels if deliveries else plain("no route takes it", "bold red"),
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
        if delivery.state is DeliveryState.PENDING:
            console.print(row(f"next try {local(delivery.next_try, settings)}", indent=4))
        for receipt in store.receipts_of(delivery.id):
            told = row(local(receipt.ended, settings), receipt.result, receipt.line, indent=4)
            console.print(told, soft_wrap=True)


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


def _described(alert: Alert, deliveries: Iterable[Delivery]) -> dict[str, Any]:
    return {
        **json.loads(alert_to_json(alert)),
        "deliveries": [
            {
                "channel": delivery.channel,
                "state": delivery.state.value,
                "attempts": delivery.attempts,
                "next_try": iso(delivery.next_try) if delivery.state is DeliveryState.PENDING else None,
                "delivered_at": iso(delivery.delivered_at),
                "last_error": delivery.last_error,
            }
            for delivery in deliveries
        ],
    }


def _described_whole(store: Store, alert: Alert) -> dict[str, Any]:
    deliveries = store.deliveries_of(alert.id)
    described = _described(alert, deliveries)
    for told, delivery in zip(described["deliveries"], deliveries, strict=True):
        told["receipts"] = [
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
