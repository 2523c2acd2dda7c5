"""Secrets by name. They stand outside config.toml, so that it can be shown, copied and kept in git."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from gatewatch.settings.problems import InvalidSettings, Problem

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OTHERS = 0o077


def find_secret(name: str, config_dir: Path, environment: Mapping[str, str] = os.environ) -> str | None:
    """The secret `name`, or None where this machine has none: the first of

    1. the file `name` in $CREDENTIALS_DIRECTORY (systemd: LoadCredential=slack-webhook:…), or `secrets_name`: so
       systemd calls what it loads from a directory (LoadCredential=secrets:/etc/gatewatch/secrets),
    2. the environment variable GATEWATCH_NAME (`slack-webhook` is GATEWATCH_SLACK_WEBHOOK),
    3. the file secrets/name in `config_dir`, which only its owner may read.

    Space around it is dropped; an empty one counts as none. Under systemd a file that is root's alone is as it
    should be, and counts as none, too. Raises InvalidSettings for a file that others may read or that cannot be
    read, and ValueError where `name` is no name.
    """
    if not NAME.fullmatch(name):
        raise ValueError("the name of a secret has small letters, digits and hyphens")
    # systemd guards its directory by itself: the files in it are 0440, with an ACL.
    directory = environment.get("CREDENTIALS_DIRECTORY")
    credential = None
    if directory:
        credential = _content(Path(directory) / name) or _content(Path(directory) / f"secrets_{name}")
    return (
        credential
        or environment.get(variable(name), "").strip()
        or _content(config_dir / "secrets" / name, guarded=True, by_systemd=bool(directory))
    )


def variable(name: str) -> str:
    """The environment variable of a secret."""
    return "GATEWATCH_" + name.upper().replace("-", "_")


def places(name: str, config_dir: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Where a secret can be put, in words."""
    path = config_dir / "secrets" / name
    if "CREDENTIALS_DIRECTORY" in environment:
        return f"Put it into {path} (chmod 600) and restart the service: systemd reads secrets at the start only"
    return f"Put it into {path} (chmod 600), ${variable(name)} or a systemd credential"


def _content(path: Path, *, guarded: bool = False, by_systemd: bool = False) -> str | None:
    try:
        if guarded and path.stat().st_mode & _OTHERS:
            what = "a secret that others on this machine may read"
            raise InvalidSettings([Problem(path, 0, 0, what, f"chmod 600 {path}")])
        return path.read_bytes().decode().strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if by_systemd and isinstance(error, PermissionError):
            return None
        raise InvalidSettings([Problem(path, 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise InvalidSettings([Problem(path, 0, 0, "not UTF-8 text")]) from error
