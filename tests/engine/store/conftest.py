"""An open store in a fresh home, and passwords that cost little."""

import pytest
from argon2 import PasswordHasher

from engine.store.database import open_store


@pytest.fixture
def store(home):
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def quick_hashing(monkeypatch):
    """argon2 as it is, at its least cost: what is tested here is not how long a guess takes."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("engine.operators.password.HASHER", quick)
