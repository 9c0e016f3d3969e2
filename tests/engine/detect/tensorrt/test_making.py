from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from engine.detect.tensorrt.make import Make, find_make
from engine.detect.tensorrt.making import make_in_background, make_plan
from engine.detect.tensorrt.plan_cache import PlanCache, PlanState
from engine.detect.tensorrt.plan_file import read_label
from engine.detect.tensorrt.plan_key import PlanKey
from engine.errors import BackendError
from engine.places import Home
from engine.registry.sums import sha256
from tests.engine.detect.tensorrt.graphs import quantised
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import graph_of

pytest.importorskip("tensorrt_rtx", reason="needs TensorRT for RTX (extra gpu)")
pytestmark = pytest.mark.deep

MISREAD = quantised(np.array(128, np.uint8)).SerializeToString()


@pytest.fixture
def make() -> Make:
    found = find_make()
    assert found is not None
    return found


@pytest.fixture
def key(make: Make) -> PlanKey:
    return PlanKey.of("ab" * 32, make, "fp16", ((8, 9),))


def settled(cache: PlanCache, key: PlanKey) -> PlanState:
    """The state once nobody builds any more."""
    for _ in range(600):
        if (state := cache.state(key)).state not in ("missing", "building"):
            return state
        time.sleep(0.1)
    raise AssertionError("the plan was not made within 60 s")


def test_a_plan_is_built_labelled_and_kept(home: Home, make: Make, key: PlanKey) -> None:
    cache = PlanCache(home)
    path = make_plan(cache, key, graph_of(), make, clock=HandClock(step_s=2.0))
    assert path is not None
    label = read_label(path.read_bytes())
    assert (label.key, label.graph, label.seconds) == (key, sha256(graph_of()), 2.0)
    assert label.made_at == "2026-01-01T00:00:04+00:00"
    assert cache.read(path, sha256(graph_of()))[:4] == b"vtrt"


def test_a_graph_that_cannot_be_built_leaves_its_reason(home: Home, make: Make, key: PlanKey) -> None:
    cache = PlanCache(home)
    with pytest.raises(BackendError, match="uint8"):
        make_plan(cache, key, MISREAD, make)
    state = cache.state(key)
    assert state.state == "failed"
    assert "QuantizeLinear 'quantise' has a uint8 zero point" in state.detail


def test_nobody_makes_what_another_is_making(home: Home, make: Make, key: PlanKey) -> None:
    with PlanCache(home).making(key):
        assert make_plan(PlanCache(home), key, graph_of(), make) is None


def test_a_plan_made_in_the_background_is_seen_being_built_and_then_ready(home: Home, make: Make, key: PlanKey) -> None:
    cache = PlanCache(home)
    make_in_background(cache, key, graph_of(), make)
    seen = {cache.state(key).state}
    for _ in range(600):
        seen.add(state := cache.state(key).state)
        if state == "ready":
            break
        time.sleep(0.02)
    assert {"building", "ready"} <= seen
    assert "failed" not in seen


def test_one_that_failed_is_tried_again_on_demand_only(home: Home, make: Make, key: PlanKey) -> None:
    cache = PlanCache(home)
    make_in_background(cache, key, MISREAD, make)
    assert settled(cache, key).state == "failed"
    make_in_background(cache, key, graph_of(), make)
    time.sleep(0.3)
    assert cache.state(key).state == "failed"
    assert make_plan(cache, key, graph_of(), make) is not None
    assert cache.state(key).state == "ready"


def test_a_home_that_cannot_be_written_is_told(home: Home, make: Make, key: PlanKey) -> None:
    home.plans.write_text("a file where a folder should be")
    with pytest.raises(BackendError) as caught:
        make_plan(PlanCache(home), key, graph_of(), make)
    assert caught.value.code == "BE-PLAN-HOME"


def test_plans_of_two_builds_may_differ_and_both_serve(home: Home, make: Make, key: PlanKey, tmp_path: Path) -> None:
    other = PlanCache(Home(tmp_path / "other").make())
    paths = [make_plan(cache, key, graph_of(), make) for cache in (PlanCache(home), other)]
    assert [path is not None and path.name for path in paths] == [f"{key.name}.plan"] * 2
