from __future__ import annotations

from pathlib import Path

import pytest

from .machine import Staged


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    return Staged(tmp_path)
