"""What the operator is told of a channel that does not deliver, and of alerts that were given up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from gatewatch.alerts.wording import one_line, shortened
from gatewatch.model import DeliveryState
from gatewatch.store import ChannelHistory, DeadLetter

#: A channel is in trouble after so many attempts in a row, or so long after the first of them.
ATTEMPTS = 3
LENGTH = timedelta(minutes=15)

#: As long as the outbox tries (alerts/backoff.py).
KEPT = "72 hours"

_SHOWN = 5
_LONGEST_LINE = 160
_LONGEST_TITLE = 100


def in_trouble(history: ChannelHistory, now: datetime) -> bool:
    """Whether a channel does not deliver. One refused message alone is no trouble of its channel."""
    if history.since is None:
        return False
    return history.failed >= ATTEMPTS or (history.trying and now - history.since >= LENGTH)


def is_over(history: ChannelHistory, told: datetime, now: datetime) -> bool:
    """Whether a channel that did not deliver from `told` on delivers again.

    Where the clock went back, `told` lies in the future: then it is over as soon as nothing fails.
    """
    if history.delivered is None:
        return False
    return history.delivered > told or (told > now and history.since is None)


def began(history: ChannelHistory, waiting: int, now: datetime, zone: tzinfo) -> str:
    """`waiting` is the number of alerts that wait for it; `now` and `zone` are for how the moment is written."""
    since = clock_time(history.since or now, now, zone)
    said = shortened(one_line(history.line), _LONGEST_LINE) or "it does not say why"
    kept = f"; {_alerts(waiting)} {_verb(waiting, 'wait')}; {'it is' if waiting == 1 else 'they are'} kept for {KEPT}"
    return f"channel {history.channel} does not deliver since {since}: {said}{kept if waiting else ''}"


def ended(channel: str, late: int) -> str:
    """`late` is the number of alerts that had to wait for it."""
    told = f", {_alerts(late)} {'was' if late == 1 else 'were'} late" if late else ""
    return f"recovered: channel {channel} delivers again{told}"


def given_up(letters: Sequence[DeadLetter]) -> str:
    """One sentence for all deliveries of a channel that were given up and not told of yet."""
    if len(letters) == 1:
        return f"{_letter(letters[0])}; to send it again: gatewatch alerts resend {letters[0].alert.id}"
    shown = "; ".join(_letter(letter) for letter in letters[:_SHOWN])
    more = f"; and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    return f"{shown}{more}; to send one again: gatewatch alerts resend ID (`gatewatch alerts` lists them)"


def clock_time(at: datetime, now: datetime, zone: tzinfo) -> str:
    """14:02, with the day before it where that is not today's."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%Y-%m-%d %H:%M}"


def _letter(letter: DeadLetter) -> str:
    unsure = " (it may have arrived)" if letter.state is DeliveryState.UNKNOWN else ""
    title = shortened(one_line(letter.alert.title), _LONGEST_TITLE)
    error = shortened(one_line(letter.error), _LONGEST_LINE)
    return f"channel {letter.channel} never got alert {letter.alert.id} “{title}”{unsure}: {error}"


def _alerts(number: int) -> str:
    return f"{number} alert{'' if number == 1 else 's'}"


def _verb(number: int, verb: str) -> str:
    return f"{verb}s" if number == 1 else verb
