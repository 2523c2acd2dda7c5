"""The demo's clock: stands, then runs fast."""

from datetime import UTC, datetime, timedelta

from gatewatch.demo.clock import DemoClock

START = datetime(2023, 11, 14, 6, tzinfo=UTC)


class Stopwatch:
    """A monotonic clock that moves when told to."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_clock_stands_at_its_start_until_it_is_told_to_go() -> None:
    stopwatch = Stopwatch()
    clock = DemoClock(START, 3600, stopwatch)
    stopwatch.seconds += 60
    assert clock() == START


def test_the_clock_runs_at_its_speed_from_the_moment_it_goes() -> None:
    stopwatch = Stopwatch()
    clock = DemoClock(START, 3600, stopwatch)
    stopwatch.seconds += 60
    clock.go()
    stopwatch.seconds += 2.5
    assert clock() == START + timedelta(hours=2, minutes=30)


def test_telling_a_running_clock_to_go_does_not_set_it_back() -> None:
    stopwatch = Stopwatch()
    clock = DemoClock(START, 60, stopwatch)
    clock.go()
    stopwatch.seconds += 10
    clock.go()
    assert clock() == START + timedelta(minutes=10)


def test_the_clock_tells_aware_utc() -> None:
    assert DemoClock(START, 1, Stopwatch())().tzinfo is UTC
