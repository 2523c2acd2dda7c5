"""Tells people that the service itself has failed: it can't do so any more, so another process does.

It takes the settings as they are or, where those are what is broken, the last good ones.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gatewatch.alerts.channels import BadChannel
from gatewatch.alerts.operating import operator_alert
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Channel, Severity
from gatewatch.service.directly import send_directly
from gatewatch.service.heartbeat import send
from gatewatch.service.logfmt import line
from gatewatch.service.ways_out import heartbeat_address, operator_channels, way_out
from gatewatch.settings import InvalidSettings, Problem, Settings, load_kept, load_or_last_good, missing_secrets

log = logging.getLogger(__name__)

#: What `man systemd.exec` says of $MONITOR_SERVICE_RESULT, in words for people.
RESULTS = {
    "core-dump": "it crashed",
    "oom-kill": "it needed more memory than it may have",
    "protocol": "it ended before it was ready",
    "resources": "systemd could not start it",
    "signal": "it was killed",
    "start-limit-hit": "it crashed again and again",
    "timeout": "it took too long to start or to stop",
    "watchdog": "it hung",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What can still be found out: settings to tell people by (None: none at all), and what is wrong with the files."""

    settings: Settings | None
    problems: tuple[Problem, ...] = ()


def find_settings(config: Path, environment: Mapping[str, str] = os.environ) -> Known:
    """The settings as they are; else the last good ones, from the state directory that systemd names."""
    try:
        loaded = load_or_last_good(config)
        return Known(loaded.settings, (*missing_secrets(loaded.settings, environment), *loaded.problems))
    except InvalidSettings as error:
        state = environment.get("STATE_DIRECTORY", "").partition(":")[0]
        directory = Path(state) if state else config.parent / "state"
        return Known(load_kept(config, directory), error.problems)


def words(known: Known, environment: Mapping[str, str] = os.environ) -> str:
    """What people are told: that nothing is watched any more, why, and what to do."""
    status = environment.get("MONITOR_EXIT_STATUS", "")
    why = RESULTS.get(environment.get("MONITOR_SERVICE_RESULT", ""), "")
    if status == str(os.EX_CONFIG) and known.problems:
        why = "its configuration is broken"
    elif status and not why:
        why = f"it ended with {status}"
    if why and status != str(os.EX_CONFIG):
        why += ", again and again"  # systemd calls for this when it has given up starting it
    problems = [str(problem) for problem in known.problems[:3]]
    what_to_do = "see `systemctl status gatewatch` and `journalctl -u gatewatch`"
    told = ["failed: Gatewatch does not run, and nothing is watched", why, *problems, what_to_do]
    return "; ".join(part for part in told if part)


def tell(settings: Settings, text: str, now: datetime) -> tuple[str, ...]:
    """Tells the operator's channels (all of them, where none is named) and the heartbeat; gives who may have heard."""
    alert = replace(operator_alert(text, None, now), severity=Severity.CRITICAL)
    zone = ZoneInfo(settings.timezone)
    heard = [
        channel.name
        for channel in operator_channels(settings) or settings.channels
        if (sink := _way_out(channel, settings)) and send_directly(channel.name, sink, alert, now, zone)
    ]
    try:
        address = heartbeat_address(settings)
    except InvalidSettings as error:
        log.error(line("heartbeat_failed", error=str(error)))
        return tuple(heard)
    if address is not None and asyncio.run(send(address, [text])):
        heard.append("heartbeat")
    return tuple(heard)


def _way_out(channel: Channel, settings: Settings) -> Sink | None:
    try:
        return way_out(channel, settings)
    except (InvalidSettings, BadChannel) as error:
        log.error(line("operator_not_told", channel=channel.name, error=str(error)))
        return None
