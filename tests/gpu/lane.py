"""Which of three lanes a test of the CUDA twins runs in: a real device, numba-cuda's simulator, or none."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Lane:
    """Where twins run in this process.

    Args:
        name: `device`, `simulator` or `none`.
        reason: why it is not `device`, or the device's name.
    """

    name: str
    reason: str


def lane_here() -> Lane:
    """The lane of this process; the simulator is never taken for a device."""
    if importlib.util.find_spec("numba_cuda") is None:
        return Lane("none", "the extra `gpu` is not installed")
    from numba import cuda  # noqa: PLC0415  # of the extra `gpu`

    from kernels.cuda_compiled import simulated  # noqa: PLC0415  # with it

    if simulated():
        return Lane("simulator", "NUMBA_ENABLE_CUDASIM=1")
    if not cuda.is_available():
        return Lane("none", "there is no NVIDIA device here")
    name = cuda.get_current_device().name
    return Lane("device", name.decode() if isinstance(name, bytes) else str(name))


def require_lane() -> Lane:
    """The lane, for a test that needs twins to run: skipped where there is none, failed where one was asked for."""
    lane = lane_here()
    if os.environ.get("REQUIRE_GPU") == "1" and lane.name != "device":
        pytest.fail(f"REQUIRE_GPU=1, and twins run in the lane '{lane.name}': {lane.reason}")
    if lane.name == "none":
        pytest.skip(f"twins cannot run: {lane.reason}")
    return lane
