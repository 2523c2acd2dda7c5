"""Which unseen items are news. A new key alone does not make one: sites are rebuilt, guids are drawn by lot.

What is held back is stored as seen and not told. A lost alert is worse than one that comes twice, so items are held
only where their words are known, or where a whole page is new at once; dates never decide by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gatewatch.model import Item, Source, SourceState, TableLayout
from gatewatch.sources.identity import RUNGS
from gatewatch.sources.likeness import copy_hash, text_hash, title_hash
from gatewatch.sources.oddities import missed, one_date, re_dated, shrunk

WEEK = timedelta(days=7)
#: Below it, that all entries are new says nothing: short lists turn over, tables of states repeat their words.
FEW = 5
#: New items told from one document (feedbin takes as many): who opens an archive must not ring all phones.
FLOOD = 300
#: After so long without a good poll a page that is new from top to bottom is just a page.
PAGE_TURNS_OVER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a document brought, in numbers: for the next poll and for the operator.

    `new` are told, `held` stored silently, `known` were met before. `overlap` is False where items may have been
    missed.
    `identity` is the rung to go by from now on, None to keep it. `events` are what the operator should hear of, in
    words by name; each at most once a week.
    """

    new: int = 0
    held: int = 0
    known: int = 0
    overlap: bool = True
    identity: str | None = None
    events: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sifted:
    """The unseen items of one document, in its order: those to read, and those to store silently."""

    admit: tuple[Item, ...] = ()
    hold: tuple[Item, ...] = ()
    arrivals: Arrivals = field(default_factory=Arrivals)


def sift(
    source: Source,
    state: SourceState,
    items: Sequence[Item],
    unseen: Sequence[Item],
    known_words: Callable[[], AbstractSet[str]],
    now: datetime,
) -> Sifted:
    """Parts what is news from what only has a new key.

    `state` is that before the poll, `items` all of the document, oldest first, `unseen` those whose keys were never
    met. `known_words` gives `likeness.words_known` of the source's latest items, about twice as many as the
    document has; it is called at most once, and only when the answer counts.
    """
    new_keys = {item.key for item in unseen}
    known = [item for item in items if item.key not in new_keys]
    if state.seeded is None:
        return _parted(unseen, set(new_keys), known)
    if isinstance(source.layout, TableLayout):  # its items are changes, in the words of earlier ones
        return _parted(unseen, set(), known)
    events = re_dated(state, known, now) | shrunk(source, state, items)
    if not unseen:
        return _parted(unseen, set(), known, events=events)
    if known or state.items_seen == 0:
        return _some_new(state, items, unseen, known, known_words(), events)
    return _all_new(source, state, items, unseen, known_words(), now, events)


def _some_new(
    state: SourceState,
    items: Sequence[Item],
    unseen: Sequence[Item],
    known: Sequence[Item],
    words: AbstractSet[str],
    events: Mapping[str, str],
) -> Sifted:
    """The usual case: all are admitted, but for copies of known ones whose guid alone has changed."""
    if when := one_date(state, unseen):
        held = _known_by_words(unseen, words)
        told = f"bulk: {len(unseen)} entries came at once, most of them dated {when}"
        told += f"; the words of {len(held)} were known, so those were stored and not told" if held else ""
        return _parted(unseen, held, known, events={**events, "bulk": told})
    copies = _copies(items, unseen, known, words)
    return _parted(unseen, copies, known, events={**events, **_copied(copies)})


