import logging

import numpy as np
import pytest
from PIL import Image

from engine.budget import Budget
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.errors import InputError, StoreError
from engine.intake.find import Found, find, find_one
from engine.pipeline import Bench
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key
from engine.store.outcomes import newest
from tests.engine.altered import Altered
from tests.engine.hand_clock import HandClock
from tests.engine.intake.slices import at, write_series
from tests.engine.tiny_model import picture, write_source
from tests.engine.workbench import Workbench


def test_a_spot_is_flagged_where_it_is_and_the_outcome_is_recorded(spotted_home, tmp_path):
    with Workbench.open(spotted_home, threads=1) as workbench:
        answer = workbench.answer(picture(tmp_path / "part.png"))
        (stored,) = newest(workbench.store, 10)
    (region,) = answer.outcome.regions
    assert answer.outcome.status is Status.ANSWERED
    assert answer.outcome.reading == "flagged"
    assert answer.outcome.coverage == 1.0
    assert region.box_px == (58.0, 38.0, 66.0, 46.0)
    assert stored.outcome.regions == answer.outcome.regions
    assert stored.outcome.arrival_id == answer.outcome.arrival_id
    assert stored.study == answer.study


def test_an_empty_picture_has_nothing_flagged(spotted_home, tmp_path):
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(picture(tmp_path / "part.png", spots=(), shade=3)).outcome
    assert outcome.reading == "nothing flagged"
    assert outcome.flagged is False


def test_a_spot_on_the_seam_of_two_tiles_is_flagged_once(spotted_home, tmp_path):
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(picture(tmp_path / "part.png", (70, 90), ((28, 28),))).outcome
    assert len(outcome.regions) == 1
    assert outcome.regions[0].box_px == (26.0, 26.0, 34.0, 34.0)


def test_regions_have_the_same_bytes_for_any_number_of_threads_alone_or_after_others(spotted_home, tmp_path):
    rng = np.random.default_rng(5)
    Image.fromarray(rng.integers(0, 256, (300, 200)).astype(np.uint8)).save(tmp_path / "noise.png")
    found = Found("noise", tmp_path / "noise.png")
    answers = []
    for threads in (1, 2, 3):
        with Bench.open(Shelf.of(spotted_home), threads=threads) as bench:
            if threads == 2:
                bench.attempt(picture(tmp_path / "other.png"))
            answers.append(bench.attempt(found, Request(threshold=0.01)).regions)
    assert answers[0]
    assert answers[0] == answers[1] == answers[2]


def test_a_region_that_breaks_a_rule_of_its_model_stays_and_its_study_is_doubted(spotted_home, tmp_path):
    source = write_source(tmp_path / "strict")
    manifest = (source / "manifest.toml").read_text().replace("bright-spots", "strict-spots")
    (source / "manifest.toml").write_text(f"{manifest}\n[sanity]\nmost_regions = 1\n")
    pack(source, spotted_home.models / "strict", load_signing_key(tmp_path / "maker.key"))
    found = picture(tmp_path / "two.png", spots=((8, 8), (40, 60)))
    with Workbench.open(spotted_home, threads=1) as workbench:
        lenient, strict = (
            workbench.answer(found, Request(model_id=f"{name}-spots")).outcome for name in ("bright", "strict")
        )
    assert (lenient.doubts, strict.doubts) == ((), ("regions-count",))
    assert lenient.regions == strict.regions != ()


def test_a_budget_that_runs_out_hands_over_what_was_covered(spotted_home, tmp_path):
    # The clock ticks a second at each look, and every stage looks at it: 120 seconds end among the tiles.
    found = picture(tmp_path / "large.png", (400, 400), ((0, 0), (380, 380)))
    clock = HandClock(step_s=1.0)
    with Workbench.open(spotted_home, threads=1, clock=clock) as workbench:
        outcome = workbench.answer(found, budget=Budget(120.0, clock)).outcome
    assert outcome.status is Status.INCOMPLETE
    assert outcome.code == "BU-TIME"
    assert 0.0 < outcome.coverage < 1.0
    assert outcome.flagged is True
    assert outcome.reading == "incomplete, flagged"
    assert [region.box_px for region in outcome.regions] == [(0.0, 0.0, 6.0, 6.0)]
    assert outcome.budget_s == 120.0


def test_a_cancelled_study_is_incomplete_and_recorded(spotted_home, tmp_path):
    budget = Budget()
    budget.cancel()
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(picture(tmp_path / "part.png"), budget=budget).outcome
        assert len(newest(workbench.store, 10)) == 1
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.INCOMPLETE, "BU-CANCELLED", None)


def test_what_intake_refused_becomes_a_refused_outcome(spotted_home, tmp_path):
    refusal = InputError("IN-MISSING", "gone.png is not there.", "Check the path.")
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(Found("gone.png", tmp_path / "gone.png", refusal)).outcome
    assert (outcome.status, outcome.code) == (Status.REFUSED, "IN-MISSING")
    assert outcome.reason == "gone.png is not there. Check the path."


def test_a_colour_picture_is_out_of_domain_for_a_grey_model(spotted_home, tmp_path):
    Image.new("RGB", (64, 64), (9, 99, 199)).save(tmp_path / "colour.png")
    with Workbench.open(spotted_home, threads=1) as workbench:
        (found,) = find([tmp_path / "colour.png"])
        outcome = workbench.answer(found).outcome
    assert outcome.status is Status.OUT_OF_DOMAIN
    assert outcome.flagged is None
    assert "colour" in outcome.reason


