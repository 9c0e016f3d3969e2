"""Every test here needs twins to run, and gets the lane in which they do."""

from __future__ import annotations

import pytest

from tests.gpu.lane import Lane, require_lane


@pytest.fixture(scope="session")
def lane() -> Lane:
    """`device` or `simulator`; without either the test is skipped, with `REQUIRE_GPU=1` it fails."""
    return require_lane()
