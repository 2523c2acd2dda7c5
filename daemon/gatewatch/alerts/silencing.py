"""The end of a silence is told to the operator, with what it kept back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gatewatch.alerts.holding import fits
from gatewatch.alerts.operating import tell_operator
from gatewatch.alerts.policy import Policy
from gatewatch.model import Delivery, DeliveryState, Silence
from gatewatch.store import Store


@dataclass(frozen=True, slots=True)
class KeptBack:
    """The ids of the alerts that a silence holds, and of those that it dropped."""

    held: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()


def kept_back(silence: Silence, silenced: Iterable[Delivery]) -> KeptBack:
    """What of all that is `silenced` is so because of this silence; two can hold the same alert. Pure."""
    mine = [each for each in silenced if fits(silence, each.alert, each.channel)]
    held = frozenset(each.alert.id for each in mine if each.state is DeliveryState.HELD)
    dropped = frozenset(each.alert.id for each in mine if each.state is DeliveryState.MUTED)
    return KeptBack(dropped=dropped) if silence.drop else KeptBack(held=held)


def tell_ended(store: Store, policy: Policy, now: datetime) -> None:
    """Tells the operator, once, of each silence that has ended. To be called before what it held is let go."""
    if not store.ended_silences(now):
        return
    with store.transaction():
        for silence in store.ended_silences(now):  # again: another courier may have told it by now
            kept = kept_back(silence, store.silenced(silence.begins))
            tell_operator(store, _words(silence, kept), None, policy.operator, now)
            store.forget_silence(silence.id)


def _words(silence: Silence, kept: KeptBack) -> str:
    number = len(kept.dropped or kept.held)
    done = "dropped" if silence.drop else "held"
    alerts = "alert" if number == 1 else "alerts"
    return f"silence {silence.id} by {silence.owner} ended ({silence.reason}): it {done} {number} {alerts}"
