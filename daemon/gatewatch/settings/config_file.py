"""config.toml: where state lies, the sources, the channels, and which alert goes where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StrictInt

from gatewatch.model import Channel, Disk, Source
from gatewatch.settings import quiet_table, route_table, source_table, values
from gatewatch.settings.health_table import HealthTable
from gatewatch.settings.positions import Loc
from gatewatch.settings.quiet_table import QuietTable
from gatewatch.settings.route_table import RouteTable
from gatewatch.settings.source_table import SourceTable, source_in
from gatewatch.settings.toml_file import Finding, TomlFile

#: No phone rings for these, and the programs that read a file want each alert by itself.
UNCAPPED = ("console", "file")

MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class ChannelTable(values.Table):
    name: values.Id
    type: values.ChannelType
    secret: values.SecretName | None = None
    path: values.FilePath | None = None
    host: values.Host | None = None
    port: Annotated[StrictInt, Field(ge=1, le=65535)] | None = None
    security: values.MailSecurity = "starttls"
    username: values.Line | None = None
    sender: values.Mailbox | None = Field(default=None, alias="from")
    to: values.Mailboxes = ()
    format: values.TextFormat | None = None
    fallback: values.ChannelName | None = None
    cap: Annotated[StrictInt, Field(ge=0)] | None = None


class RetentionTable(values.Table):
    bodies: values.Duration = timedelta(days=90)
    matched: values.Duration = timedelta(days=730)
    size: values.Bytes | None = None


class HeartbeatTable(values.Table):
    secret: values.SecretName
    every: values.Duration = timedelta(minutes=5)


class DiskTable(values.Table):
    free: values.Bytes = Disk().free


class ConfigFile(values.Table):
    state: values.FilePath = "state"
    rules: values.FilePath = "rules"
    templates: values.FilePath | None = None
    timezone: values.TimeZone = "UTC"
    language: values.AlertLanguage = "en"
    contact: values.Line | None = None
    user_agent: values.Line | None = None
    every: values.Duration = timedelta(minutes=10)
    operator: values.Channels = ()
    retention: RetentionTable = RetentionTable()
    heartbeat: HeartbeatTable | None = None
    disk: DiskTable = DiskTable()
    health: HealthTable = HealthTable()
    source: tuple[SourceTable, ...] = ()
    channel: tuple[ChannelTable, ...] = ()
    route: tuple[RouteTable, ...] = ()
    quiet: tuple[QuietTable, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a type of channel cannot do without, and what it takes beside."""

    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


_CHANNELS = {
    "slack": _Fields(needs=("secret",)),
    "email": _Fields(needs=("host", "from", "to"), takes=("port", "security", "username", "secret")),
    "webhook": _Fields(needs=("secret",)),
    "console": _Fields(),
    "file": _Fields(needs=("path",)),
    "apprise": _Fields(needs=("secret",), takes=("format",)),
}
_OWN = {name for fields in _CHANNELS.values() for name in (*fields.needs, *fields.takes)}
_HINTS = {
    "secret": 'secret = "a-name" names it; `gatewatch check --secrets` tells where to put the secret itself'
}


def sources_in(written: ConfigFile) -> tuple[Source, ...]:
    return tuple(source_in(table, written.every) for table in written.source)


def channels_in(written: ConfigFile, config_dir: Path) -> tuple[Channel, ...]:
    return tuple(_channel_in(table, config_dir) for table in written.channel)


def _channel_in(table: ChannelTable, config_dir: Path) -> Channel:
    found = Channel(table.name, table.type, table.secret, _options(table, config_dir), table.fallback)
    cap = 0 if table.cap is None and table.type in UNCAPPED else table.cap
    return found if cap is None else replace(found, cap=cap)


def _options(table: ChannelTable, config_dir: Path) -> dict[str, str | int | bool | tuple[str, ...]]:
    """The fields of its type: paths made absolute, ports filled in."""
    match table.type:
        case "file":
            return {"path": str(config_dir / (table.path or ""))}
        case "apprise" if table.format:
            return {"format": table.format}
        case "email":
            return {
                "host": table.host or "",
                "port": table.port or MAIL_PORTS[table.security],
                "security": table.security,
                "from": table.sender or "",
                "to": table.to,
                **({"username": table.username} if table.username else {}),
            }
    return {}


def contradictions(file: TomlFile) -> Iterator[Finding]:
    """What each key by itself does not show. Looks at the raw tables, so that other mistakes hide nothing."""
    needed = (("source", "polled"), ("channel", "delivered"), ("route", "sent to anybody"))
    for name, what in needed:
        if not file.data.get(name):
            yield Finding((), f"no [[{name}]]: nothing would be {what}")
    yield from source_table.contradictions(file)
    yield from route_table.contradictions(file)
    yield from quiet_table.contradictions(file)
    for loc, channel in file.tables("channel"):
        yield from _channel(loc, channel)


def _channel(loc: Loc, channel: dict[str, Any]) -> Iterator[Finding]:
    kind = channel.get("type")
    fields = _CHANNELS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        return
    for key in fields.needs:
        if key not in channel:
            yield Finding(loc, f"a channel of type {kind} needs `{key}`", _HINTS.get(key, ""))
    for key in channel:
        if key in _OWN and key not in (*fields.needs, *fields.takes):
            yield Finding((*loc, key), f"`{key}` is not for channels of type {kind}", on_key=True)
    for key, other in (("username", "secret"), ("secret", "username")):
        if kind == "email" and key in channel and other not in channel:
            what = f"`{key}` without `{other}`"
            yield Finding((*loc, key), what, "A mail server asks for both or for none", on_key=True)
