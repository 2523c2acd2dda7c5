"""Silences are kept until their end was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gatewatch.model import Cause, DeliveryState, Plan, Severity, Silence
from gatewatch.store import Store

from .samples import NOW, an_alert

HOUR = timedelta(hours=1)
SILENCE = Silence("3f2a", "anna", "exercise week", NOW, NOW + HOUR, rule=("storskog",), severity=(Severity.LOW,))


def test_a_silence_comes_back_as_it_was_made(store: Store) -> None:
    store.save_silence(SILENCE)
    assert store.silence("3f2a") == SILENCE
    assert store.silence("beef") is None


def test_the_end_that_is_nearest_comes_first(store: Store) -> None:
    later = replace(SILENCE, id="beef", ends=NOW + 2 * HOUR)
    store.save_silence(later)
    store.save_silence(SILENCE)
    assert store.silences(NOW) == (SILENCE, later)
    assert (store.silences(NOW + HOUR), store.ended_silences(NOW + HOUR)) == ((later,), (SILENCE,))


def test_a_silence_that_was_ended_early_stands_with_its_new_end(store: Store) -> None:
    store.save_silence(SILENCE)
    store.save_silence(replace(SILENCE, ends=NOW))
    assert store.silences(NOW) == ()
    assert store.ended_silences(NOW) == (replace(SILENCE, ends=NOW),)
    store.forget_silence("3f2a")
    assert store.ended_silences(NOW) == ()


def test_what_silences_hold_can_be_made_due_and_nothing_else(store: Store) -> None:
    silenced = Plan("desk", DeliveryState.HELD, NOW + HOUR, Cause.SILENCE, "silence 3f2a")
    dropped = Plan("mail", DeliveryState.MUTED, None, Cause.SILENCE, "silence 3f2a")
    quiet = Plan("phone", DeliveryState.HELD, NOW + HOUR, Cause.QUIET, "quiet hours")
    with store.transaction():
        store.queue_alert(an_alert(), [silenced, dropped, quiet], NOW)
    assert [each.channel for each in store.silenced(NOW)] == ["desk", "mail"]
    assert [each.channel for each in store.silenced(NOW + HOUR)] == ["desk"]
    assert store.look_again_at_silenced(NOW) == 1
    assert (store.next_due("desk"), store.next_due("phone")) == (NOW, NOW + HOUR)