def test_a_fault_of_our_own_fails_one_study_is_logged_and_leaves_the_next_answered(
    spotted_home, tmp_path, monkeypatch, caplog
):
    def broken(*_):
        raise ZeroDivisionError("lost the thread")

    with Workbench.open(spotted_home, threads=1) as workbench:
        with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
            patch.setattr("engine.stages.place", broken)
            failed = workbench.answer(picture(tmp_path / "a.png")).outcome
        answered = workbench.answer(picture(tmp_path / "b.png")).outcome
    assert (failed.status, failed.code) == (Status.FAILED, "PR-UNEXPECTED")
    assert "lost the thread" in failed.reason
    assert "Traceback" in caplog.text
    assert answered.status is Status.ANSWERED


def test_another_threshold_flags_more_and_a_model_can_be_named(spotted_home, tmp_path):
    found = picture(tmp_path / "dim.png", spots=(), shade=165)  # sigmoid(20 * 165 / 255 - 14) = 0.26
    with Workbench.open(spotted_home, threads=1) as workbench:
        assert workbench.answer(found, Request("bright-spots")).outcome.flagged is False
        lowered = workbench.answer(found, Request(threshold=0.2)).outcome
    assert lowered.flagged is True
    assert lowered.doubts == ("constant-frame", "threshold-changed")


def test_the_model_is_loaded_once_for_many_studies(spotted_home, tmp_path, monkeypatch):
    loads = []
    load = OnnxCpu.load
    monkeypatch.setattr(OnnxCpu, "load", lambda *given: loads.append(given) or load(*given))
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        for name in ("a.png", "b.png"):
            assert bench.attempt(picture(tmp_path / name)).regions
    assert len(loads) == 1


@pytest.fixture
def run_times(monkeypatch):
    return lambda *table: monkeypatch.setattr("engine.pipeline.backends", lambda _home=None: table)


def test_a_preferred_run_time_answers_once_it_was_compared_with_the_reference(spotted_home, tmp_path, run_times):
    run_times(Altered(heat=-0.0005), OnnxCpu())
    with Workbench.open(spotted_home, threads=1) as workbench:
        first = workbench.answer(picture(tmp_path / "part.png")).outcome
        assert workbench.bench.passed_over == {"bright-spots 1.0.0": ()}
    assert (first.status, first.backend, first.flagged) == (Status.ANSWERED, "altered 1", True)
    (verdict,) = spotted_home.verdicts.iterdir()
    written = verdict.stat().st_mtime_ns
    with Workbench.open(spotted_home, threads=1) as workbench:
        assert workbench.answer(picture(tmp_path / "part.png")).outcome.backend == "altered 1"
    assert verdict.stat().st_mtime_ns == written


def test_a_run_time_that_differs_from_the_reference_is_not_used_and_its_difference_is_said(
    spotted_home, tmp_path, run_times, caplog
):
    run_times(Altered(box=0.2), OnnxCpu())
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(picture(tmp_path / "part.png")).outcome
        ((one,),) = workbench.bench.passed_over.values()
    assert outcome.status is Status.ANSWERED
    assert outcome.backend.startswith("onnxruntime ")
    assert "altered: it differs from the reference: Golden case spot" in str(one)
    assert "does not answer with bright-spots 1.0.0" in caplog.text


def test_where_no_run_time_may_answer_the_study_fails_with_the_reasons(spotted_home, tmp_path, run_times):
    run_times(Altered(box=0.2))
    with Workbench.open(spotted_home, threads=1) as workbench:
        outcome = workbench.answer(picture(tmp_path / "part.png")).outcome
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.FAILED, "BE-NONE", None)
    assert "altered: it differs from the reference" in outcome.reason


def test_a_cache_folder_that_cannot_be_made_is_named(spotted_home, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(StoreError) as caught, Bench.open(Shelf.of(spotted_home)):
        pass
    assert caught.value.code == "ST-CACHE"


def test_a_series_is_one_study_with_its_instances_in_slice_order(spotted_home, tmp_path):
    write_series(tmp_path / "ct", [at(depth) for depth in (4.0, 2.0, 0.0)], Modality=None)
    with Workbench.open(spotted_home, threads=1) as workbench:
        answer = workbench.answer(find_one(tmp_path / "ct"), Request(modality="CT"))
        (stored,) = newest(workbench.store, 10)
    assert answer.outcome.status is Status.OUT_OF_DOMAIN
    assert answer.outcome.doubts == ("modality-stated",)
    assert "modality CT" in answer.outcome.reason
    assert answer.study is not None
    assert answer.scan is not None
    assert (answer.study.kind, answer.scan.shape) == ("volume", (3, 6, 8))
    names = ["002.dcm", "001.dcm", "000.dcm"]
    assert [instance.path for instance in answer.study.instances] == [str(tmp_path / "ct" / name) for name in names]
    assert len(answer.scan.slices) == 3
    assert stored.study == answer.study


def test_a_budget_that_runs_out_while_a_series_is_read_leaves_it_incomplete(spotted_home, tmp_path):
    write_series(tmp_path / "ct", [at(2.0 * number) for number in range(20)])
    clock = HandClock(step_s=1.0)
    with Bench.open(Shelf.of(spotted_home), threads=1, clock=clock) as bench:
        attempt = bench.attempt(find_one(tmp_path / "ct"), budget=Budget(10.0, clock))
    outcome = attempt.outcome()
    assert attempt.loaded is None
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.INCOMPLETE, "BU-TIME", None)
