"""Timings read back: what an answer cost, what was forecast of it, and whether a promise was kept."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.arrival import Arrival
from engine.domain.job import Job, Lease, Outlook
from engine.domain.request import Request
from engine.domain.workload import Workload
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.queue import claim, enqueue
from engine.store.timings import recorded_timings
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, photograph, refused

WORK = Workload(files=1, read_bytes=1000, pixels=640, tiles=2, calls=8, threads=2)


@pytest.fixture
def store(home):
    with open_store(home, HandClock()) as opened:
        yield opened


def answer(store, took_s=1.0, at_latest_s=None, workload=WORK, **changes):
    """Takes a job in, claims it, and records its answer after a while."""
    now = store.clock.now()
    arrival = Arrival(uuid.uuid4().hex, "/in/a.png", now)
    outlook = Outlook(0.5, 0.75, "recorded", now, None if at_latest_s is None else now + timedelta(seconds=at_latest_s))
    enqueue(store, Job(arrival, Request(), "watch", "/in/a.png"), outlook)
    job = claim(store, "w1", Job(arrival, Request(), "watch", "/in/a.png"))
    store.clock.pass_s(took_s)
    record(
        store, arrival, photograph(), answered(arrival, **changes), lease=Lease("w1", job.attempt), workload=workload
    )


def test_what_an_answer_cost_is_read_back(store):
    answer(store)
    (timing,) = recorded_timings(store)
    assert timing.workload == WORK
    assert (timing.model, timing.model_id) == ("surface-pitting 1.0.0", "surface-pitting")
    assert (timing.backend, timing.effort, timing.kind) == ("onnxruntime 1.23.0 cpu", "full", "photograph")
    assert timing.read_s == pytest.approx(0.0011)
    assert timing.look_s == pytest.approx((2.2 + 3.3 + 4.4) / 1000)
    assert (timing.forecast_p50_s, timing.forecast_p90_s, timing.in_forecast) == (0.5, 0.75, True)


@pytest.mark.parametrize(("at_latest_s", "kept"), [(2.0, True), (1.0, True), (0.5, False), (None, None)])
def test_a_promise_is_kept_until_the_moment_that_was_named(store, at_latest_s, kept):
    answer(store, took_s=1.0, at_latest_s=at_latest_s)
    assert recorded_timings(store)[0].in_promise is kept


def test_the_newest_are_read_the_newest_last(store):
    for effort in ("a", "b", "c"):
        answer(store, effort=effort)
    assert [timing.effort for timing in recorded_timings(store, limit=2)] == ["b", "c"]


def test_what_was_not_looked_at_costs_nothing_to_learn_from(store):
    answer(store, workload=replace(WORK, tiles=0, calls=0))
    arrival = Arrival(uuid.uuid4().hex, "/in/b.png", store.clock.now())
    record(store, arrival, None, refused(arrival))
    assert recorded_timings(store) == ()
