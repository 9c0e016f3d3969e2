"""What is left until a worker is ready."""

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from engine.queue.forecast import Forecaster
from engine.queue.plan import plan
from engine.queue.pulse import Pulse
from engine.queue.starting import until_ready
from engine.queue.turn import ROUTINE, Waiting

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def pulse(home):
    home.make()
    with closing(Pulse(home)) as opened:
        yield opened


def test_a_machine_that_has_started_none_is_assumed_to_be_slow(pulse):
    assert (until_ready(pulse).p50_s, until_ready(pulse).basis) == (10.0, "assumed")


def test_the_last_starts_are_learned_from(pulse):
    for took_s in [60.0] + [4.0] * 30:
        pulse.keep_start(took_s)
    starting = until_ready(pulse)
    assert (starting.p50_s, starting.p90_s, starting.basis) == (4.0, 4.0, "recorded")


def test_of_one_that_is_on_its_way_the_rest_counts(pulse):
    for _ in range(20):
        pulse.keep_start(30.0)
    pulse.beat("worker", "w", {"ready": False, "began_s": time.monotonic() - 10.0})
    assert until_ready(pulse).p50_s == pytest.approx(20.0, abs=3.0)


def test_nothing_is_left_where_one_is_ready(pulse):
    pulse.beat("worker", "w", {"ready": True, "began_s": time.monotonic()})
    assert until_ready(pulse) is None


def test_a_plan_begins_when_somebody_can_work(pulse):
    one = Waiting("one", NOW, NOW + timedelta(seconds=5), ROUTINE, "photograph", 1 << 20)
    (ready,), (cold,) = (plan([one], NOW, Forecaster(), starting=start) for start in (None, until_ready(pulse)))
    assert cold.expected_at - ready.expected_at == timedelta(seconds=10)
    assert cold.late_s > 0.0
