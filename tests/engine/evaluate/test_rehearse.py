import json

import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import InputError
from engine.evaluate.rehearse import complete_golden, store_reference
from engine.registry.pack import pack
from engine.registry.prove import prove
from tests.engine.tiny_model import write_source, write_volume_source


def test_a_golden_picture_is_answered_and_the_answer_lies_beside_it(tmp_path):
    source = write_source(tmp_path / "source")
    (region,) = json.loads((source / "golden" / "spot.json").read_text())["regions"]
    assert region["box_px"] == [2.0, 6.0, 10.0, 14.0]


def test_only_pictures_without_an_answer_are_answered(tmp_path):
    source = write_source(tmp_path / "source")
    (source / "golden" / "spot.json").write_text("kept")
    (source / "golden" / "again.png").write_bytes((source / "golden" / "spot.png").read_bytes())
    assert complete_golden(source) == ("again",)
    assert (source / "golden" / "spot.json").read_text() == "kept"


def test_a_golden_picture_that_cannot_be_read_is_an_error(tmp_path):
    source = write_source(tmp_path / "source")
    (source / "golden" / "cut.png").write_bytes((source / "golden" / "spot.png").read_bytes()[:40])
    with pytest.raises(InputError):
        complete_golden(source)


def test_a_model_of_volumes_has_golden_volumes(tmp_path):
    source = write_volume_source(tmp_path / "source")
    held = json.loads((source / "golden" / "spot.json").read_text())
    assert all(len(region["box_vox"]) == 6 for region in held["regions"])


def test_without_torch_no_answers_of_the_network_are_stored(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.detect.torch_reference.TorchReference.why_not", lambda _self: "not installed")
    assert store_reference(write_source(tmp_path / "source")) == ()


@pytest.mark.learn
@pytest.mark.parametrize("write", [write_source, write_volume_source])
def test_what_torch_answers_is_stored_once_and_is_what_others_are_held_against(tmp_path, write, monkeypatch):
    pytest.importorskip("torch", reason="the reference needs the extra learn")
    source = write(tmp_path / "source")
    assert store_reference(source) == ("spot",)
    assert store_reference(source) == ()
    monkeypatch.setattr("engine.detect.torch_reference.TorchReference.why_not", lambda _self: "not installed")
    verdict = prove(pack(source, tmp_path / "package"), OnnxCpu(), threads=1)
    assert (verdict.passed, verdict.reference) == (True, "the answers stored in the package")
    assert verdict.cases[0].network.heat[0] < 1e-6
