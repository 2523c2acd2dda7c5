"""Messages as people get them, one file for each kind and family.

`make rendered` writes them anew, and `git diff` shows what became of them.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gatewatch.alerts.messages import USUAL, Budget, Family, render
from gatewatch.alerts.slack_blocks import payload

from .specimens import SPECIMENS, TOLD

RENDERED = Path(__file__).parent / "rendered"
HELSINKI = ZoneInfo("Europe/Helsinki")
ENDINGS = {Family.HTML: "html", Family.MARKDOWN: "md", Family.PLAIN: "txt", Family.MRKDWN: "mrkdwn"}


def agrees(name: str, text: str) -> None:
    """With what was reviewed; or becomes it, where GATEWATCH_WRITE_RENDERED is set."""
    file = RENDERED / name
    if os.environ.get("GATEWATCH_WRITE_RENDERED"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("kind", SPECIMENS)
def test_a_message_reads_as_it_was_reviewed(kind: str, family: Family) -> None:
    now = TOLD + (timedelta(hours=2, minutes=10) if kind == "reminder" else timedelta(0))
    budget = Budget(150, 30_000) if family is Family.HTML else USUAL
    message = render(SPECIMENS[kind], family, now, budget, HELSINKI)
    agrees(f"{kind}.{ENDINGS[family]}", f"{message.title}\n\n{message.body}\n")


@pytest.mark.parametrize("kind", SPECIMENS)
def test_what_slack_is_sent_is_as_it_was_reviewed(kind: str) -> None:
    told = payload(render(SPECIMENS[kind], Family.MRKDWN, TOLD, USUAL, HELSINKI))
    agrees(f"{kind}.slack.json", json.dumps(told, indent=2, ensure_ascii=False) + "\n")
