from __future__ import annotations

from collections.abc import Iterator

import pytest

from gatewatch.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened
