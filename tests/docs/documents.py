"""The documents that users read, taken apart into the blocks that they would copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[2]
DOCUMENTS = tuple(
    sorted(path for path in (*TOP.glob("*.md"), *TOP.glob("docs/*.md")) if path.name != "CHANGELOG.md")
)
FENCE = re.compile(r"^```(\w*) *([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?: {4})?\$ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: what it says it is, its text, and the line in its document where it begins.

    `file` is the name behind the kind, where the block shows a file that the document's commands work on.
    """

    document: Path
    line: int
    kind: str
    file: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}"


def blocks(kind: str) -> list[Block]:
    """All fenced blocks of a kind (toml, console, …)."""
    return [block for document in DOCUMENTS for block in _blocks(document) if block.kind == kind]


def files(document: Path) -> list[Block]:
    """The blocks of a document that show a file by its name."""
    return [block for block in _blocks(document) if block.file]


def _blocks(document: Path) -> Iterator[Block]:
    text = document.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(document, text.count("\n", 0, found.start()) + 1, found[1], found[2], found[3])


def commands(document: Path) -> list[str]:
    """What follows a `$` in the document, in order."""
    return [line.strip() for line in COMMAND.findall(document.read_text(encoding="utf-8"))]
