from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .able import why_not
from .machine import Machine
from .packages import built, install, older, version_of, version_on
from .station import Station

#: The order in which a user lives it: each file finds the package as the one before leaves it, which saves time.
ORDER = (
    "machine installing alerting reloading restarting watchdog stopping failing figures power_cut upgrading removing"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = [f"test_{name}" for name in ORDER.split()]
    items.sort(key=lambda item: order.index(item.path.stem))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """A machine that runs. All tests share it: those that cut its power boot it again."""
    reason = why_not()
    if reason is not None:
        pytest.fail(reason)
    machine = Machine(tmp_path_factory.mktemp("machine"))
    try:
        station = Station(machine)
        station.set_up()
        yield station
    finally:
        machine.close()


@pytest.fixture(scope="session")
def new_package() -> Path:
    return built()


@pytest.fixture(scope="session")
def old_package(new_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return older(new_package, tmp_path_factory.mktemp("older"))


@pytest.fixture(scope="session")
def newest(new_package: Path) -> str:
    """The version of the package on trial."""
    return version_of(new_package)


@pytest.fixture
def station(bare: Station, new_package: Path, newest: str) -> Station:
    """The package with a source, a mail account and a rule, not started."""
    return prepared(bare, new_package, newest)


@pytest.fixture(scope="module")
def running(bare: Station, new_package: Path, newest: str) -> Station:
    """The same at work, for all tests of a file together; its first poll is done."""
    station = prepared(bare, new_package, newest)
    station.feeds.publish("gatekeyword0 was news before the first poll")
    station.start_and_seed()
    return station


def prepared(station: Station, package: Path, version: str) -> Station:
    if version_on(station.machine) != version:
        install(station.machine, package)
    station.clear()
    station.configure()
    return station
