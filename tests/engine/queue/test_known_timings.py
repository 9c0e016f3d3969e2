from dataclasses import replace
from datetime import UTC, datetime

from engine.domain.outcome import StageTimes
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.queue.effort import Lane, choose_effort
from engine.queue.forecast import Extent, Forecaster
from engine.queue.known_timings import known_timings
from engine.registry.profiled import keep_timings
from engine.store.database import open_store
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph
from tests.engine.tiny_model import CARD

TIMING = Timing(
    CARD.name,
    "onnxruntime 1 cpu",
    "fast",
    "photograph",
    1.0,
    Workload(1, 900, 90, 4, 2, 2),
    StageTimes(read=1.0, prepare=100.0, detect=800.0, merge=100.0),
)


def test_an_effort_that_nobody_used_yet_is_forecast_by_what_its_profile_timed(home):
    keep_timings(home, CARD, [TIMING] * 9)
    with open_store(home) as store:
        forecast = Forecaster(known_timings(store)).look(CARD.name, Extent("fast", 4, 2, 1))
    assert (forecast.basis, forecast.p50_s, forecast.p90_s) == ("recorded", 1.0, 1.0)


def test_the_first_study_with_a_deadline_gets_the_best_effort_that_the_profile_says_is_done_in_time(home):
    full = replace(TIMING, effort="full", ms=StageTimes(read=1.0, prepare=100.0, detect=4800.0, merge=100.0))
    extents = [Extent("full", 16, 8, 400_000_000), Extent("fast", 4, 2, 100_000_000)]
    now = datetime(2026, 2, 3, tzinfo=UTC)
    with open_store(home) as store:
        unknown = Lane(Forecaster(known_timings(store)), CARD.name)
        assert choose_effort(unknown, extents, 30.0, None, now) == "fast", "assumed to be slow until something is known"
        eight = replace(full, workload=replace(TIMING.workload, tiles=16, calls=8))
        keep_timings(home, CARD, [*[eight] * 9, *[TIMING] * 9])
        known = Lane(Forecaster(known_timings(store)), CARD.name)
        assert [choose_effort(known, extents, left_s, None, now) for left_s in (30.0, 3.0)] == ["full", "fast"]


def test_what_was_recorded_comes_after_what_was_profiled(home):
    keep_timings(home, CARD, [TIMING])
    with open_store(home) as store:
        workload = replace(TIMING.workload, tiles=7)
        record(store, came := arrival(), photograph(), answered(came), workload=workload)
        assert [timing.workload.tiles for timing in known_timings(store)] == [4, 7]
