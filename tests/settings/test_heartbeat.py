"""[heartbeat] in config.toml."""

from __future__ import annotations

from datetime import timedelta

from gatewatch.settings import load, missing_secrets

from .conftest import CONFIG, Place


def test_it_names_a_secret_and_how_often(place: Place) -> None:
    place.write("config.toml", CONFIG + '[heartbeat]\nsecret = "healthchecks-url"\nevery = "2m"\n')
    heartbeat = load(place.config).heartbeat
    assert heartbeat is not None
    assert (heartbeat.secret, heartbeat.every) == ("healthchecks-url", timedelta(minutes=2))


def test_without_it_there_is_none(place: Place) -> None:
    assert load(place.config).heartbeat is None


def test_an_address_in_the_place_of_the_name_is_refused_and_not_repeated(place: Place) -> None:
    place.write("config.toml", CONFIG + '[heartbeat]\nsecret = "https://hc-ping.com/0123-4567"\n')
    (problem,) = place.problems()
    assert problem.startswith("config.toml:12:10: `secret` has to be the name of a secret")
    assert "0123" not in problem


def test_check_tells_where_the_secret_is_missed(place: Place) -> None:
    place.write("config.toml", CONFIG + '[heartbeat]\nsecret = "healthchecks-url"\n')
    (problem,) = missing_secrets(load(place.config), {})
    assert (problem.line, problem.column) == (12, 10)
    assert "the secret `healthchecks-url` is nowhere on this machine" in problem.what
