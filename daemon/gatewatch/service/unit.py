"""The systemd units, with the paths of this installation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from gatewatch.settings import shipped_units

SERVICE = "gatewatch.service"
FAILURE = "gatewatch-failure.service"

#: Where systemd keeps the state of the unit, and so what `state` in its config.toml has to be.
STATE = Path("/var/lib/gatewatch")

#: What ProtectHome= and PrivateTmp= of the unit hide from it.
_HIDDEN = tuple(map(Path, ("/home", "/root", "/run/user", "/tmp", "/var/tmp")))

#: Neither blanks, which separate words in a unit, nor %, which begins a specifier.
_PLAIN = re.compile(r"/[\w./+@~:-]*", re.ASCII)

#: The paths that the shipped units name.
_COMMAND, _CONFIG = "/usr/bin/gatewatch", "/etc/gatewatch"

_MARK = "# Written by `gatewatch service install`. For changes of yours: systemctl edit {name}\n\n"


class BadPath(Exception):
    """A path that a unit can't name, or that the service would not see. Says what to do."""


def unit(name: str, command: Path, config_dir: Path) -> str:
    """The text of the unit `name` (SERVICE or FAILURE).

    `command` is the `gatewatch` that it starts, `config_dir` where config.toml, rules/ and secrets/ lie.
    Raises BadPath for a path that is not absolute or has blanks or other characters that mean something to systemd.
    """
    for path in (command, config_dir):
        if not _PLAIN.fullmatch(str(path)):
            raise BadPath(f"{path}: no path for a systemd unit; it has to be absolute, of letters, digits and ./+@~:-")
    paths = {_COMMAND: str(command), _CONFIG: str(config_dir)}
    shipped = (shipped_units() / name).read_text(encoding="utf-8")
    return _MARK.format(name=name.removesuffix(".service")) + re.sub(
        "|".join(paths), lambda found: paths[found[0]], shipped
    )


def refuse_hidden(paths: Iterable[Path]) -> None:
    """Raises BadPath where one of `paths`, or what it links to, is hidden from the service."""
    for path in paths:
        for place in _HIDDEN:
            if path.is_relative_to(place) or path.resolve().is_relative_to(place):
                shown = path if path.is_relative_to(place) else f"{path} (which is {path.resolve()})"
                raise BadPath(
                    f"{shown} is under {place}, which the service can't see. Install Gatewatch elsewhere: the Debian"
                    " package, or a virtual environment in /opt/gatewatch made by /usr/bin/python3"
                )
