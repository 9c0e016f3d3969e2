"""What runs kernels of the device path asks for the lane: the simulator, or a real GPU."""

import pytest

from tests.gpu.lane import Lane, require_lane


@pytest.fixture(scope="session")
def lane() -> Lane:
    """As in `tests/gpu`: without a device or the simulator the test is skipped, with `REQUIRE_GPU=1` it fails."""
    return require_lane()
