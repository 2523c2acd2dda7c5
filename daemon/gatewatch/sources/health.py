"""What the operator is told of a source: each trouble once when it begins and once when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gatewatch.model import Outcome, Source, SourceState
from gatewatch.sources.documents import Contents
from gatewatch.sources.identity import CAP
from gatewatch.sources.novelty import WEEK, Arrivals
from gatewatch.sources.oddities import AHEAD
from gatewatch.sources.rhythm import longest_silence
from gatewatch.sources.spans import span_words

#: Failures in a row after which the operator is told: one is weather, three are a fault.
BROKEN_AFTER = 3
#: A 429 is no fault, but for so long it is no weather either.
HELD_BACK_AFTER = timedelta(days=1)
#: Silent: no news for this many times the longest silence before, and for this long at least.
UNUSUAL, SILENT_AFTER = 4, timedelta(days=2)
#: The newest date of a feed that somebody forgot to switch off (delfi's old feeds, mil.ee).
FROZEN_AFTER = timedelta(days=60)
#: How long a source that was broken counts as recovering.
RECOVERING = timedelta(days=1)

GOOD = (Outcome.OK, Outcome.NOT_MODIFIED)

#: Troubles that last, as they are called in `SourceState.told`. All other names there are events.
LASTING = ("broken", "held back", "silent", "frozen", "cut")
#: Holds until the first document that was told apart by a new rung, see `novelty.sift`.
MARKER = "re-keyed"

Told = tuple[Mapping[str, datetime], tuple[str, ...]]


def news_of_health(
    now: datetime, before: SourceState, after: SourceState, contents: Contents, fresh: Arrivals
) -> Told:
    """What the operator knows after a poll, each trouble since when, and what there is to tell for that."""
    told = {name: at for name, at in before.told.items() if name in LASTING or now - at < WEEK}
    if before.failures >= BROKEN_AFTER:  # so it was told, if only by a version that did not note it
        told.setdefault("broken", now)
    if contents.usable:
        told.pop(MARKER, None)
    notices = []
    for name, words in _lasting(now, before, after, contents).items():
        if words and name not in told:
            told[name] = now
            notices.append(f"{name}: {words}")
        elif not words and name in told and after.last_outcome in GOOD:  # a failure ends no trouble
            del told[name]
            notices.append(f"recovered: {_ended(name, now, before)}")
    for name, words in fresh.events.items():
        if name not in told:
            told[name] = now
            notices.append(words)
    return told, tuple(notices)


def newest_date(known: datetime | None, contents: Contents, now: datetime) -> datetime | None:
    """The latest date that an item ever claimed; what lies ahead of us (2038) does not count."""
    dates = [item.published for item in contents.items if item.published and item.published <= now + AHEAD]
    return max([*dates, known] if known else dates, default=None)


def _lasting(now: datetime, before: SourceState, after: SourceState, contents: Contents) -> dict[str, str]:
    """The troubles that this poll says something about, with words where they are on."""
    if after.last_outcome not in GOOD:
        return {"broken": _broken(after), "held back": _held_back(now, before, after)}
    silent, frozen = _silent(now, after), _frozen(now, after)
    if "silent" in before.told:  # one trouble, one message
        frozen = frozen if "frozen" in before.told else ""
    elif frozen:
        silent = ""
    troubles = {"broken": "", "held back": "", "silent": silent, "frozen": frozen}
    if contents.usable:
        cut = f"{contents.cut} entries beyond the newest {CAP:,} are left out"
        troubles["cut"] = cut if contents.cut else ""
    return troubles


def _broken(after: SourceState) -> str:
    if after.failures < BROKEN_AFTER:
        return ""
    why = after.last_detail or str(after.last_outcome)
    return f"{after.failures} polls in a row failed, the last because of: {why}"


def _held_back(now: datetime, before: SourceState, after: SourceState) -> str:
    """At the second 429 in a row, a day after the last good poll or if there was none, unless it is known broken."""
    twice = before.last_outcome is after.last_outcome is Outcome.RATE_LIMITED
    if not twice or "broken" in before.told:
        return ""
    if before.succeeded is None:
        return "the server has refused every poll (429)"
    away = now - before.succeeded
    words = f"the server refuses (429), {span_words(away)} after the last good poll"
    return words if away > HELD_BACK_AFTER else ""


def _silent(now: datetime, after: SourceState) -> str:
    """Counted from the last news, or from the last recovery: while it was broken nobody could hear it."""
    longest = longest_silence(after)
    if longest is None:
        return ""
    if "silent" in after.told:
        return "" if after.news[-1] > after.told["silent"] else "still nothing new"
    quiet = now - max(after.news[-1], after.recovered or after.news[-1])
    if quiet <= max(UNUSUAL * longest, SILENT_AFTER):
        return ""
    return f"nothing new for {span_words(quiet)}; its longest silence before was {span_words(longest)}"


def _frozen(now: datetime, after: SourceState) -> str:
    """Only where items are dated, and none came in all that time: news with a wrong year are news."""
    lately = bool(after.news) and now - after.news[-1] <= FROZEN_AFTER
    if after.newest is None or now - after.newest <= FROZEN_AFTER or lately:
        return ""
    age = (now - after.newest).days
    return f"it answers, but its newest item is of {after.newest:%Y-%m-%d}, {age} days ago"


def _ended(name: str, now: datetime, before: SourceState) -> str:
    match name:
        case "broken":
            words = f"readable again after {before.failures} failed polls"
            last = before.succeeded
            return f"{words}, {span_words(now - last)} after the last good one" if last else words
        case "held back":
            return "the server lets us in again"
        case "silent":
            return f"something new after {span_words(now - before.news[-1])} of silence"
        case "frozen":
            return "it has items of our days again"
        case _:
            return "its documents are taken in whole again"


def condition(source: Source, state: SourceState | None, now: datetime) -> str:
    """In one word or two how a source is: never polled, broken, slow, offline, recovering, frozen, silent or well.

    Slow is one that failed once or twice, or that its server holds back; offline one that was asked last while the
    network was down on our side. A source whose address was edited is never polled until it was.
    """
    if state is None or state.polled is None or state.configured not in ("", source.url):
        return "never polled"
    if state.failures >= BROKEN_AFTER:
        return "broken"
    if state.failures or state.last_outcome is Outcome.RATE_LIMITED:
        return "slow"
    if state.last_outcome is not None and state.last_outcome not in GOOD:
        return "offline"
    if state.recovered is not None and now - state.recovered < RECOVERING:
        return "recovering"
    return next((name for name in ("frozen", "silent") if name in state.told), "well")
