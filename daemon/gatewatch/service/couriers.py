"""A courier for each channel of the settings, with its secret at hand."""

from __future__ import annotations

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.delivery import Courier
from gatewatch.alerts.policy import policy_of
from gatewatch.model import Clock
from gatewatch.settings import InvalidSettings, Settings, find_secret, missing_secrets
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
