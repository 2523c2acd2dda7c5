from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .inbox import Inbox, open_inbox
from .installation import Installation
from .newsstand import Newsstand, open_newsstand


@pytest.fixture
def newsstand() -> Iterator[Newsstand]:
    with open_newsstand() as stand:
        yield stand


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as receiver:
        yield receiver


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)
