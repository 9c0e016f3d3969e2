"""The twins beside their CPU definitions on fresh random data, and the device path: the tests of `tests/gpu`."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.gpu.report import Report

ONE = "tests/gpu/test_twins.py::test_an_even_map_has_one_peak_the_first"
LIMIT_S = 240


def step(report: Report) -> None:
    """Runs the tests in a process of their own; in a rehearsal only one of them."""
    report.section("Twins beside their CPU definitions")
    tests = [ONE] if report.rehearsal else ["tests/gpu", "-m", "not deep"]
    command = [sys.executable, "-m", "pytest", "-c", "tests/gpu/check.ini", "--rootdir", ".", "-q", *tests]
    needs_gpu = {} if report.rehearsal else {"REQUIRE_GPU": "1"}
    done = subprocess.run(
        command, env=os.environ | needs_gpu, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    passed = re.search(r"(\d+) passed", done.stdout)
    if done.returncode != 0 or passed is None:
        report.fail(f"pytest ended with {done.returncode}\n\n```\n{done.stdout[-3000:]}{done.stderr[-800:]}\n```")
        return
    report.say(
        f"{passed[1]} tests, among them: tiles of pictures and volumes, stitched maps, peaks, boxes, suppression, "
        "components, counts and sums have the bytes of the CPU's, with fresh random values, odd sizes, the extremes of "
        "each stored type, NaN and infinite values, and results poisoned before."
    )
