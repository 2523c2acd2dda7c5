"""Channels that don't deliver, and alerts that were given up: the operator hears of each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo

from gatewatch.alerts.operating import OPERATOR_RULE, operator_alert
from gatewatch.alerts.trouble import began, ended, given_up, in_trouble, is_over
from gatewatch.service.housekeeping import Tell
from gatewatch.settings import Settings
from gatewatch.store import DeadLetter, Store

#: What was given up longer ago is history: an upgrade must not tell of the losses of last year.
RECENT = timedelta(days=7)

#: What was noted of a loss is kept a little longer than it is asked for.
_NOTED = 2 * RECENT

Work = Callable[[], None]


def trouble_of(channel: str) -> str:
    """Under which name it stands in `upkeep` since when a channel does not deliver."""
    return f"channel {channel} does not deliver"


def look_at_channels(store: Store, settings: Settings, tell: Tell, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Tells the operator what is new of the channels, by the outbox; gives what was told.

    What was told is noted in the same transaction. Without news nothing is written.
    """
    names = [channel.name for channel in settings.channels]
    news = [each for name in names for each in (_trouble(store, name, now, zone), _losses(store, name, now)) if each]
    if not news:
        return ()
    with store.transaction():
        for text, notice, note in news:
            note()
            if notice:
                tell(text, now)
            elif settings.operator and text:  # the courier has left a notice already
                store.queue_alert(operator_alert(text, None, now), settings.operator, now)
    return tuple(text for text, _, _ in news if text)


def channels_in_trouble(store: Store, settings: Settings, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The channels that do not deliver, each since when, whether told of or not."""
    found = []
    for channel in settings.channels:
        history = store.channel_history(channel.name, now)
        since = store.upkeep(trouble_of(channel.name))
        if since is not None and not is_over(history, since, now):
            found.append((channel.name, since))
        elif history.since is not None and in_trouble(history, now):
            found.append((channel.name, history.since))
    return tuple(found)


def _trouble(store: Store, channel: str, now: datetime, zone: tzinfo) -> tuple[str, bool, Work] | None:
    """What is to be told, whether it needs a notice, and what notes that it was told."""
    history, what = store.channel_history(channel, now), trouble_of(channel)
    told = store.upkeep(what)
    if told is None:
        if not in_trouble(history, now):
            return None
        text = began(history, store.waiting(channel, but=OPERATOR_RULE), now, zone)
        return text, True, lambda: store.note_upkeep(what, history.since)
    if not is_over(history, told, now):
        return None
    late = store.late(channel, told, but=OPERATOR_RULE)
    return ended(channel, late), True, lambda: store.note_upkeep(what, None)


def _losses(store: Store, channel: str, now: datetime) -> tuple[str, bool, Work] | None:
    letters = store.dead_letters(channel, since=now - RECENT)
    if not letters:
        return None
    # The operator's own alerts are lost in silence: a word on each of them would be lost in the same way.
    ours = [letter for letter in letters if letter.alert.rule != OPERATOR_RULE]
    return given_up(ours) if ours else "", False, lambda: _note(store, letters, now)


def _note(store: Store, letters: Iterable[DeadLetter], now: datetime) -> None:
    for letter in letters:
        store.note_dead_letter(letter)
    store.forget_dead_letters(before=now - _NOTED)
