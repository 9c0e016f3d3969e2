"""The bench of a volume goes by the stages: that it is out of date is to be noticed before its figure is wanted."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.deep


def test_the_bench_of_a_volume_answers_a_short_series_whole(tmp_path):
    command = [sys.executable, "-m", "tests.bench.volume", "--slices", "12", "--scratch", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "12 slices of 512x512" in done.stdout
