"""What the operator hears of a configuration that is broken, and that the last good one is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from gatewatch.model import Clock
from gatewatch.pipeline import Pipeline
from gatewatch.service.logfmt import line
from gatewatch.service.writer import Writer
from gatewatch.settings import Loaded, Problem
from gatewatch.settings.kept_files import keep

log = logging.getLogger(__name__)

#: Under which name it stands in `upkeep` since when the operator knows.
BROKEN = "operator knows that the configuration is broken"

#: So many problems are told; `gatewatch check` tells them all.
SHOWN = 3


class TakingNote:
    """Tells each trouble once: a second start, or a second reload, with the same mistake is no news.

    To be used in the thread that owns the store, outside a transaction.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._told = ""

    def of_good(self, pipeline: Pipeline, loaded: Loaded, now: datetime) -> str | None:
        """Keeps the files of `loaded`; gives what the operator is told, if the ones before were broken."""
        if loaded.files is not None:
            try:
                keep(loaded.files, loaded.settings.state_dir, now)
            except OSError as fault:
                log.error(line("last_good_not_kept", error=str(fault)))
        since = pipeline.store.upkeep(BROKEN)
        self._told = ""
        if since is None:
            return None
        text = f"recovered: the configuration is right again, after {since.astimezone(self._zone):%Y-%m-%d %H:%M}"
        self._tell(pipeline, text, None, now)
        return text

    def of_broken(self, pipeline: Pipeline, text: str, now: datetime) -> str | None:
        """Gives what the operator is told: nothing where it knows that already."""
        if text == self._told or (not self._told and pipeline.store.upkeep(BROKEN) is not None):
            self._told = text
            return None
        self._told = text
        self._tell(pipeline, text, now, now)
        return text

    def _tell(self, pipeline: Pipeline, text: str, known: datetime | None, now: datetime) -> None:
        with pipeline.store.transaction():
            pipeline.store.note_upkeep(BROKEN, known)
            pipeline.tell_operator(text, None, now)


async def take_note(writer: Writer, note: TakingNote, loaded: Loaded, clock: Clock) -> bool:
    """At a start: keeps the files that were good, or tells that some were not; whether the operator is told something.

    Never raises: a full disk is no reason not to start.
    """
    for problem in loaded.problems:
        log.error(line("broken_rules", problem=problem))

    def work() -> str | None:
        if loaded.problems:
            text = started_with_copies(loaded, ZoneInfo(loaded.settings.timezone))
            return note.of_broken(writer.pipeline, text, clock())
        return note.of_good(writer.pipeline, loaded, clock())

    return await tell_by(writer, work)


async def tell_by(writer: Writer, note: Callable[[], str | None]) -> bool:
    """Does `note` in the writer's thread, logs what it told the operator, and says whether that was anything.

    Never raises: a database that can't be written is told elsewhere.
    """
    try:
        told = await writer.in_thread(note)
    except Exception as fault:
        log.error(line("operator_not_told", error=repr(fault)))
        return False
    if told is not None:
        log.warning(line("notice", text=told))
    return told is not None


def started_with_copies(loaded: Loaded, zone: tzinfo) -> str:
    """What the operator is told of a start with last good copies."""
    at = f" of {loaded.at.astimezone(zone):%Y-%m-%d %H:%M}" if loaded.at else ""
    return f"broken rules: started with the last good copy{at} of what is broken; {shown(loaded.problems)}"


def reload_refused(problems: Sequence[Problem]) -> str:
    """What the operator is told of a reload that changed nothing."""
    return f"the new configuration is broken, the old one goes on; {shown(problems)}"


def shown(problems: Sequence[Problem]) -> str:
    """The first problems, and how many there are beside them."""
    more = len(problems) - SHOWN
    told = [str(problem) for problem in problems[:SHOWN]]
    return "; ".join([*told, f"and {more} more: see `gatewatch check`"] if more > 0 else told)
