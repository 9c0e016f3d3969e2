"""What a request asks for, and what an arrival's deadline leaves: effort, lateness, and answers from the record."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from engine.detect.choose import take_first
from engine.detect.loading import Detectors
from engine.detect.look import StandIn
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.errors import StoreError
from engine.intake.find import Found
from engine.pipeline import Bench
from engine.prepare.pool import RowPool
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key
from engine.store.outcomes import find
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import picture, write_source
from tests.engine.workbench import Workbench

REUSE = Request(reuse=True)


@pytest.fixture
def two_efforts(spotted_home, tmp_path):
    """A home whose only model has the efforts `full` and `fast`."""
    source = write_source(tmp_path / "two-efforts")
    manifest = (source / "manifest.toml").read_text()
    fast = '[efforts.full]\noverlap = 0.25\nflips = ["", "x"]\n\n[efforts.fast]\noverlap = 0.25\n'
    (source / "manifest.toml").write_text(manifest.replace("[efforts.full]\noverlap = 0.25\n", fast))
    (spotted_home.models / "bright-spots").rename(tmp_path / "not-wanted")
    pack(source, spotted_home.models / "two-efforts", load_signing_key(tmp_path / "maker.key"))
    return spotted_home


def attempt_due_in(bench, found, seconds, request=Request()):  # noqa: B008  # frozen
    """The attempt at an arrival whose deadline is so many seconds ahead when the work begins."""
    now = bench.clock.now()
    arrival = Arrival("a", found.source, now - timedelta(seconds=60), now + timedelta(seconds=seconds))
    attempt = bench.begin(found, request, arrival=arrival, number=2)
    bench.read(attempt)
    bench.look(attempt)
    return attempt


def test_the_deadline_of_an_arrival_is_its_budget(spotted_home, tmp_path):
    found = picture(tmp_path / "large.png", (400, 400), ((0, 0), (380, 380)))
    clock = HandClock(step_s=1.0)
    with Bench.open(Shelf.of(spotted_home), threads=1, clock=clock) as bench:
        outcome = attempt_due_in(bench, found, 120.0).outcome()
    assert (outcome.status, outcome.code) == (Status.INCOMPLETE, "BU-TIME")
    assert 0.0 < outcome.coverage < 1.0
    assert outcome.attempt == 2
    assert outcome.budget_s == 120.0


def test_a_deadline_that_passed_before_the_work_does_not_shorten_it(spotted_home, tmp_path):
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        outcome = attempt_due_in(bench, picture(tmp_path / "part.png"), -5.0).outcome()
    assert (outcome.status, outcome.flagged, outcome.coverage) == (Status.ANSWERED, True, 1.0)
    assert outcome.doubts == ("late",)
    assert outcome.budget_s is None


def test_a_late_study_is_dropped_where_that_is_the_policy(spotted_home, tmp_path):
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        attempt = attempt_due_in(bench, picture(tmp_path / "part.png"), -5.0, Request(late="drop"))
        outcome = attempt.outcome()
        in_time = attempt_due_in(bench, picture(tmp_path / "part.png"), 60.0, Request(late="drop")).outcome()
    assert (outcome.status, outcome.code) == (Status.INCOMPLETE, "BU-LATE")
    assert (outcome.coverage, outcome.flagged) == (0.0, None)
    assert "passed 5 s before the work began" in outcome.reason
    assert attempt.study is None
    assert in_time.status is Status.ANSWERED


@pytest.mark.parametrize(("late", "code", "doubts"), [("answer", "", ("late",)), ("drop", "BU-LATE", ())])
def test_a_deadline_that_passes_while_the_study_waits_for_another_is_treated_alike(
    spotted_home, tmp_path, late, code, doubts
):
    clock = HandClock()
    with Bench.open(Shelf.of(spotted_home), threads=1, clock=clock) as bench:
        now = clock.now()
        arrival = Arrival("a", "part", now, now + timedelta(seconds=10))
        attempt = bench.begin(picture(tmp_path / "part.png"), Request(late=late), arrival=arrival)
        bench.read(attempt)
        clock.pass_s(30.0)
        bench.look(attempt)
    outcome = attempt.outcome()
    assert (outcome.code, outcome.doubts) == (code, doubts)


def test_seconds_of_work_do_not_run_while_the_study_waits_for_another(spotted_home, tmp_path):
    clock = HandClock()
    with Bench.open(Shelf.of(spotted_home), threads=1, clock=clock) as bench:
        attempt = bench.begin(picture(tmp_path / "part.png"), Request(budget_s=10.0))
        bench.read(attempt)
        clock.pass_s(30.0)
        bench.look(attempt)
    outcome = attempt.outcome()
    assert (outcome.status, outcome.budget_s, outcome.doubts) == (Status.ANSWERED, 10.0, ())


def test_an_effort_is_chosen_only_where_time_is_limited_and_none_was_asked_for(two_efforts, tmp_path):
    asked = []

    def fast(card, backend, scan, left_s):
        asked.append((card.name, backend.split()[0], scan.shape, left_s > 50.0))
        return "fast"

    found = picture(tmp_path / "part.png")
    with Bench.open(Shelf.of(two_efforts), threads=1) as bench:
        bench.stages.choose_effort = fast
        limited = attempt_due_in(bench, found, 60.0)
        assert asked == [("bright-spots 1.0.0", "onnxruntime", (70, 90), True)]
        others = [
            attempt_due_in(bench, found, 60.0, Request(effort="full")),
            attempt_due_in(bench, found, -60.0),
            bench.attempt(found),
        ]
    assert len(asked) == 1
    assert (limited.outcome().effort, limited.workload.calls) == ("fast", 6)
    assert [(other.outcome().effort, other.workload.calls) for other in others] == [("full", 12)] * 3


class Lost(OnnxCpu):
    """A back end whose detectors cannot look just now; the clock says how long it took to find that out."""

    def __init__(self, clock):
        self.clock = clock

    def load(self, graph, card, threads):
        cpu = super().load(graph, card, threads)

        def look(*_):
            self.clock.pass_s(20.0)
            return StandIn(cpu, "gpu-lost")

        return SimpleNamespace(backend="gpu 1.0", look=look, run=cpu.run, close=cpu.close)


def test_who_stands_in_for_a_device_that_is_lost_chooses_the_effort_anew_for_itself_and_the_time_left(
    two_efforts, tmp_path
):
    asked, clock = [], HandClock()

    def by_lane(_card, backend, _scan, left_s):
        asked.append((backend.split()[0], round(left_s)))
        return "fast" if left_s < 50.0 else "full"

    with RowPool(1) as pool, closing(Detectors((Lost(clock),), take_first, 1)) as detectors:
        bench = Bench(Shelf.of(two_efforts), detectors, pool, clock)
        bench.stages.choose_effort = by_lane
        attempt = attempt_due_in(bench, picture(tmp_path / "part.png"), 60.0)
    outcome = attempt.outcome()
    assert asked == [("gpu", 60), ("onnxruntime", 40)]
    assert (outcome.effort, outcome.doubts, outcome.coverage) == ("fast", ("gpu-lost",), 1.0)
    assert outcome.backend.startswith("onnxruntime")
    assert attempt.workload.calls == 6


def test_a_workload_says_what_there_was_to_do(spotted_home, tmp_path):
    found = picture(tmp_path / "part.png")
    with Bench.open(Shelf.of(spotted_home), threads=2) as bench:
        attempt = bench.attempt(found)
        refused = bench.attempt(Found("gone.png", tmp_path / "gone.png"))
    done = attempt.workload
    assert (done.files, done.read_bytes) == (1, (tmp_path / "part.png").stat().st_size)
    assert (done.pixels, done.tiles, done.calls, done.threads) == (70 * 90, 12, 6, 2)
    assert refused.workload.files == 0
    assert attempt.watch.share == 1.0


def test_the_same_content_is_answered_from_the_record_and_says_so(spotted_home, tmp_path):
    first = picture(tmp_path / "a" / "part.png")
    again = picture(tmp_path / "b" / "other.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        whole = workbench.answer(first).outcome
        repeated = workbench.answer(again, REUSE)
        third = workbench.answer(again, REUSE).outcome
        stored = find(workbench.store, repeated.outcome.arrival_id)
    outcome = repeated.outcome
    assert (outcome.status, outcome.coverage, outcome.flagged) == (Status.ANSWERED, 1.0, True)
    assert outcome.reused_from == third.reused_from == whole.arrival_id
    assert outcome.regions == whole.regions
    assert repeated.study.source == str(tmp_path / "b" / "other.png")
    assert (outcome.ms.merge, outcome.model, outcome.backend) == (0.0, whole.model, whole.backend)
    assert stored.outcome.reused_from == whole.arrival_id


def test_what_is_not_asked_to_be_repeated_is_looked_at_again(spotted_home, tmp_path):
    found = picture(tmp_path / "part.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        workbench.answer(found)
        outcome = workbench.answer(found).outcome
    assert outcome.reused_from is None
    assert outcome.ms.merge > 0.0


@pytest.mark.parametrize("request_", [Request(threshold=0.4, reuse=True), Request(threshold=0.5, reuse=True)])
def test_an_outcome_is_not_repeated_where_a_threshold_is_stated(spotted_home, tmp_path, request_):
    found = picture(tmp_path / "part.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        workbench.answer(found)
        assert workbench.answer(found, request_).outcome.reused_from is None


def test_an_outcome_with_another_threshold_is_not_repeated(spotted_home, tmp_path):
    found = picture(tmp_path / "part.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        workbench.answer(found, Request(threshold=0.4))
        assert workbench.answer(found, REUSE).outcome.reused_from is None


def test_an_answer_by_other_threads_is_not_repeated(spotted_home, tmp_path):
    found = picture(tmp_path / "part.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        workbench.answer(found)
    with Workbench.open(spotted_home, threads=2) as workbench:
        assert workbench.answer(found, REUSE).outcome.reused_from is None
    with Workbench.open(spotted_home, threads=1) as workbench:
        assert workbench.answer(found, REUSE).outcome.reused_from is not None


def test_an_answer_that_was_not_in_full_is_not_repeated(spotted_home, tmp_path):
    found = picture(tmp_path / "large.png", (400, 400), ((0, 0), (380, 380)))
    clock = HandClock(step_s=1.0)
    with Workbench.open(spotted_home, threads=1, clock=clock) as workbench:
        assert workbench.answer(found, replace(REUSE, budget_s=120.0)).outcome.coverage < 1.0
        outcome = workbench.answer(found, REUSE).outcome
    assert (outcome.reused_from, outcome.coverage) == (None, 1.0)


def test_what_doubts_the_recorded_regions_doubts_them_again_but_that_they_were_late(spotted_home, tmp_path):
    noise = np.random.default_rng(2).integers(0, 256, (400, 400)).astype(np.uint8)
    noise[::8, ::8] = 255
    for y in range(0, 400, 16):
        for x in range(0, 400, 16):
            noise[y : y + 4, x : x + 4] = 255
    Image.fromarray(noise).save(tmp_path / "many.png")
    found = Found("many", tmp_path / "many.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        late = workbench.bench.clock.now() - timedelta(seconds=1)
        attempt = workbench.bench.begin(found, arrival=Arrival("a", "many", late, late))
        workbench.bench.read(attempt)
        workbench.bench.look(attempt)
        recorded = attempt.outcome()
        assert recorded.doubts == ("late", "too-many-regions")
        workbench.bench.stages.recorded = lambda _basis: recorded
        outcome = workbench.answer(found, REUSE).outcome
    assert (outcome.reused_from, outcome.doubts) == ("a", ("too-many-regions",))


def test_a_full_answer_is_repeated_where_time_would_allow_less(two_efforts, tmp_path):
    found = picture(tmp_path / "part.png")
    with Workbench.open(two_efforts, threads=1) as workbench:
        workbench.bench.stages.choose_effort = lambda *_: "fast"
        whole = workbench.answer(found).outcome
        limited = workbench.answer(found, replace(REUSE, budget_s=60.0)).outcome
        other = picture(tmp_path / "other.png", spots=())
        fast = workbench.answer(other, replace(REUSE, budget_s=60.0)).outcome
        again = workbench.answer(other, replace(REUSE, budget_s=60.0)).outcome
    assert (whole.effort, limited.effort, limited.reused_from) == ("full", "full", whole.arrival_id)
    assert (fast.effort, fast.reused_from) == ("fast", None)
    assert (again.effort, again.reused_from) == ("fast", fast.arrival_id)


def test_a_store_that_cannot_be_read_for_a_moment_prevents_no_answer(spotted_home, tmp_path, caplog):
    def locked(*_):
        raise StoreError("ST-LOCKED", "The database is locked.", "Try again.")

    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        bench.stages.recorded = bench.stages.choose_effort = locked
        outcome = bench.attempt(picture(tmp_path / "part.png"), replace(REUSE, budget_s=60.0)).outcome()
    assert (outcome.status, outcome.effort) == (Status.ANSWERED, "full")
    assert caplog.text.count("The database is locked.") == 2
