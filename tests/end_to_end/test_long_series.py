"""A series however long fits the workstation: 1,500 slices of 512x512 are answered in less than 4 GiB."""

import json
import os
import subprocess
import sys
import time

import pytest

from engine.places import Home
from tests.bench.volume import write_series
from tests.soak.measure import sample

pytestmark = [pytest.mark.deep, pytest.mark.timeout(900)]

SLICES, LIMIT_BYTES = 1500, 4 << 30
LOOK_S = 0.2


def test_a_series_of_1500_slices_is_answered_in_less_than_4_gib(tmp_path):
    series, home, answer = tmp_path / "series", Home(tmp_path / "home"), tmp_path / "answer.json"
    series.mkdir()
    write_series(series, SLICES)
    with answer.open("w") as stdout:  # a pipe would be full before anybody reads it
        run = subprocess.Popen(
            [sys.executable, "-m", "app.cli.main", "run", str(series), "--json"],
            env=os.environ | {"FOVEA_HOME": str(home.root)},
            stdout=stdout,
        )
        samples = []
        while run.poll() is None:
            samples.append(sample(home, time.monotonic()))
            time.sleep(LOOK_S)
    (line,) = map(json.loads, answer.read_text().splitlines())
    assert (line["status"], line["coverage"]) == ("answered", 1.0)
    peak_bytes = max(one.memory_bytes for one in samples)
    assert peak_bytes < LIMIT_BYTES, f"{peak_bytes / 2**30:.2f} GiB at the peak"
