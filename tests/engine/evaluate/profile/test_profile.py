import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from engine.clock import SystemClock
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.torch_reference import TorchReference
from engine.errors import BackendError, UsageError
from engine.evaluate.match import HIT_IOU
from engine.evaluate.profile.make import Wanted, profile
from engine.evaluate.profile.page import html_profile, json_of, lines_of, sentences, table_of
from engine.evaluate.profile.paper import pdf_profile
from engine.evaluate.profile.plan import Set
from engine.evaluate.profile.variants import MEASURED_ONLY
from engine.evaluate.truth import read_truth
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.registry.pack import pack
from tests.engine.altered import Altered
from tests.engine.tiny_model import picture, write_source

WEAK = Altered(heat=-0.6, precision="fp16", name="weak")
BROKEN = Altered(fails=True, name="broken")
WAITING = Altered(waits="it has no plan", name="waiting")


@pytest.fixture
def source(tmp_path):
    folder = write_source(tmp_path / "source")
    manifest = (folder / "manifest.toml").read_text()
    (folder / "manifest.toml").write_text(manifest + '\n[efforts.fast]\noverlap = 0.0\nflips = ["x"]\n')
    return folder


@pytest.fixture
def annotated(tmp_path):
    picture(tmp_path / "set" / "spots.png", spots=((40, 60), (8, 8)))
    picture(tmp_path / "set" / "clean.png", spots=(), shade=3)
    images = [("spots.png", "a"), ("clean.png", "b")]
    file = {
        "images": [
            {"id": number, "file_name": name, "width": 90, "height": 70, "group": group}
            for number, (name, group) in enumerate(images, 1)
        ],
        "annotations": [
            {"id": number, "image_id": 1, "category_id": 1, "bbox": box, "iscrowd": 0}
            for number, box in enumerate([[58, 38, 8, 8], [6, 6, 8, 8]], 1)
        ],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(file))
    return Set(read_truth(tmp_path / "truth.json"), tmp_path / "set", HIT_IOU[2])


def profiled(source, tmp_path, *table, on_step=lambda _step: None, cancelled=lambda: False, **wanted):
    package = pack(source, tmp_path / "package")
    wanted = Wanted(repeats=2, threads=1, **wanted)
    none = lambda _card, _backend: None  # noqa: E731  # nothing was ever checked
    return profile(package, table, none, wanted, SystemClock(), on_step=on_step, cancelled=cancelled)


def by_name(found):
    return {row.name: row for row in found.rows}


def test_each_effort_of_each_run_time_is_timed_on_the_golden_cases(source, tmp_path):
    steps = []
    found = profiled(source, tmp_path, OnnxCpu(), TorchReference(), on_step=steps.append)
    rows = by_name(found)
    assert list(rows) == [f"onnx-cpu{low} {effort}" for low in ("", " int8") for effort in ("full", "fast")]
    for row in found.rows:
        assert row.speed.answers == 2
        assert 0.0 < row.speed.look_p50_s < row.speed.p50_s <= row.speed.p95_s
        assert row.memory_bytes > 1 << 20
        assert row.gpu_bytes is None
    assert found.timed == ("spot.png",)
    assert found.complete
    assert [step.done for step in steps] == list(range(1, steps[-1].of + 1))
    assert steps[-1].left_s == 0.0
    assert any("Accuracy was not measured" in said for said in sentences(found))


def test_only_what_answers_here_is_kept_for_the_forecasts(source, tmp_path):
    found = profiled(source, tmp_path, OnnxCpu())
    rows = by_name(found)
    assert rows["onnx-cpu fast"].answers
    assert (rows["onnx-cpu int8 full"].answers, rows["onnx-cpu int8 full"].why_not) == (False, MEASURED_ONLY)
    assert [timing.effort for timing in found.timings] == ["full", "full", "fast", "fast"]
    assert {timing.model for timing in found.timings} == {"bright-spots 1.0.0"}
    assert all(timing.workload.calls and timing.workload.threads == 1 for timing in found.timings)


