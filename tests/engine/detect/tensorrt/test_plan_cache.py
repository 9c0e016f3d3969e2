from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.detect.tensorrt.plan_cache import ASIDE_KEPT, PlanCache, PlanState
from engine.detect.tensorrt.plan_file import PlanRejected
from engine.places import Home
from tests.engine.detect.tensorrt.plans import GRAPH, KEY, PLAN, key_with, label_of


@pytest.fixture
def cache(home: Home) -> PlanCache:
    return PlanCache(home)


def test_a_plan_that_was_written_is_ready_and_read_as_it_was(cache: PlanCache) -> None:
    path = cache.write(label_of(), PLAN)
    assert cache.state(KEY) == PlanState("ready", path.name)
    assert cache.find(KEY) == path
    assert cache.read(path, GRAPH) == PLAN


def test_a_home_without_plans_lacks_them(cache: PlanCache) -> None:
    assert cache.find(KEY) is None
    assert cache.state(KEY) == PlanState("missing")


def test_plans_are_readable_by_their_owner_only(cache: PlanCache, home: Home) -> None:
    path = cache.write(label_of(), PLAN)
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.plans.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "change",
    [
        {"model": "ef" * 32},
        {"make": "tensorrt"},
        {"version": "1.8"},
        {"precision": "fp32"},
        {"driver": "590.1"},
        {"recipe": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_key_finds_nothing(cache: PlanCache, change: dict[str, object]) -> None:
    cache.write(label_of(), PLAN)
    assert cache.state(key_with(**change)).state == "missing"


def test_one_made_for_this_driver_is_preferred_to_one_made_ahead_of_time(cache: PlanCache) -> None:
    ahead = cache.write(label_of(key_with(driver="", capabilities=("8.6", "8.9"))), PLAN)
    assert cache.find(KEY) == ahead
    exact = cache.write(label_of(), PLAN)
    assert cache.find(KEY) == exact


def test_a_plan_removes_those_that_it_succeeds_and_no_others(cache: PlanCache) -> None:
    other_driver = cache.write(label_of(key_with(driver="570.1")), PLAN)
    older = cache.write(label_of(key_with(version="1.6", capabilities=("8.6", "8.9"))), PLAN)
    other_card = cache.write(label_of(key_with(capabilities=("12.0",))), PLAN)
    other_precision = cache.write(label_of(key_with(precision="fp32")), PLAN)
    cache.write(label_of(), PLAN)
    assert [path.exists() for path in (other_driver, older)] == [False, False]
    assert [path.exists() for path in (other_card, other_precision)] == [True, True]


def test_plans_of_models_that_are_gone_are_removed(cache: PlanCache) -> None:
    gone = cache.write(label_of(key_with(model="ef" * 32)), PLAN)
    kept = cache.write(label_of(), PLAN)
    cache.forget_others({KEY.model})
    assert (gone.exists(), kept.exists()) == (False, True)


def test_a_damaged_plan_is_rejected_and_set_aside_with_its_reason(cache: PlanCache, home: Home) -> None:
    path = cache.write(label_of(), PLAN)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(PlanRejected) as caught:
        cache.read(path, GRAPH)
    cache.set_aside(path, str(caught.value))
    assert cache.state(KEY).state == "missing"
    (reason,) = (home.plans / "aside").glob("*.txt")
    assert reason.read_text().startswith(f"{path.name} was changed, cut off or made elsewhere")
    assert reason.with_suffix(".plan").read_bytes() == content


def test_a_plan_that_fails_twice_is_not_made_a_third_time_by_itself(cache: PlanCache) -> None:
    for _ in range(2):
        cache.set_aside(cache.write(label_of(), PLAN), "is not taken by tensorrt-rtx")
    assert cache.state(KEY) == PlanState("failed", "the plan was made 2 times and is not taken by tensorrt-rtx")
    cache.write(label_of(), PLAN)  # on demand
    assert cache.state(KEY).state == "ready"


def test_few_of_those_set_aside_are_kept(cache: PlanCache, home: Home) -> None:
    for number in range(ASIDE_KEPT + 3):
        cache.set_aside(cache.write(label_of(key_with(model=f"{number:064d}")), PLAN), "is old")
    assert len(list((home.plans / "aside").glob("*.plan"))) == ASIDE_KEPT
    assert len(list((home.plans / "aside").glob("*.txt"))) == ASIDE_KEPT


def test_a_file_that_is_no_plan_is_set_aside_when_it_is_met(cache: PlanCache, home: Home) -> None:
    path = cache.write(label_of(), PLAN)
    path.write_bytes(b"half a")
    assert cache.state(KEY).state == "missing"
    assert not path.exists()
    assert len(list((home.plans / "aside").glob("*.txt"))) == 1


def test_a_plan_under_the_name_of_another_is_rejected(cache: PlanCache) -> None:
    path = cache.write(label_of(), PLAN)
    other = path.with_name(f"{key_with(driver='590.1').name}.plan")
    path.rename(other)
    with pytest.raises(PlanRejected, match="another plan's name"):
        cache.read(other, GRAPH)


def test_a_plan_of_another_graph_is_rejected(cache: PlanCache) -> None:
    path = cache.write(label_of(), PLAN)
    with pytest.raises(PlanRejected, match="another graph"):
        cache.read(path, "00" * 32)


def test_a_plan_copied_from_another_home_is_rejected(cache: PlanCache, tmp_path: Path) -> None:
    foreign = PlanCache(Home(tmp_path / "other").make()).write(label_of(), PLAN)
    path = cache.write(label_of(), PLAN)
    path.write_bytes(foreign.read_bytes())
    with pytest.raises(PlanRejected, match="made elsewhere"):
        cache.read(path, GRAPH)


def test_a_failure_shows_its_reason_until_the_plan_is_there(cache: PlanCache) -> None:
    cache.note_failure(KEY, "TensorRT cannot build the graph: x.")
    assert cache.state(KEY) == PlanState("failed", "TensorRT cannot build the graph: x.")
    cache.write(label_of(), PLAN)
    assert cache.state(KEY).state == "ready"


def test_only_one_makes_a_plan_and_the_others_see_it(cache: PlanCache, home: Home) -> None:
    with cache.making(KEY) as ours:
        assert ours
        assert PlanCache(home).state(KEY) == PlanState("building")
        with PlanCache(home).making(KEY) as also:
            assert not also
    assert cache.state(KEY).state == "missing"


def test_a_maker_that_was_killed_holds_nothing(cache: PlanCache, home: Home) -> None:
    program = (
        "import os, sys; from pathlib import Path; from engine.places import Home;"
        "from engine.detect.tensorrt.plan_cache import PlanCache; from tests.engine.detect.tensorrt.plans import KEY;"
        "making = PlanCache(Home(Path(sys.argv[1]))).making(KEY); making.__enter__(); print('holds', flush=True);"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"holds\n"
        assert cache.state(KEY) == PlanState("building")
        child.kill()
    assert cache.state(KEY).state == "missing"
    with cache.making(KEY) as ours:
        assert ours