def _all_new(
    source: Source,
    state: SourceState,
    items: Sequence[Item],
    unseen: Sequence[Item],
    words: AbstractSet[str],
    now: datetime,
    events: Mapping[str, str],
) -> Sifted:
    """No key of the document is known, though the source had items."""
    held = _known_by_words(unseen, words) if len(items) >= FEW else set()
    if held and 2 * len(held) >= len(unseen):
        rung, told = _re_imported(state, len(unseen), len(held), now)
        return _parted(unseen, held, [], identity=rung, events={**events, **told})
    if state.succeeded is None:
        told = {"another feed": f"another feed: none of the {len(unseen)} entries at the new address was known; "
                "they were stored and not told, as at a first poll"}  # fmt: skip
        return _parted(unseen, {item.key for item in unseen}, [], events={**events, **told})
    if source.kind == "page" and len(items) >= FEW and now - state.succeeded < PAGE_TURNS_OVER:
        told = {"rebuilt": f"every one of {len(unseen)} rows is new: the page has probably been rebuilt; they were "
                f"stored and not told; look with `gatewatch sources check {source.id}`"}  # fmt: skip
        return _parted(unseen, {item.key for item in unseen}, [], events={**events, **told})
    copies = _copies(items, unseen, [], words)
    events = {**events, **_copied(copies)}
    if state.window == 0:  # it was empty, or is polled for the first time since windows are remembered
        return _parted(unseen, copies, [], events=events)
    told = {"missed": missed(state, len(unseen), now)} if len(items) > 2 else {}
    return _parted(unseen, copies, [], overlap=False, events={**events, **told})


def _re_imported(
    state: SourceState, unseen: int, held: int, now: datetime
) -> tuple[str | None, dict[str, str]]:
    """The second time within a week the keys are not to be trusted: the next rung, once and for good.

    With the new rung all keys are new once more, and our own doing: that is told nobody.
    """
    if "re-keyed" in state.told:
        return None, {}
    last = state.told.get("re-imported")
    if last is not None and now - last < WEEK and (rung := _next_rung(state.identity)):
        words = f"re-keyed: its {state.identity or RUNGS[0]}s change again and again; told apart by {rung} from now on"
        return rung, {"re-keyed": words}
    words = f"re-imported: all {unseen} entries have new keys, but the words of {held} are known"
    return None, {"re-imported": f"{words}; those were stored and not told"}


def _next_rung(rung: str | None) -> str | None:
    place = RUNGS.index(rung) if rung in RUNGS else 0
    return RUNGS[place + 1] if place + 1 < len(RUNGS) else None


def _known_by_words(unseen: Sequence[Item], words: AbstractSet[str]) -> set[str]:
    """Keys of those whose headline was met before; where several share one ("Press release"), text and all."""
    titles = Counter(title_hash(item) for item in unseen)
    return {
        item.key
        for item in unseen
        if text_hash(item) in words or (titles[title_hash(item)] == 1 and title_hash(item) in words)
    }


def _copies(
    items: Sequence[Item], unseen: Sequence[Item], known: Sequence[Item], words: AbstractSet[str]
) -> set[str]:
    """Keys of articles that were met before under another guid, and are gone under that one.

    An undated one in a short list is none: "Narva: closed" comes again, word for word, when it is closed again.
    """
    still_there = {copy_hash(item) for item in known}
    return {
        item.key
        for item in unseen
        if (hash := copy_hash(item)) in words
        and hash not in still_there
        and (item.published is not None or len(items) >= FEW)
    }


def _copied(copies: AbstractSet[str]) -> dict[str, str]:
    words = f"copied: {len(copies)} known entries came again under other guids; stored and not told"
    return {"copied": words} if copies else {}


def _parted(
    unseen: Sequence[Item],
    held: AbstractSet[str],
    known: Sequence[Item],
    *,
    overlap: bool = True,
    identity: str | None = None,
    events: Mapping[str, str] | None = None,
) -> Sifted:
    admit = tuple(item for item in unseen if item.key not in held)
    events = dict(events or {})
    if len(admit) > FLOOD:
        words = f"flood: {len(admit)} new entries at once; the newest {FLOOD} were taken in"
        events["flood"] = f"{words}, the others stored and not told"
        admit = admit[-FLOOD:]
    kept = {item.key for item in admit}
    hold = tuple(item for item in unseen if item.key not in kept)
    return Sifted(admit, hold, Arrivals(len(admit), len(hold), len(known), overlap, identity, events))
