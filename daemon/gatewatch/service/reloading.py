"""Takes over an edited configuration while all goes on; one that is broken changes nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from gatewatch.alerts.channels import BadChannel
from gatewatch.model import Clock
from gatewatch.service.checking import failing_tests, template_problems
from gatewatch.service.difference import difference
from gatewatch.service.engine import Engine
from gatewatch.service.generation import Generation, generation
from gatewatch.service.known_secrets import known_secrets
from gatewatch.service.logfmt import line
from gatewatch.service.taking_note import TakingNote, reload_refused, tell_by
from gatewatch.settings import InvalidSettings, Loaded, Problem, Settings, load_files

log = logging.getLogger(__name__)

Hide = Callable[[Iterable[str]], None]
"""Keeps secrets out of the log from now on."""


class Reloading:
    """Reloads one `engine`. `good`: what lay on the disk the last time is what runs.

    `hide` keeps the secrets of new settings out of the log.
    """

    def __init__(self, engine: Engine, note: TakingNote, loaded: Loaded, clock: Clock, hide: Hide) -> None:
        self._engine = engine
        self._hide = hide
        self._note = note
        self._clock = clock
        self.loaded = loaded
        self.good = not loaded.problems

    async def reload(self) -> bool:
        """Reads the files anew. Whether what they say was taken over; never raises for their sake."""
        config = self._engine.generation.settings.config
        try:
            loaded, new = await asyncio.to_thread(prepare, config, self._engine.generation, self._hide)
            await self._engine.adopt(new)
        except InvalidSettings as error:
            return await self._refuse(error.problems)
        except BadChannel as error:
            return await self._refuse([Problem(config, 0, 0, str(error))])
        except Exception as fault:
            log.exception(line("reload_failed", error=repr(fault)))
            return await self._refuse([Problem(config, 0, 0, f"a fault inside Gatewatch: {fault!r}")])
        changes = difference(self.loaded.settings, loaded.settings)
        self.loaded, self.good = loaded, True
        log.info(line("reloaded", config=loaded.fingerprint, **changes))
        await self._tell(lambda: self._note.of_good(self._engine.writer.pipeline, loaded, self._clock()))
        return True

    async def _refuse(self, problems: Sequence[Problem]) -> bool:
        self.good = False
        for problem in problems:
            log.error(line("reload_refused", problem=problem))
        text = reload_refused(problems)
        await self._tell(lambda: self._note.of_broken(self._engine.writer.pipeline, text, self._clock()))
        return False

    async def _tell(self, note: Callable[[], str | None]) -> None:
        if await tell_by(self._engine.writer, note):
            self._engine.senders.wake()


def prepare(config: Path, running: Generation, hide: Hide) -> tuple[Loaded, Generation]:
    """All that can fail of a reload. Raises InvalidSettings and BadChannel."""
    loaded = load_files(config)
    hide(known_secrets(loaded.settings))
    problems = [*_fixed(loaded.settings, running.settings), *template_problems(loaded.settings)]
    if problems:
        raise InvalidSettings(problems)
    new = generation(loaded.settings, running)
    new.reader.ready()
    if failing := list(failing_tests(loaded.settings, new.reader)):
        raise InvalidSettings(failing)
    return loaded, new


def _fixed(new: Settings, running: Settings) -> list[Problem]:
    """What only a restart can change."""
    if new.state_dir == running.state_dir:
        return []
    what = f"`state` can't change while Gatewatch runs: it works in {running.state_dir}"
    return [Problem(new.config, 0, 0, what, "Restart it")]
