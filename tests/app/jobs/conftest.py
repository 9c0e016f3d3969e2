"""The engine room of the tests of background work: each closes its processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.jobs.engine_room import EngineRoom
from engine.places import Home


@pytest.fixture
def room(home: Home) -> Iterator[EngineRoom]:
    """The engine over a fresh home."""
    room = EngineRoom(home)
    yield room
    room.close()
