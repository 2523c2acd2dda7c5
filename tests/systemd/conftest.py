from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .able import why_not
from .machine import Machine
from .package import older, package
from .station import Station

#: The order in which a user lives it: each file finds the package as the one before leaves it, which saves time.
ORDER = (
    "machine installing alerting reloading restarting watchdog stopping failing figures upgrading power_cut removing"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = [f"test_{name}" for name in ORDER.split()]
    items.sort(key=lambda item: order.index(item.path.stem))


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that runs. All tests share it: those that cut its power boot it again."""
    reason = why_not()
    if reason is not None:
        pytest.fail(reason)
    machine = Machine(tmp_path_factory.mktemp("machine"))
    try:
        machine.boot()
        yield machine
    finally:
        machine.close()


@pytest.fixture(scope="session")
def _station(machine: Machine) -> Station:
    station = Station(machine)
    station.open_far_ends()
    return station


@pytest.fixture
def bare(_station: Station) -> Station:
    """A machine without Gatewatch."""
    _station.purge()
    return _station


@pytest.fixture
def installed(_station: Station, new_package: Path) -> Station:
    """The package, as installed, and nothing of what ran before."""
    _station.install(new_package)
    _station.clear()
    return _station


@pytest.fixture
def station(installed: Station) -> Station:
    """The package with a source, a mail account and a rule, not started."""
    installed.configure()
    return installed


@pytest.fixture(scope="session")
def new_package() -> Path:
    return package()


@pytest.fixture(scope="session")
def old_package(new_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return older(new_package, tmp_path_factory.mktemp("older"))
