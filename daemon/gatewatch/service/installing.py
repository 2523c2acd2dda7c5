"""Gatewatch as a systemd service: its units, its configuration, and how both go away again."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gatewatch.service.unit import FAILURE, SERVICE, STATE, unit
from gatewatch.settings import shipped_config, shipped_rules

_UNITS = Path("/etc/systemd/system")
_PACKAGED = (Path("/lib/systemd/system"), Path("/usr/lib/systemd/system"))
_STATE_LINE = re.compile(r'^state = "state" *(?=#)', re.MULTILINE)
_SET_CONFIG = re.compile(r"^Environment=GATEWATCH_CONFIG=(.+)/config\.toml$", re.MULTILINE)


class CannotInstall(Exception):
    """This machine, or what is on it, does not allow it. Says why and what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where to install: `root` is / , or a directory that stands for it and that no systemd knows of."""

    root: Path = Path("/")

    def at(self, path: Path) -> Path:
        """Where `path`, as the service will see it, is now."""
        return self.root / path.relative_to("/")

    def systemctl(self, *arguments: str) -> None:
        """Asks systemd; raises CannotInstall with its own words where it refuses. Does nothing below another root."""
        if self.root != Path("/"):
            return
        done = subprocess.run(["systemctl", *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotInstall(f"systemctl {' '.join(arguments)}: {done.stderr.strip() or done.returncode}")


def install(machine: Machine, command: Path, config_dir: Path) -> list[str]:
    """Writes the units, and of the configuration in `config_dir` what is not there yet. Gives what was done, in words.

    Raises CannotInstall, BadPath, and OSError.
    """
    texts = {name: unit(name, command, config_dir) for name in (SERVICE, FAILURE)}
    for directory in _PACKAGED:
        if machine.at(directory / SERVICE).exists():
            raise CannotInstall(
                f"{directory / SERVICE} is there: the Debian package has installed the service already."
                " Remove the package first, or use it"
            )
    done = list(_configure(machine, config_dir))
    for name, text in texts.items():
        done.append(_write_unit(machine.at(_UNITS / name), text))
    machine.systemctl("daemon-reload")
    return done


def uninstall(machine: Machine) -> list[Path]:
    """Stops and disables the service and removes its units, which it gives. What users wrote stays.

    Raises CannotInstall where they are not there, and OSError.
    """
    there = [path for name in (SERVICE, FAILURE) if (path := machine.at(_UNITS / name)).exists()]
    if not there:
        raise CannotInstall(f"{_UNITS / SERVICE} is not there: nothing was installed by `gatewatch service install`")
    machine.systemctl("disable", "--now", SERVICE)
    machine.systemctl("stop", FAILURE)
    for path in there:
        path.unlink()
    machine.systemctl("daemon-reload")
    return there


def belongings(machine: Machine) -> list[Path]:
    """What a purge deletes: the configuration, the secrets and the database; only what is there.

    Of the directory of the configuration no more than what an installation puts there: it may be shared. To be asked
    before `uninstall`, since the unit tells which directory that is.
    """
    config_dir = configured(machine)
    paths = [
        *(config_dir / name for name in ("config.toml", "rules", "secrets")),
        Path("/var/lib/private") / STATE.name,
        STATE,
        *(_UNITS / f"{name}.d" for name in (SERVICE, FAILURE)),
    ]
    return [path for path in map(machine.at, paths) if path.exists() or path.is_symlink()]


def delete(path: Path) -> None:
    """Deletes a file, a link (not what it leads to) or a directory with all that is in it. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def configured(machine: Machine) -> Path:
    """The directory of the configuration that the installed unit names."""
    try:
        found = _SET_CONFIG.search(machine.at(_UNITS / SERVICE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = None
    return Path(found[1]) if found else Path("/etc/gatewatch")


def service_config() -> str:
    """The shipped config.toml with its state where the service may write."""
    text, changed = _STATE_LINE.subn(f'state = "{STATE}"   ', shipped_config().read_text(encoding="utf-8"))
    assert changed == 1, "the shipped config.toml says where state lives"
    return text


def service_rules() -> list[Path]:
    """The shipped files of rules. Not the words: what a user's rules/ leaves out comes better with each version."""
    return sorted(path for path in shipped_rules().glob("*.toml") if path.name != "places.toml")


def _configure(machine: Machine, config_dir: Path) -> Iterator[str]:
    target = machine.at(config_dir)
    _directory(target, 0o755)
    config = target / "config.toml"
    if config.exists():
        yield f"Kept {config}"
        yield from _warning(config)
    else:
        _write(config, service_config())
        yield f"Wrote {config}"
    if (rules := target / "rules").exists():
        yield f"Kept {rules}/"
    else:
        _directory(rules, 0o755)
        for path in service_rules():
            _write(rules / path.name, path.read_text(encoding="utf-8"))
        yield f"Wrote {rules}/"
    if not (secrets := target / "secrets").exists():
        _directory(secrets, 0o700)
        yield f"Made {secrets}/"


def _warning(config: Path) -> Iterator[str]:
    """An existing config.toml may keep its state where the service may not write. `check` tells of bad TOML."""
    try:
        state = tomllib.loads(config.read_text(encoding="utf-8")).get("state", "state")
    except ValueError:
        return
    if not isinstance(state, str) or not Path(state).is_relative_to(STATE):
        yield f'  but its state is not where the service may write: put  state = "{STATE}"  at its top'


def _write_unit(target: Path, text: str) -> str:
    """One that was there and differs is kept beside the new one, under a name that systemd does not read."""
    if not target.exists():
        _directory(target.parent, 0o755)
        _write(target, text)
        return f"Wrote {target}"
    if target.read_text(encoding="utf-8") == text:
        return f"Kept {target}"
    before = target.with_name(f"{target.name}.before")
    target.replace(before)
    _write(target, text)
    return f"Wrote {target}; the one before is {before.name}"


def _directory(path: Path, mode: int) -> None:
    """Its mode counts, not the umask: the service reads its configuration as a user of its own."""
    if not path.exists():
        path.mkdir(parents=True)
        path.chmod(mode)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
