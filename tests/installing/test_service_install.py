"""`gatewatch service install` and `uninstall`: what they write, and what they leave alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatewatch.settings import load

from .machine import UNITS, Staged, call


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_an_installation_has_units_and_a_configuration_that_is_right(staged: Staged) -> None:
    done = staged.service("install")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in staged.units.iterdir()} == set(UNITS)
    settings = load(staged.config_dir / "config.toml")
    assert settings.state_dir == Path("/var/lib/gatewatch")
    assert {path.name for path in (staged.config_dir / "rules").iterdir()} >= {"finland.toml", "norway.toml"}
    assert "systemctl enable --now gatewatch" in done.stdout


def test_words_are_not_copied_so_that_new_versions_bring_better_ones(staged: Staged) -> None:
    staged.service("install")
    assert not (staged.config_dir / "rules" / "vocabulary").exists()
    assert not (staged.config_dir / "rules" / "places.toml").exists()


def test_the_service_can_read_its_configuration_and_nobody_else_the_secrets(staged: Staged) -> None:
    before = os.umask(0o077)
    try:
        staged.service("install")
    finally:
        os.umask(before)
    assert mode(staged.config_dir / "config.toml") == 0o644
    assert mode(staged.config_dir / "rules") == 0o755
    assert mode(staged.config_dir / "rules" / "finland.toml") == 0o644
    assert mode(staged.units / UNITS[0]) == 0o644
    assert mode(staged.config_dir / "secrets") == 0o700


def test_a_second_installation_changes_nothing(staged: Staged) -> None:
    staged.service("install")
    before = staged.files()
    assert staged.service("install").returncode == 0
    assert staged.files() == before


def test_what_users_edited_stays_and_rules_that_they_deleted_do_not_come_back(staged: Staged) -> None:
    staged.service("install")
    config = staged.config_dir / "config.toml"
    config.write_text(config.read_text() + "\n# mine\n")
    (staged.config_dir / "rules" / "norway.toml").unlink()
    (staged.config_dir / "secrets" / "slack-webhook").write_text("hush")
    before = staged.files()
    assert staged.service("install").returncode == 0
    assert staged.files() == before


def test_a_unit_that_was_edited_is_kept_beside_the_new_one(staged: Staged) -> None:
    staged.service("install")
    unit = staged.units / UNITS[0]
    written = unit.read_text()
    unit.write_text(written.replace("MemoryMax=512M", "MemoryMax=1G"))
    done = staged.service("install")
    assert "the one before is gatewatch.service.before" in done.stdout
    assert unit.read_text() == written
    assert "MemoryMax=1G" in (staged.units / "gatewatch.service.before").read_text()


def test_a_configuration_that_keeps_its_state_elsewhere_is_told(staged: Staged) -> None:
    staged.config_dir.mkdir(parents=True)
    (staged.config_dir / "config.toml").write_text('state = "state"\n')
    assert 'put  state = "/var/lib/gatewatch"  at its top' in staged.service("install").stdout
    (staged.config_dir / "config.toml").write_text('state = "/var/lib/gatewatch/two"\n')
    assert "at its top" not in staged.service("install").stdout


def test_the_unit_of_the_package_is_not_covered_by_a_second_one(staged: Staged) -> None:
    packaged = staged.root / "lib/systemd/system/gatewatch.service"
    packaged.parent.mkdir(parents=True)
    packaged.write_text("[Unit]\n")
    done = staged.service("install")
    assert done.returncode == 1
    assert "the Debian package has installed the service already" in done.stderr
    assert list(staged.files()) == ["lib/systemd/system/gatewatch.service"]


def test_removal_leaves_configuration_and_database(staged: Staged) -> None:
    staged.service("install")
    database = staged.root / "var/lib/private/gatewatch/gatewatch.db"
    database.parent.mkdir(parents=True)
    database.write_text("all that was seen")
    kept = {name: text for name, text in staged.files().items() if "systemd" not in name}
    done = staged.service("uninstall")
    assert done.returncode == 0, done.stderr
    assert staged.files() == kept
    assert f"Kept {staged.config_dir / 'config.toml'}" in done.stdout


def purgeable(staged: Staged, config_dir: str = "/etc/gatewatch") -> None:
    """An installation that has run: with a database, a link to it, and a drop-in."""
    staged.service("install", "--config", config_dir)
    state = staged.root / "var/lib/private/gatewatch"
    state.mkdir(parents=True)
    (state / "gatewatch.db").touch()
    (staged.root / "var/lib/gatewatch").symlink_to("private/gatewatch")
    (staged.units / "gatewatch.service.d").mkdir()
    (staged.units / "gatewatch.service.d/override.conf").touch()


def test_a_purge_names_what_it_deletes_and_asks_first(staged: Staged) -> None:
    purgeable(staged)
    before = staged.files()
    refused = staged.service("uninstall", "--purge", text="n\n")
    assert refused.returncode == 1
    assert staged.files() == before
    for name in ("etc/gatewatch/config.toml", "etc/gatewatch/secrets", "var/lib/private/gatewatch"):
        assert str(staged.root / name) in refused.stdout
    assert staged.service("uninstall", "--purge", text="y\n").returncode == 0
    assert staged.files() == {}
    assert not (staged.root / "var/lib/gatewatch").is_symlink()
    assert not staged.config_dir.exists()


def test_a_purge_leaves_what_is_not_of_an_installation(staged: Staged) -> None:
    (staged.root / "srv/border").mkdir(parents=True)
    (staged.root / "srv/border/notes.txt").write_text("mine")
    purgeable(staged, "/srv/border")
    done = staged.service("uninstall", "--purge", "--yes")
    assert done.returncode == 0, done.stderr
    assert staged.files() == {"srv/border/notes.txt": b"mine"}
    assert "there is more in it" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--purge", "--yes")])
def test_what_is_not_installed_can_not_be_removed(staged: Staged, arguments: tuple[str, ...]) -> None:
    database = staged.root / "var/lib/gatewatch/gatewatch.db"
    database.parent.mkdir(parents=True)
    database.touch()
    done = staged.service("uninstall", *arguments)
    assert done.returncode == 1
    assert "nothing was installed" in done.stderr
    assert database.exists()


@pytest.mark.skipif(Path("/run/systemd/system").is_dir(), reason="systemd runs here: this would install for good")
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_a_machine_without_systemd_is_told_what_to_do(command: str) -> None:
    done = call("service", command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "gatewatch: systemd does not run this machine. docs/installing.md says what to do without it\n"
    )
