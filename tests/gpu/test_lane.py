"""A run that needs a real GPU fails where there is none, and where the simulator stands in for one."""

import importlib.util
import os
import subprocess
import sys

import pytest

from tests.gpu.lane import lane_here

ONE_TEST = "tests/gpu/test_twins.py::test_a_seed_that_does_not_rise_has_no_component"


def outcome(root, **environment: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", ONE_TEST]
    inherited = {
        name: value for name, value in os.environ.items() if name not in ("NUMBA_ENABLE_CUDASIM", "REQUIRE_GPU")
    }
    done = subprocess.run(
        command, cwd=root, env=inherited | environment, capture_output=True, text=True, timeout=250, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.deep
def test_without_a_device_the_twins_are_skipped_with_a_reason_and_required_ones_fail(root):
    if lane_here().name == "device":
        pytest.skip("there is a device here")
    code, told = outcome(root)
    assert code == 0
    assert "SKIPPED" in told
    assert "twins cannot run" in told
    code, told = outcome(root, REQUIRE_GPU="1")
    assert code == 1
    assert "REQUIRE_GPU=1, and twins run in the lane 'none'" in told


@pytest.mark.deep
@pytest.mark.skipif(importlib.util.find_spec("numba_cuda") is None, reason="needs the extra gpu")
def test_the_simulator_is_no_gpu(root):
    code, told = outcome(root, REQUIRE_GPU="1", NUMBA_ENABLE_CUDASIM="1")
    assert code == 1
    assert "twins run in the lane 'simulator'" in told
