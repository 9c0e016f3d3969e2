"""A window that is killed in the middle of judging loses no decision that it has said to be recorded."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.domain.review import RegionVerdict
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.reviews import versions
from engine.store.verify import verify
from tests.engine.store.answers import answered, arrival, photograph, spot

REGIONS = 400


@contextmanager
def ended_after(process: subprocess.Popen[str], limit_s: float) -> Iterator[None]:
    """A process that says nothing must not hold up the tests."""
    timer = threading.Timer(limit_s, process.kill)
    timer.start()
    yield
    timer.cancel()


@pytest.mark.parametrize("told", [1, 7, 23])
def test_killed_window_has_recorded_every_decision_that_it_told_of(home, told):
    came = arrival()
    with open_store(home) as store:
        record(store, came, photograph(), answered(came, [spot(0.9 - n / 1000, n / 3) for n in range(REGIONS)]))
    call = [sys.executable, "-m", "tests.app.jobs.judging_process", str(home.root), came.id]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process, ended_after(process, 120.0):
        counts = [int(process.stdout.readline()) for _ in range(told)]
        process.kill()
    assert counts[-1] < REGIONS
    with open_store(home) as store:
        newest = versions(store, came.id)[-1].review
        assert verify(store) is None
    assert len(newest.regions) >= counts[-1]
    assert {one.verdict for one in newest.regions} == {RegionVerdict.CONFIRMED}
