"""[health] in config.toml."""

from __future__ import annotations

import pytest

from gatewatch.settings import load

from .conftest import CONFIG, Place


def test_it_names_a_port_of_this_machine(place: Place) -> None:
    place.write("config.toml", CONFIG + "[health]\nport = 9188\n")
    assert load(place.config).health_port == 9188


def test_without_it_no_port_is_open(place: Place) -> None:
    assert load(place.config).health_port is None


@pytest.mark.parametrize("key", ["host", "address", "bind", "listen"])
def test_nobody_opens_it_to_the_world(place: Place, key: str) -> None:
    place.write("config.toml", CONFIG + f'[health]\nport = 9188\n{key} = "0.0.0.0"\n')
    (problem,) = place.problems()
    assert problem.startswith(f"config.toml:13:{len(key) + 4}: `{key}` can't be set: the port is open on 127.0.0.1 alone")
    assert "put a reverse proxy in front" in problem


@pytest.mark.parametrize("written", ["80", "0", "65536", '"9188"', '"0.0.0.0:9188"', "true"])
def test_what_is_no_port_or_belongs_to_root_is_refused_where_it_stands(place: Place, written: str) -> None:
    place.write("config.toml", CONFIG + f"[health]\nport = {written}\n")
    (problem,) = place.problems()
    assert problem.startswith("config.toml:12:8: `port` has to be ")
