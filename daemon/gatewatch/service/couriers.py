"""A courier for each channel of the settings, and where the heartbeat goes, with their secrets at hand."""

from __future__ import annotations

import re

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.policy import policy_of
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Clock
from gatewatch.settings import InvalidSettings, Problem, Settings, find_secret, missing_secrets
from gatewatch.store import database_path


def couriers(settings: Settings, clock: Clock) -> list[tuple[str, Courier]]:
    """The name of each channel with its courier.

    Raises `InvalidSettings` where this machine lacks a secret and `BadChannel` where one is of no use: better
    told at the start than at an alert.
    """
    if missing := missing_secrets(settings):
        raise InvalidSettings(missing)
    database, here = database_path(settings.state_dir), settings.config.parent
    policy = policy_of(settings)
    found = []
    for channel in settings.channels:
        secret = None if channel.secret is None else find_secret(channel.secret, here)
        sink = open_channel(channel, secret)
        found.append((channel.name, Courier(database, channel.name, sink, clock, policy)))
    return found


def operator_sinks(settings: Settings) -> list[tuple[str, Sink]]:
    """The channels of the operator, apart from their couriers. Raises as `couriers`."""
    here, found = settings.config.parent, []
    for channel in settings.channels:
        if channel.name in settings.operator:
            secret = None if channel.secret is None else find_secret(channel.secret, here)
            found.append((channel.name, open_channel(channel, secret)))
    return found


def heartbeat_address(settings: Settings) -> str | None:
    """Where the heartbeat goes; None where none is wanted. Raises `InvalidSettings` for a secret of no use."""
    if settings.heartbeat is None:
        return None
    address = find_secret(settings.heartbeat.secret, settings.config.parent) or ""
    if not re.fullmatch(r"https?://[^\s/]+\S*", address):
        what = f"the secret `{settings.heartbeat.secret}` of [heartbeat] is no address that begins with https:// or http://"
        raise InvalidSettings([Problem(settings.config, 0, 0, what, "Copy the ping URL of the check into it")])
    return address
