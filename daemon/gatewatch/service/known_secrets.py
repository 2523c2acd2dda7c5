"""The secrets that the settings name, to be kept out of the log."""

from __future__ import annotations

import os
from collections.abc import Mapping

from gatewatch.settings import InvalidSettings, Settings, find_secret


def known_secrets(settings: Settings, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Those of all channels and of the heartbeat that this machine has. Who needs one tells what is wrong with it."""
    names = {channel.secret for channel in settings.channels if channel.secret is not None}
    names |= {settings.heartbeat.secret} if settings.heartbeat else set()
    found = []
    for name in sorted(names):
        try:
            found.append(find_secret(name, settings.config.parent, environment))
        except InvalidSettings:
            continue
    return tuple(secret for secret in found if secret)
