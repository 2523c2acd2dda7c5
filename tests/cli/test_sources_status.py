"""`gatewatch sources status`: a healthy, a slow, a silent, a broken and a recovering source, as people see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatewatch.model import Outcome, SourceState
from gatewatch.store import Store, database_path

from .watching import Watch

NOW = datetime.now(UTC)  # the command looks at the real clock
HOUR = timedelta(hours=1)


def state(id: str, **fields: object) -> SourceState:
    told = {
        "next_poll": NOW + timedelta(minutes=4),
        "reason": "every 5 min",
        "polled": NOW,
        "succeeded": NOW,
        "seeded": NOW - 9 * HOUR,
        "last_outcome": Outcome.OK,
        "items_seen": 12,
        "news": (NOW - 3 * HOUR, NOW - 2 * HOUR),
        "configured": f"https://{id}.example/rss",
    }
    return SourceState(id, **(told | fields))  # type: ignore[arg-type]


def remember(watch: Watch, *states: SourceState, notices: tuple[tuple[str, str], ...] = ()) -> None:
    watch.polls(**{each.id: f"https://{each.id}.example/rss" for each in states})
    with Store.open(database_path(watch.path / "state")) as store:
        for each in states:
            store.save_source_state(each)
        for source, text in notices:
            store.add_notice(NOW, source, text)


def failing(failures: int, **fields: object) -> SourceState:
    told = {"failures": failures, "last_outcome": Outcome.SERVER_ERROR, "last_detail": "the server answered 500"}
    return state("failing", **(told | {"succeeded": NOW - 3 * HOUR, "reason": "back-off"} | fields))


def test_each_source_has_a_line_with_its_condition_and_next_poll(watch: Watch) -> None:
    remember(
        watch,
        state("healthy"),
        failing(1),
        state("quiet", told={"silent": NOW - HOUR}),
        state("back", recovered=NOW - HOUR),
    )
    lines = {line.split()[0]: line for line in watch.call("status").stdout.splitlines() if line.strip()}
    for id, condition in {"healthy": "well", "failing": "slow", "quiet": "silent", "back": "recovering", "first": "never polled"}.items():
        assert f" {condition} " in lines[id]
    assert "every 5 min" in lines["healthy"]
    assert "back-off; the server answered 500" in lines["failing"]
    assert "the service has not run since it was added" in lines["first"]


def test_a_broken_source_turns_it_red(watch: Watch) -> None:
    remember(watch, state("healthy"), failing(3))
    assert " broken " in watch.call("status", exit_code=1).stdout


def test_with_ids_only_these_count(watch: Watch) -> None:
    remember(watch, state("healthy"), failing(3))
    assert "failing" not in watch.call("status", "healthy").stdout


def test_with_an_id_everything_that_is_known_is_told(watch: Watch) -> None:
    remember(
        watch,
        failing(
            3,
            etag='W/"abc"',
            last_modified="Wed, 30 Sep 2026 10:00:00 GMT",
            moved_to="https://new.example/rss",
            moved_since=NOW - 50 * HOUR,
        ),
        notices=(("failing", "broken: 3 polls in a row failed"), ("first", "recovered")),
    )
    told = " ".join(watch.call("status", "failing", exit_code=1).stdout.split())
    for part in (
        "condition broken",
        "address https://failing.example/rss",
        "items 12",
        "last error the server answered 500",
        "failures 3 in a row",
        'validators etag W/"abc", last-modified Wed, 30 Sep 2026 10:00:00 GMT',
        "moved to https://new.example/rss since",
        "broken: 3 polls in a row failed",
    ):
        assert part in told
    assert "recovered" not in told


def test_a_new_source_is_told_in_full_as_well(watch: Watch) -> None:
    remember(watch, state("healthy"))
    assert "the service has not run since it was added" in watch.call("status", "first").stdout


def test_json_tells_the_same(watch: Watch) -> None:
    remember(watch, failing(3), notices=(("failing", "broken: 3 polls in a row failed"),))
    first, found = watch.told("status", exit_code=1)
    assert (first["condition"], first["polled"], first["broken"]) == ("never polled", None, False)
    assert (found["condition"], found["broken"], found["failures"]) == ("broken", True, 3)
    assert found["last_news"] == (NOW - 2 * HOUR).isoformat()
    assert found["notices"][0]["text"] == "broken: 3 polls in a row failed"


@pytest.mark.parametrize("text", ["\x1b[2Jred", "[bold]x[/bold]"])
def test_what_a_server_wrote_does_not_reach_into_the_terminal(watch: Watch, text: str) -> None:
    remember(watch, failing(1, last_detail=text))
    told = watch.call("status").stdout + watch.call("status", "failing").stdout
    assert "\x1b" not in told
    assert "[bold]x[/bold]" in told or "bold" not in text


def test_without_a_database_it_says_what_to_do(watch: Watch) -> None:
    assert "start `gatewatch run` first" in watch.call("status", exit_code=1).stderr
