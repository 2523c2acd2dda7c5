"""One configuration and all that is made of it: a start makes the first, each reload the next.

Everything that can fail happens here, before anything that runs is touched (Alertmanager, app/reloader.go).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from gatewatch.alerts.delivery import Orders
from gatewatch.alerts.sinks import Sink
from gatewatch.model import Source
from gatewatch.reading import LateReader, Reader
from gatewatch.service.ways_out import heartbeat_address, operator_sinks, orders_of
from gatewatch.settings import Settings, learned


@dataclass(frozen=True, slots=True)
class Generation:
    """What holds from one reload to the next, as one object.

    `orders` are those of each channel's courier. `operator` are ways out of their own to the operator's channels,
    past the outbox. `heartbeat` is where beats go, None where nobody listens.
    """

    settings: Settings
    reader: LateReader
    orders: Mapping[str, Orders]
    operator: tuple[tuple[str, Sink], ...]
    heartbeat: str | None

    @property
    def sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.settings.sources}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)


def generation(settings: Settings, before: Generation | None = None) -> Generation:
    """What is made of `settings`; the one `before` lends its reader where the words are the same.

    Raises `InvalidSettings` where this machine lacks a secret, and `BadChannel` where one is of no use.

    Better told at the start, or by a reload that changes nothing, than at an alert.
    """
    return Generation(
        settings=settings,
        reader=_reader(settings, before),
        orders=orders_of(settings),
        operator=tuple(operator_sinks(settings)),
        heartbeat=heartbeat_address(settings),
    )


def _reader(settings: Settings, before: Generation | None) -> LateReader:
    """Making one takes half a second, and words change rarely."""
    if (
        before is not None
        and settings.vocabularies == before.settings.vocabularies
        and settings.gazetteer == before.settings.gazetteer
    ):
        return before.reader
    return LateReader(lambda: Reader(settings.vocabularies, settings.gazetteer, learned()))
