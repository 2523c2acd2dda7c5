"""Telling our own outage from theirs: when the network is down here, no source is to blame. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: So many hosts have to fail, and nobody must have answered for so long.
HOSTS = 3
SILENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reachability:
    """What is known of the network on our side. `since` is when an outage of ours began, None while it works.

    `suspects` failed after the last answer from anybody. Once somebody else answers they are `down`: their
    failures prove nothing until they have answered as well. So three dead sources on a quiet night are no
    outage, and one whose name servers are gone makes one only once.
    """

    since: datetime | None = None
    answered: datetime | None = None
    suspects: frozenset[str] = frozenset()
    down: frozenset[str] = frozenset()

    def after(self, now: datetime, host: str, reachable: bool, certain: bool = False) -> Reachability:
        """What is known once `host` was asked. Any answer at all makes it reachable, a 500 too.

        `certain` is a failure that by its kind happened on our side, see `failures.on_our_side`.
        """
        if reachable:
            return Reachability(None, now, frozenset(), (self.down | self.suspects) - {host})
        suspects = self.suspects if host in self.down else self.suspects | {host}
        silent = self.answered is None or now - self.answered >= SILENCE
        ours = host not in self.down and (certain or (len(suspects) >= HOSTS and silent))
        since = self.since or (now if ours else None)
        return Reachability(since, self.answered, suspects, self.down)
