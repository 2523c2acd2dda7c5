"""The way out of each channel, and where the heartbeat goes, with their secrets at hand."""

from __future__ import annotations

import re

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier, Orders
from gatewatch.alerts.policy import policy_of
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Channel, Clock
from gatewatch.settings import InvalidSettings, Problem, Settings, find_secret, missing_secrets
from gatewatch.store import database_path


def orders_of(settings: Settings) -> dict[str, Orders]:
    """The orders for the courier of each channel, by its name.

    Raises `InvalidSettings` where this machine lacks a secret and `BadChannel` where one is of no use.
    """
    if missing := missing_secrets(settings):
        raise InvalidSettings(missing)
    policy = policy_of(settings)
    return {channel.name: Orders(way_out(channel, settings), policy) for channel in settings.channels}


def courier_of(channel: str, orders: Orders, settings: Settings, clock: Clock) -> Courier:
    """Who serves a channel by these orders."""
    return Courier(database_path(settings.state_dir), channel, orders.sink, clock, orders.policy)


def operator_sinks(settings: Settings) -> list[tuple[str, Sink]]:
    """Ways out of their own to the channels of the operator. Raises as `orders_of`."""
    return [(channel.name, way_out(channel, settings)) for channel in operator_channels(settings)]


def operator_channels(settings: Settings) -> tuple[Channel, ...]:
    """Those that hear of troubles with Gatewatch."""
    return tuple(channel for channel in settings.channels if channel.name in settings.operator)


def way_out(channel: Channel, settings: Settings) -> Sink:
    """The way out of one channel. Raises `InvalidSettings` for a secret that can't be read, and `BadChannel`."""
    secret = None if channel.secret is None else find_secret(channel.secret, settings.config.parent)
    return open_channel(channel, secret)


def heartbeat_address(settings: Settings) -> str | None:
    """Where the heartbeat goes; None where none is wanted. Raises `InvalidSettings` for a secret of no use."""
    if settings.heartbeat is None:
        return None
    address = find_secret(settings.heartbeat.secret, settings.config.parent) or ""
    if not re.fullmatch(r"https?://[^\s/]+\S*", address):
        what = f"the secret `{settings.heartbeat.secret}` of [heartbeat] is no address that begins with https:// or http://"
        raise InvalidSettings([Problem(settings.config, 0, 0, what, "Copy the ping URL of the check into it")])
    return address
