"""[disk] in config.toml."""

from __future__ import annotations

import pytest

from gatewatch.settings import load

from .conftest import CONFIG, Place


def test_it_says_how_much_has_to_be_free(place: Place) -> None:
    place.write("config.toml", CONFIG + '[disk]\nfree = "2GB"\n')
    assert load(place.config).disk.free == 2_000_000_000


def test_without_it_two_hundred_megabytes_have_to_be_free(place: Place) -> None:
    assert load(place.config).disk.free == 200_000_000


@pytest.mark.parametrize("written", ['"plenty"', "200", '"0MB"'])
def test_what_is_no_size_is_refused_where_it_stands(place: Place, written: str) -> None:
    place.write("config.toml", CONFIG + f"[disk]\nfree = {written}\n")
    (problem,) = place.problems()
    assert problem.startswith("config.toml:12:8: `free` has to be a size")
