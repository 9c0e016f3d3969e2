"""An open store in a fresh home."""

import pytest

from engine.store.database import open_store


@pytest.fixture
def store(home):
    with open_store(home) as opened:
        yield opened
