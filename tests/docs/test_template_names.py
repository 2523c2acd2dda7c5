"""docs/messages.md tells all names that a template can use, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from gatewatch.alerts.templating import NAMES

#: What stands in the table beside the names: parts of things in lists, and the one function.
PARTS = {"label", "value", "source", "link", "day", "share", "link_to"}


def test_the_docs_tell_every_name_that_a_template_can_use_and_no_other() -> None:
    text = (Path(__file__).parents[2] / "docs/messages.md").read_text(encoding="utf-8")
    table = text[text.index("| name | what it is |") :]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)(?:\(|`)", row)}
    assert told - PARTS <= set(NAMES)
    assert set(NAMES) <= told
