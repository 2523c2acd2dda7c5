"""What a silence is to keep back and how long, checked against what there is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from gatewatch.alerts.wall_clock import next_time
from gatewatch.cli.one_alert import SHORTEST
from gatewatch.settings import Settings
from gatewatch.settings.durations import duration
from gatewatch.settings.known import suggestion
from gatewatch.store import Store

#: A silence without a near end is how a border closes unnoticed.
LONGEST = timedelta(days=30)


def length_of(_context: click.Context, _option: click.Parameter, written: str | None) -> timedelta | None:
    """The value of `--for`."""
    try:
        return None if written is None else duration(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def end_of(length: timedelta | None, until: str | None, settings: Settings, now: datetime) -> datetime:
    """When the silence ends (UTC). Raises `click.UsageError` unless that lies ahead, within 30 days."""
    if (length is None) == (until is None):
        raise click.UsageError("say how long: --for 2h, or --until 08:00")
    ends = now + length if length is not None else _moment(until or "", ZoneInfo(settings.timezone), now)
    if ends <= now:
        raise click.BadParameter("has to lie ahead", param_hint="--until")
    if ends > now + LONGEST:
        raise click.UsageError(f"a silence lasts {LONGEST.days} days at most; it can be made anew")
    return ends


def _moment(written: str, zone: ZoneInfo, now: datetime) -> datetime:
    try:
        if len(written) == len("08:00"):
            return next_time(time.fromisoformat(written), zone, now)
        moment = datetime.fromisoformat(written)
    except ValueError:
        what = f"has to be a time such as 08:00 or 2026-01-05T08:00, not {written!r}"
        raise click.BadParameter(what, param_hint="--until") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def known_or_usage(asked: Mapping[str, tuple[str, ...]], settings: Settings) -> dict[str, tuple[str, ...]]:
    """What was asked, sources by the names that alerts give them; a name that nothing has is wrong usage."""
    if not any(asked.values()):
        raise click.UsageError("say what to keep back: --rule, --country, --severity, --channel, --story or --source")
    sources = {source.id: source.name or source.id for source in settings.sources}
    _known("rule", asked["rule"], {rule.id for rule in settings.rules})
    _known("country", asked["country"], {country.code for country in settings.gazetteer.countries})
    _known("channel", asked["channel"], {channel.name for channel in settings.channels})
    _known("source", asked["source"], sources)
    return {**asked, "source": tuple(sources[id] for id in asked["source"])}


def _known(what: str, given: Collection[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            raise click.BadParameter(f"there is no {what} `{name}`. {suggestion(name, known)}", param_hint=f"--{what}")


def story_of(store: Store, given: str) -> str:
    """The story of the alert whose id is given or begins so; anything else is a story's id already."""
    ids = store.alert_ids(given.casefold(), 2) if len(given) >= SHORTEST else ()
    alert = store.alert(ids[0]) if len(ids) == 1 else None
    return alert.story if alert else given
