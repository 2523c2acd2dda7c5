"""Which address a source is polled at: that of the configuration, or where it has moved to for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gatewatch.model import Document, Source, SourceState

#: A captive portal and a site that is being rebuilt answer 301, too (NetNewsWire, feedbin).
LASTING = timedelta(days=3)
LASTING_POLLS = 5
#: Failures in a row after which an adopted address is not trusted any more.
DISTRUSTED_AFTER = 3


def address_of(source: Source, state: SourceState | None) -> str:
    """Where to poll now. An adopted address holds only for the configured one that led to it."""
    if state is None or not state.address or state.configured != source.url:
        return source.url
    return state.address


def as_configured(source: Source, state: SourceState, now: datetime) -> SourceState:
    """The state for the address that stands in the configuration now. Same again if that was not edited.

    What belonged to the old address goes: validators, hash, redirect, failures, the last good poll; and the new
    one is tried at once, since whoever has edited it waits for the answer. `seeded` and `identity` stay. Seeding
    anew would swallow what was published between the last poll and the edit, and nearly always the edit is one of
    https, host or path of the same feed. Its keys are then known, or at least its words are, and
    `novelty.sift` holds those back; where neither is, it treats the document as that of another feed.
    """
    if state.configured in ("", source.url):
        return state if state.configured else replace(state, configured=source.url)
    return replace(
        _without_validators(state),
        configured=source.url,
        next_poll=now,
        reason="its address was edited",
        address="",
        moved_to="",
        moved_since=None,
        moved_polls=0,
        failures=0,
        succeeded=None,
        last_outcome=None,
        last_detail="",
        ttl=None,
        told={name: since for name, since in state.told.items() if name not in ("broken", "held back")},
    )


def after_good_poll(
    source: Source, state: SourceState, document: Document, now: datetime
) -> tuple[SourceState, tuple[str, ...]]:
    """Takes note of where a good poll was led, and adopts the address once that has lasted."""
    target = document.moved_to
    if not target or target == address_of(source, state):
        return (replace(state, moved_to="", moved_since=None, moved_polls=0) if state.moved_to else state), ()
    if target != state.moved_to or state.moved_since is None:
        return replace(state, moved_to=target, moved_since=now, moved_polls=1), ()
    polls = state.moved_polls + 1
    if polls < LASTING_POLLS or now - state.moved_since < LASTING:
        return replace(state, moved_polls=polls), ()
    adopted = "" if target == source.url else target
    state = replace(state, address=adopted, moved_to="", moved_since=None, moved_polls=0)
    return state, (f"moved: now polled at {target}; put it in config.toml",) if adopted else ()


def after_failed_poll(source: Source, state: SourceState) -> tuple[SourceState, tuple[str, ...]]:
    """Goes back to the configured address when the adopted one keeps failing."""
    if not state.address or state.failures < DISTRUSTED_AFTER:
        return state, ()
    told = f"moved back: {state.address} failed {state.failures} times in a row, now polled at {source.url} again"
    return replace(_without_validators(state), address=""), (told,)


def _without_validators(state: SourceState) -> SourceState:
    return replace(state, etag=None, last_modified=None, body_hash=None, unconditional=None)
