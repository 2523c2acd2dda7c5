"""What the settings say about where alerts go and when: all that routing and couriers need of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from gatewatch.alerts.holding import Circumstances
from gatewatch.alerts.templating import Templates
from gatewatch.model import Channel, QuietHours, Route, Rule, Silence
from gatewatch.settings import Settings


@dataclass(frozen=True, slots=True)
class Policy:
    """`channels` and `rules` by their names. `operator` are the channels that hear of troubles with Gatewatch."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    quiet: tuple[QuietHours, ...] = ()
    operator: tuple[str, ...] = ()
    zone: tzinfo = UTC
    templates: Templates = field(default_factory=Templates)

    def circumstances(self, now: datetime, silences: Iterable[Silence]) -> Circumstances:
        """What decides about holding at `now`."""
        return Circumstances(now, self.quiet, tuple(silences), self.zone)

    def channel(self, name: str) -> Channel:
        """A channel by its name; one that left the settings holds nothing back."""
        return self.channels.get(name) or Channel(name, "", cap=0)


def policy_of(settings: Settings) -> Policy:
    return Policy(
        channels={channel.name: channel for channel in settings.channels},
        routes=settings.routes,
        rules={rule.id: rule for rule in settings.rules},
        quiet=settings.quiet,
        operator=settings.operator,
        zone=ZoneInfo(settings.timezone),
        templates=Templates(settings.templates),
    )
