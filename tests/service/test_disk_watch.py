"""A disk that fills up: the operator hears once that room is short, and once that there is enough again."""

from __future__ import annotations

from datetime import UTC, timedelta

from gatewatch.service.disk_watch import disk_news

from .installation import Installation
from .newsstand import Newsstand
from .rounds import NOON, Rounds

LIMIT = 200_000_000
MORE_THAN_ANY_DISK = '[disk]\nfree = "900000GB"\n'
NEXT_TO_NOTHING = '[disk]\nfree = "1MB"\n'
TOP = 'operator = ["file"]\n'


def test_nothing_is_told_at_the_limit_and_something_below_it() -> None:
    assert disk_news(LIMIT, LIMIT, None, UTC) is None
    told = disk_news(LIMIT - 1, LIMIT, None, UTC)
    assert told is not None
    assert told.startswith("only 199 MB are free")


def test_what_is_known_is_not_told_again() -> None:
    assert disk_news(0, LIMIT, NOON, UTC) is None


def test_a_little_over_the_limit_is_not_enough_yet() -> None:
    assert disk_news(LIMIT + 1, LIMIT, NOON, UTC) is None
    assert disk_news(LIMIT * 11 // 10, LIMIT, NOON, UTC) == (
        "recovered: 220 MB are free again on the disk of the state directory, low since 2026-01-15 12:00"
    )


def test_the_operator_hears_of_it_once_and_of_its_end_once(installation: Installation, newsstand: Newsstand) -> None:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), top=TOP, end=MORE_THAN_ANY_DISK)
    for _ in range(3):  # each round is a start of its own: what was told is remembered
        rounds.round(timedelta(minutes=10))
    (begun,) = rounds.told()
    assert begun.startswith("[medium] Gatewatch itself – only ")
    rounds.configure(newsstand.url("a"), top=TOP, end=NEXT_TO_NOTHING)
    for _ in range(2):
        rounds.round(timedelta(minutes=10))
    (over,) = rounds.told()[1:]
    assert over.startswith("[info] Gatewatch itself – recovered: ")
    assert over.endswith("low since 2026-01-15 12:10")


def test_status_shows_a_disk_that_is_nearly_full_and_is_not_well(
    installation: Installation, newsstand: Newsstand
) -> None:
    rounds = Rounds(installation)
    rounds.configure(newsstand.url("a"), end=NEXT_TO_NOTHING)
    rounds.round()
    before = installation.call("status")
    assert "MB are free" not in before.stdout
    rounds.configure(newsstand.url("a"), end=MORE_THAN_ANY_DISK)
    status = installation.call("status")
    assert status.returncode == 1
    assert "the limit is 900000000 MB" in status.stdout
