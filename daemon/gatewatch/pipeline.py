"""The way of one item: source → items → reading → matches → story → alert → outbox, in one transaction.

`run`, `run --once`, `replay`, `demo` and the tests all come through here, each with its own clock, so that
a test can never pass where the service would fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from gatewatch.alerts.operating import tell_operator
from gatewatch.ending import Endings
from gatewatch.model import Alert, Clock, Document, Item, Source, SourceState
from gatewatch.reading import Reads
from gatewatch.settings import Settings
from gatewatch.sources.decide import decide
from gatewatch.sources.documents import Contents, read_document
from gatewatch.sources.likeness import words_known
from gatewatch.sources.moving import as_configured
from gatewatch.sources.novelty import Sifted, sift
from gatewatch.store import Store
from gatewatch.telling import Telling

#: Characters of a summary that tell as much as the article does.
ENOUGH = 1_500


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one polled document."""

    state: SourceState
    fresh: int = 0
    seeded: int = 0
    alerts: tuple[Alert, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that was read and is not taken in yet. `wanting` are new items whose headline promises more.

    `state` is the source's before the poll; nobody else changes it until this is taken in. `articles` are the texts
    that were found behind some of its items, by item id.
    """

    document: Document
    source: Source
    state: SourceState
    contents: Contents
    wanting: tuple[Item, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)


class Pipeline:
    """Walks items through the rooms. Holds no state of its own: all of it lies in `store`."""

    def __init__(self, settings: Settings, store: Store, reader: Reads, clock: Clock) -> None:
        self.settings = settings
        self.store = store
        self.reader = reader
        self.clock = clock
        self._telling = Telling(settings, store, reader)
        self._endings = Endings(settings, store)

    def open(self, document: Document, source: Source) -> Opened:
        """Reads a document without taking it in, and names the items whose articles should be fetched first."""
        state = self._state(source)
        contents = read_document(document, source, state)
        if source.full_text == "never" or state.seeded is None or not contents.usable:
            return Opened(document, source, state, contents)
        wanting = tuple(item for item in self._unseen(source, contents.items) if self._wants_article(item, source))
        return Opened(document, source, state, contents, wanting)

    def _wants_article(self, item: Item, source: Source) -> bool:
        """A summary of several paragraphs is the article already, or says as much."""
        if not item.url or len(item.summary) >= ENOUGH:
            return False
        return source.full_text == "always" or self.reader.hints(item)

    def take(self, *polled: Opened) -> list[Taken]:
        """Takes in polled documents: all that comes of one of them is stored together, or nothing.

        Several share a transaction, since each costs as much as an unchanged document: a fault in one then undoes
        all of them.
        """
        with self.store.transaction():
            return [self._take(opened) for opened in polled]

    def _take(self, opened: Opened) -> Taken:
        """The items, the alerts, the validators and the next poll of one document."""
        now = self.clock()
        source, state, contents = opened.source, opened.state, opened.contents
        unseen = self._unseen(source, contents.items)
        fresh = [replace(item, body=opened.articles.get(item.id, item.body)) for item in unseen]
        sifted = self._sift(source, state, contents, fresh, now)
        self.store.add_items(sifted.hold, seeded=True, at=now)
        self._telling.remember(sifted.hold, source, now)
        alerts = self._admit(sifted.admit, source, now)
        decision = decide(now, source, state, opened.document, contents, sifted.arrivals)
        self.store.save_source_state(decision.state)
        for notice in decision.notices:
            self.tell_operator(notice, source, now)
        return Taken(
            state=decision.state,
            fresh=len(sifted.admit),
            seeded=len(sifted.hold) if state.seeded is None else 0,
            alerts=alerts,
            notices=decision.notices,
        )

    def _state(self, source: Source) -> SourceState:
        now = self.clock()
        state = self.store.source_state(source.id) or SourceState(id=source.id, next_poll=now)
        return as_configured(source, state, now)

    def _sift(
        self, source: Source, state: SourceState, contents: Contents, unseen: Sequence[Item], now: datetime
    ) -> Sifted:
        """What of `unseen` is news; the words of what was taken in lately are looked up only if they count."""
        if not contents.usable:
            return Sifted()
        latest = 2 * len(contents.items)
        return sift(
            source,
            state,
            contents.items,
            unseen,
            lambda: words_known(self.store.recent_items_of(source.id, latest)),
            now,
        )

    def tell_operator(self, notice: str, source: Source | None, now: datetime) -> None:
        """Tells the operator something, inside a transaction."""
        tell_operator(self.store, notice, source, self.settings.operator, now)

    def tick(self, now: datetime) -> tuple[Alert, ...]:
        """Tells what the clock alone brings: closures whose end is near."""
        if not self._endings.asked:
            return ()
        with self.store.transaction():
            return tuple(self._endings.tell(now))

    def replay(self, items: Sequence[Item], source: Source, at: Callable[[Item], None]) -> tuple[Alert, ...]:
        """Takes in items that come without a document; `at` sets the clock to the moment of each."""
        alerts: list[Alert] = []
        hour: datetime | None = None
        with self.store.transaction():
            for item in self._unseen(source, items):
                at(item)
                passing = self.clock().replace(minute=0, second=0, microsecond=0)
                if passing != hour:
                    alerts.extend(self._endings.tell(self.clock()))
                    hour = passing
                alerts.extend(self._admit([item], source, self.clock()))
        return tuple(alerts)

    def _unseen(self, source: Source, items: Sequence[Item]) -> list[Item]:
        """Those never met before, each key once: some feeds hold an entry twice (FreshRSS #5329)."""
        by_key = {item.key: item for item in reversed(items)}
        unseen = set(self.store.unseen(source.id, list(by_key)))
        return [item for item in items if item.key in unseen and by_key[item.key] is item]

    def _admit(self, items: Sequence[Item], source: Source, now: datetime) -> tuple[Alert, ...]:
        if not items:
            return ()
        self.store.add_items(items, seeded=False, at=now)
        return tuple(alert for item in items for alert in self._telling.tell(item, source, now))
