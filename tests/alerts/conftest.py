from __future__ import annotations

from pathlib import Path

import pytest

from .installed import Installed


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)
