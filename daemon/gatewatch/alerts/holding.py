"""Whether an alert goes to a channel at once, later, or never. Pure.

Muted means held: what is kept back keeps its row, with the moment at which it is looked at again and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from gatewatch.alerts.quiet_hours import quiet_until
from gatewatch.alerts.wall_clock import next_time
from gatewatch.model import Alert, Cause, Channel, Delivery, DeliveryState, Plan, QuietHours, Rule, Severity, Silence
from gatewatch.store import Given

HOUR = timedelta(hours=1)

#: In a storm, critical alerts are told together this often.
CRITICAL_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides beside the alert and its channel. `zone` is that of quiet hours and digests, `now` is in UTC."""

    now: datetime
    quiet: tuple[QuietHours, ...] = ()
    silences: tuple[Silence, ...] = ()
    zone: tzinfo = UTC


def plan(alert: Alert, rule: Rule | None, channel: Channel, given: Given, around: Circumstances) -> Plan:
    """How a new alert goes to `channel`, which was `given` so many within the last hour."""
    return (
        _silenced(alert, channel.name, around)
        or _for_digest(rule, channel.name, around)
        or _resting(alert, channel.name, around)
        or _stormed(alert, channel, given, around)
        or Plan(channel.name)
    )


def plan_again(delivery: Delivery, rule: Rule | None, around: Circumstances) -> Plan:
    """What becomes of a held delivery whose moment has come.

    A silence may have been made since, or have ended in the middle of the night. A storm is no reason any more:
    what was held is told in one message.
    """
    alert, channel = delivery.alert, delivery.channel
    return (
        _silenced(alert, channel, around)
        or (_for_digest(rule, channel, around) if delivery.cause is Cause.SILENCE else None)
        or _resting(alert, channel, around)
        or Plan(channel)
    )


def fits(silence: Silence, alert: Alert, channel: str) -> bool:
    """Whether a silence, while it lasts, keeps this alert back from this channel."""
    asked: tuple[tuple[tuple[str, ...], str | None], ...] = (
        (silence.rule, alert.rule),
        (silence.country, alert.country),
        (silence.severity, alert.severity),
        (silence.channel, channel),
        (silence.story, alert.story),
        (silence.source, alert.source),
    )
    return all(not wanted or given in wanted for wanted, given in asked)


def _silenced(alert: Alert, channel: str, around: Circumstances) -> Plan | None:
    """One that drops comes before all others, then the one that lasts longest."""
    fitting = [each for each in around.silences if _lasts(each, around.now) and fits(each, alert, channel)]
    if not fitting:
        return None
    silence = max(fitting, key=lambda each: (each.drop, each.ends, each.id))
    until = f"{silence.ends.astimezone(around.zone):%Y-%m-%d %H:%M}"
    reason = f"silence {silence.id} by {silence.owner} until {until}: {silence.reason}"
    if silence.drop:
        return Plan(channel, DeliveryState.MUTED, None, Cause.SILENCE, reason)
    return _held(channel, silence.ends, Cause.SILENCE, reason)


def _lasts(silence: Silence, now: datetime) -> bool:
    return silence.begins <= now < silence.ends


def _for_digest(rule: Rule | None, channel: str, around: Circumstances) -> Plan | None:
    at = digest_time(rule)
    if at is None:
        return None
    return _held(channel, next_time(at, around.zone, around.now), Cause.DIGEST, f"for the digest at {at:%H:%M}")


def digest_time(rule: Rule | None) -> time | None:
    """The time of day (local) at which a rule wants to be told; None: at once."""
    kind, _, at = (rule.send or "" if rule else "").partition(" ")
    return time.fromisoformat(at) if kind == "digest" else None


def _resting(alert: Alert, channel: str, around: Circumstances) -> Plan | None:
    end = quiet_until(around.quiet, alert.severity, channel, around.zone, around.now)
    if end is None:
        return None
    local = end.astimezone(around.zone)
    until = f"{local:%H:%M}" if end - around.now < timedelta(days=1) else f"{local:%Y-%m-%d %H:%M}"
    return _held(channel, end, Cause.QUIET, f"quiet hours until {until}")


def _stormed(alert: Alert, channel: Channel, given: Given, around: Circumstances) -> Plan | None:
    if not channel.cap or given.count < channel.cap:
        return None
    now, began = around.now, min(given.first or around.now, around.now)
    if alert.severity is Severity.CRITICAL:  # all of the same five minutes end together, and are told together
        end = began + ((now - began) // CRITICAL_EVERY + 1) * CRITICAL_EVERY
    else:
        end = began + HOUR
    if end <= now:
        return None
    return _held(channel.name, end, Cause.STORM, f"more than {channel.cap} alerts in an hour")


def _held(channel: str, until: datetime, cause: Cause, reason: str) -> Plan:
    return Plan(channel, DeliveryState.HELD, until, cause, reason)


def earliest(plans: Iterable[Plan], now: datetime) -> datetime | None:
    """When the first of them goes; None where all are muted."""
    going = [each.due or now for each in plans if each.state is not DeliveryState.MUTED]
    return min(going, default=None)
