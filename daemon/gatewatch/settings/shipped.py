"""The config.toml, rules/ and systemd units that come with Gatewatch."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shipped_config() -> Path:
    """The config.toml that `init` copies."""
    return _shipped("config.toml")


def shipped_rules() -> Path:
    """The rules/ that `init` copies, and whose words stand in for those that a user's rules/ leaves out."""
    return _shipped("rules")


def shipped_units() -> Path:
    """The directory of gatewatch.service and gatewatch-failure.service, as the Debian package installs them."""
    return _shipped("systemd")


def _shipped(name: str) -> Path:
    """In a wheel the files lie inside the package; in a checkout at its top, beside daemon/."""
    packaged = Path(str(resources.files("gatewatch"))) / "shipped" / name
    return packaged if packaged.exists() else Path(__file__).parents[3] / name