def test_figures_stand_beside_their_cost_with_the_change_against_the_reference(source, tmp_path, annotated):
    found = profiled(source, tmp_path, WEAK, OnnxCpu(), annotated=annotated)
    rows = by_name(found)
    assert found.reference == "onnx-cpu full"
    (full,), (weak,) = rows["onnx-cpu full"].accuracy, rows["weak fp16 full"].accuracy
    assert (full.images, full.findings, full.ap_change) == (2, 2, None)
    assert full.ap_strict.value == pytest.approx(1.0)
    assert (full.sensitivity.value, weak.sensitivity.value, weak.sensitivity_change.value) == (1.0, 0.0, -1.0)
    assert weak.ap_change.value == pytest.approx(0.0)
    assert "its figures in fp16 were not measured" in rows["weak fp16 full"].why_not
    head, table = table_of(found)
    assert [len(row) for row in table] == [len(head)] * 6
    assert html_profile(found).count("<svg") == 2
    words = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf_profile(found))).pages)
    for told in ("weak fp16", "spot", "0.000 (0.000 to 0.000)", "is measured only"):
        assert told in words


def test_what_cannot_answer_here_is_left_out_with_its_reason(source, tmp_path):
    found = profiled(source, tmp_path, BROKEN, WAITING, OnnxCpu())
    told = {one.name: one.reason for one in found.left_out}
    assert told["waiting"] == "it has no plan; `fovea models build bright-spots` makes it"
    assert told["broken full, broken fast"] == "The card fell off the bus"
    assert [line["why_not"] for line in lines_of(found) if "left_out" in line] == list(told.values())


def test_without_a_run_time_that_can_be_measured_the_reasons_are_told(source, tmp_path):
    for table, reason in (((WAITING,), "it has no plan"), ((TorchReference(),), "only the reference")):
        with pytest.raises(BackendError, match=reason) as caught:
            profiled(source, tmp_path / reason, *table)
        assert caught.value.code == "BE-NONE"


def test_a_stop_keeps_what_was_measured(source, tmp_path, annotated):
    steps = []
    found = profiled(
        source, tmp_path, OnnxCpu(), annotated=annotated, on_step=steps.append, cancelled=lambda: len(steps) == 24
    )
    assert not found.complete
    assert len(steps) == 24
    assert found.rows[0].speed.answers >= 1
    assert found.rows[0].accuracy == ()
    assert json_of(found)["complete"] is False
    assert any("stopped before its end" in said for said in sentences(found))


def test_a_set_with_an_image_that_the_model_was_trained_on_is_refused_before_anything_is_timed(
    source, tmp_path, annotated
):
    digest = read_study(find_one(tmp_path / "set" / "clean.png")).study.content_hash
    (source / "trained.txt").write_text(f"{digest}\n")
    steps = []
    with pytest.raises(UsageError) as caught:
        profiled(source, tmp_path, OnnxCpu(), annotated=annotated, on_step=steps.append)
    assert (caught.value.code, steps) == ("US-TRAINED", [])


def test_int8_is_not_calibrated_on_what_it_is_measured_on(source, tmp_path, annotated):
    with pytest.raises(UsageError) as caught:
        profiled(source, tmp_path, OnnxCpu(), annotated=annotated, calibrate=tmp_path / "set")
    assert caught.value.code == "US-CALIBRATE"
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        profiled(source, tmp_path / "again", OnnxCpu(), calibrate=tmp_path / "empty")
    assert caught.value.code == "US-CALIBRATE"


def test_images_that_the_model_does_not_answer_are_not_timed(source, tmp_path, annotated):
    (tmp_path / "set" / "clean.png").write_bytes(b"no picture")
    found = profiled(source, tmp_path, OnnxCpu(), annotated=annotated)
    assert found.timed == ("spots.png",)
    assert by_name(found)["onnx-cpu full"].unanswered == 1
    gone = replace(annotated, folder=tmp_path / "nowhere")
    with pytest.raises(UsageError) as caught:
        profiled(source, tmp_path / "again", OnnxCpu(), annotated=gone)
    assert caught.value.code == "US-EVALUATE"
