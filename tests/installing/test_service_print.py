"""`gatewatch service print`: the unit of this installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.service.unit import FAILURE, SERVICE, BadPath, refuse_hidden, unit

from .machine import GATEWATCH, call

VENV = Path("/opt/gatewatch/bin/gatewatch")


def lines(text: str, key: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"{key}=")]


def test_the_unit_starts_the_gatewatch_that_prints_it() -> None:
    printed = call("service", "print").stdout
    assert lines(printed, "ExecStart") == [f"ExecStart={GATEWATCH} run"]
    assert lines(printed, "ExecReload")[0] == f"ExecReload={GATEWATCH} check --tests"
    failure = call("service", "print", "--failure").stdout
    assert lines(failure, "ExecStart") == [f"ExecStart={GATEWATCH} service failed"]


@pytest.mark.parametrize("name", [SERVICE, FAILURE])
def test_configuration_and_secrets_can_lie_elsewhere(name: str) -> None:
    text = unit(name, VENV, Path("/srv/border"))
    assert "Environment=GATEWATCH_CONFIG=/srv/border/config.toml" in text
    assert "LoadCredential=secrets:/srv/border/secrets" in text
    assert "/etc/gatewatch" not in text


def test_a_path_below_that_of_the_package_is_taken_as_it_is() -> None:
    text = unit(SERVICE, Path("/etc/gatewatch/venv/bin/gatewatch"), Path("/opt/usr/bin/gatewatch"))
    assert lines(text, "ExecStart") == ["ExecStart=/etc/gatewatch/venv/bin/gatewatch run"]
    assert "Environment=GATEWATCH_CONFIG=/opt/usr/bin/gatewatch/config.toml" in text


@pytest.mark.parametrize("path", ["/opt/gate watch", "/opt/100%", "/opt/$HOME", "opt/gatewatch", "/opt/a\nUser=root"])
def test_a_path_that_systemd_would_take_for_something_else_is_refused(path: str) -> None:
    with pytest.raises(BadPath, match="no path for a systemd unit"):
        unit(SERVICE, VENV, Path(path))
    with pytest.raises(BadPath, match="no path for a systemd unit"):
        unit(SERVICE, Path(path) / "gatewatch", Path("/etc/gatewatch"))


@pytest.mark.parametrize("path", ["/home/ann/venv/bin/gatewatch", "/root/.local/bin/gatewatch", "/tmp/venv"])
def test_what_the_service_can_not_see_is_refused_with_a_way_out(path: str) -> None:
    with pytest.raises(BadPath, match=r"which the service can't see. Install Gatewatch elsewhere: .*/opt/gatewatch"):
        refuse_hidden([VENV, Path(path)])


def test_a_link_into_a_home_is_seen_through(tmp_path: Path) -> None:
    link = tmp_path / "python3"
    link.symlink_to("/root/.pyenv/bin/python3")
    with pytest.raises(BadPath, match=r"/root"):
        refuse_hidden([link])


def test_what_lies_where_services_may_look_is_accepted() -> None:
    refuse_hidden([VENV, Path("/usr/bin/python3"), Path("/etc/gatewatch"), Path("/homestead/gatewatch")])
