"""The sources that Gatewatch knows of. Nothing here is polled before a user takes it over into config.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

_OURS = ("confidence", "notes")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A source to choose. `table` is its [[source]] as it stands in config.toml, keys in their order.

    `confidence` (high or medium) is how sure the address is; `notes` what one should know before adding it.
    """

    table: Mapping[str, Any]
    confidence: str
    notes: str = ""

    @property
    def id(self) -> str:
        return str(self.table["id"])


def read_catalogue() -> tuple[CatalogueEntry, ...]:
    """All entries, in the order of the file: country by country, authorities first."""
    text = (resources.files(__name__) / "catalogue.toml").read_text(encoding="utf-8")
    return tuple(
        CatalogueEntry(
            table={key: value for key, value in written.items() if key not in _OURS},
            confidence=written["confidence"],
            notes=written.get("notes", ""),
        )
        for written in tomllib.loads(text)["source"]
    )
