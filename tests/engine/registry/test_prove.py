import json

import onnx
import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import BackendError, ModelError, OutOfDomainError
from engine.registry.pack import pack
from engine.registry.prove import prove, prove_and_keep, prove_missing
from engine.registry.verdicts import FigurePair, Verdicts
from tests.engine.altered import Altered
from tests.engine.tiny_model import write_source, write_volume_source


def packed(source):
    return pack(source, source.parent / "package")


@pytest.mark.parametrize("write", [write_source, write_volume_source])
def test_a_run_time_that_answers_as_the_maker_did_passes(tmp_path, write):
    package = packed(write(tmp_path / "source"))
    verdict = prove(package, Altered(), threads=1)
    assert verdict.passed
    assert (verdict.model, verdict.backend, verdict.precision) == (package.card.name, "altered", "fp32")
    (case,) = verdict.cases
    assert case.prepare is None
    assert case.network.box_px < 1e-4
    (of_class,) = case.classes
    assert (of_class.label, of_class.wanted, of_class.found, of_class.matched) == ("spot", 1, 1, 1)


def test_without_torch_another_run_time_is_compared_with_the_embedded_one(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.detect.torch_reference.TorchReference.why_not", lambda _self: "not installed")
    package = packed(write_source(tmp_path / "source"))
    assert prove(package, Altered(), threads=1).reference.startswith("onnxruntime ")
    alone = prove(package, OnnxCpu(), threads=1)
    assert (alone.reference, alone.cases[0].network, alone.passed) == ("", None, True)


@pytest.mark.learn
def test_with_torch_every_run_time_is_compared_with_it(tmp_path):
    pytest.importorskip("torch", reason="the reference needs the extra learn")
    verdict = prove(packed(write_source(tmp_path / "source")), OnnxCpu(), threads=1)
    assert verdict.reference.startswith("torch ")
    assert verdict.cases[0].network.heat[0] < 1e-6


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        (Altered(heat=0.002), "the network's probability of 'spot' differs by 0.00"),
        (Altered(heat=-0.002), "'spot' differs by 0.00"),
        (Altered(box=0.2), "a face of the network differs by 0.200 px (limit 0.1)"),
        (Altered(box=0.2), "'spot' differs by 0.200 px in a face (limit 0.1)"),
        (Altered(heat=-0.6), "a region of 'spot' with score 0.99"),
        (Altered(prepare=0.01), "a prepared value differs by 0.01 (limit 0.002)"),
    ],
)
def test_what_lies_beyond_the_limits_of_the_manifest_does_not_pass(tmp_path, altered, said):
    verdict = prove(packed(write_source(tmp_path / "source")), altered, threads=1)
    assert not verdict.passed
    assert [line for line in verdict.differences if line.startswith("Golden case spot: ") and said in line]


def test_a_device_that_makes_the_same_tensors_passes_with_its_difference_measured(tmp_path):
    verdict = prove(packed(write_source(tmp_path / "source")), Altered(prepare=0.0), threads=1)
    assert verdict.passed
    assert verdict.cases[0].prepare == 0.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": 0.5}, "'spot' differs by 0.4"),
        ({"box_px": [2.0, 6.0, 10.5, 14.0]}, "0.500 px in a face (limit 0.1)"),
        ({"label": "scratch"}, "a region of 'scratch'"),
    ],
)
def test_the_regions_are_held_against_those_that_were_packed(tmp_path, change, said):
    source = write_source(tmp_path / "source")
    golden = source / "golden" / "spot.json"
    held = json.loads(golden.read_text())
    held["regions"][0] |= change
    golden.write_text(json.dumps(held))
    assert said in prove(packed(source), OnnxCpu(), threads=1).differences[0]


def test_a_wanted_region_too_many_is_a_difference_of_volumes_as_well(tmp_path):
    source = write_volume_source(tmp_path / "source")
    golden = source / "golden" / "spot.json"
    held = json.loads(golden.read_text())
    held["regions"][0]["box_vox"][5] += 0.5
    golden.write_text(json.dumps(held))
    (difference,) = prove(packed(source), OnnxCpu(), threads=1).differences
    assert "0.500 px in a face" in difference


def test_a_run_time_that_cannot_answer_gives_no_verdict(tmp_path):
    with pytest.raises(BackendError, match="fell off the bus"):
        prove(packed(write_source(tmp_path / "source")), Altered(fails=True), threads=1)


def test_a_case_that_the_model_was_not_made_for_is_an_error_of_the_package(tmp_path):
    source = write_source(tmp_path / "source")
    manifest = source / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("size_px = [8, 4096]", "size_px = [500, 4096]"))
    with pytest.raises(OutOfDomainError):
        prove(packed(source), OnnxCpu(), threads=1)


def test_a_graph_that_does_not_fit_its_manifest_is_an_error_of_the_package(tmp_path):
    source = write_source(tmp_path / "source")
    model = onnx.load(source / "model.onnx")
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 3
    model.graph.output[0].type.tensor_type.shape.dim[0].dim_value = 3
    model.graph.output[1].type.tensor_type.shape.dim[0].dim_value = 3
    onnx.save(model, source / "model.onnx")
    with pytest.raises(ModelError) as caught:
        prove(packed(source), OnnxCpu(), threads=1)
    assert caught.value.code == "MD-GRAPH"


def test_what_has_no_verdict_is_checked_once_and_what_cannot_be_stays_without_one(tmp_path, home, caplog):
    package, verdicts = packed(write_source(tmp_path / "source")), Verdicts(home)
    good, bad, broken = Altered(), Altered(box=0.2), Altered(fails=True)
    prove_missing((package,), (broken, good, bad), verdicts, threads=1)
    assert verdicts.of(package.card, good).passed
    assert not verdicts.of(package.card, bad).passed
    assert verdicts.of(package.card, broken) is None
    assert "could not be checked on altered: The card fell off the bus." in caplog.text
    before = verdicts.of(package.card, good)
    prove_missing((package,), (good,), verdicts, threads=1)
    assert verdicts.of(package.card, good) == before


def test_what_is_not_ready_and_lower_precisions_are_not_checked_by_themselves(tmp_path, home):
    package = packed(write_source(tmp_path / "source"))
    prove_missing(
        (package,), (Altered(waits="its plan is being built"), Altered(precision="fp16")), Verdicts(home), threads=1
    )
    assert not home.verdicts.exists()


def test_figures_that_were_measured_are_kept_when_the_check_is_run_again(tmp_path, home):
    package, verdicts = packed(write_source(tmp_path / "source")), Verdicts(home)
    figures = (FigurePair("spot", "AP50", 0.9, 0.9),)
    assert prove_and_keep(package, OnnxCpu(), verdicts, threads=1, figures=figures).figures == figures
    assert prove_and_keep(package, OnnxCpu(), verdicts, threads=1).figures == figures
    assert verdicts.of(package.card, OnnxCpu()).figures == figures
