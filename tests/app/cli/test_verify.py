import json

import pytest

from app.cli.main import main
from engine.detect.onnx_cpu import OnnxCpu
from tests.engine.altered import Altered
from tests.engine.tiny_model import picture


@pytest.fixture
def run_times(monkeypatch):
    def table(*backends):
        for module in ("app.cli.verify", "app.cli.doctor_parity"):
            monkeypatch.setattr(f"{module}.backends", lambda _home=None: backends)

    return table


def verify(capsys, *options):
    status = main(["models", "verify", "bright-spots", "--threads", "1", "--json", *options])
    return status, json.loads(capsys.readouterr().out)


def test_every_run_time_is_compared_and_what_was_found_is_kept(spotted_home, run_times, capsys):
    run_times(Altered(), OnnxCpu())
    status, line = verify(capsys)
    assert (status, line["golden"]) == (0, [])
    assert [one["backend"] for one in line["parity"]] == ["altered", "onnx-cpu"]
    assert all(one["passed"] for one in line["parity"])
    assert line["parity"][0]["cases"][0]["classes"][0]["matched"] == 1
    assert len(list(spotted_home.verdicts.iterdir())) == 2


def test_a_run_time_that_differs_is_named_in_words_and_the_status_says_so(spotted_home, run_times, capsys):
    run_times(Altered(box=0.2), OnnxCpu())
    assert main(["models", "verify", "bright-spots"]) == 1
    out = capsys.readouterr().out
    assert "altered: Golden case spot: 'spot' differs by 0.200 px in a face (limit 0.1)." in out
    assert main(["doctor"]) == 0
    assert "it is not used, since it differs from the reference: Golden case spot" in capsys.readouterr().out


def test_one_that_waits_for_its_plan_is_told_and_is_no_fault_of_the_model(spotted_home, run_times, capsys):
    run_times(Altered(waits="it has no fp32 plan for this GPU yet"), OnnxCpu())
    status, line = verify(capsys)
    assert status == 0
    assert "`fovea models build bright-spots`" in line["parity"][0]["not_checked"]


def test_one_that_cannot_answer_is_a_fault(spotted_home, run_times, capsys):
    run_times(Altered(fails=True), OnnxCpu())
    status, line = verify(capsys)
    assert (status, line["golden"]) == (1, ["altered: The card fell off the bus."])
    assert main(["models", "verify", "bright-spots"]) == 1
    assert "altered was not checked: The card fell off the bus." in capsys.readouterr().out


def test_one_run_time_alone_can_be_asked_for(spotted_home, run_times, capsys):
    run_times(Altered(), OnnxCpu())
    _, line = verify(capsys, "--backend", "onnx-cpu")
    assert [one["backend"] for one in line["parity"]] == ["onnx-cpu"]
    assert main(["models", "verify", "bright-spots", "--backend", "abacus"]) == 2
    assert "US-BACKEND" in capsys.readouterr().err


def test_figures_of_a_lower_precision_are_measured_on_annotated_images(spotted_home, run_times, tmp_path, capsys):
    half = Altered(precision="fp16")
    run_times(half, Altered())
    picture(tmp_path / "spot.png", spots=((40, 60),))
    truth = {
        "images": [{"id": 1, "file_name": "spot.png", "width": 90, "height": 70, "group": "a"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [58, 38, 8, 8], "iscrowd": 0}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    measured = ("--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path))
    status, line = verify(capsys, *measured)
    assert status == 0
    assert [len(one["figures"]) for one in line["parity"]] == [4, 0]
    assert all(figure["full"] == figure["lower"] for figure in line["parity"][0]["figures"])
    _, again = verify(capsys)
    assert again["parity"][0]["figures"] == line["parity"][0]["figures"]
    assert main(["models", "verify", "bright-spots", *measured[:2]]) == 2
    assert "US-EVALUATE" in capsys.readouterr().err


def test_doctor_compares_what_was_not_compared_when_it_warms(spotted_home, run_times, capsys):
    def findings(*arguments):
        main(["doctor", "--json", *arguments])
        lines = map(json.loads, capsys.readouterr().out.splitlines())
        return {line["what"]: line for line in lines if line["what"].startswith("parity")}

    run_times(Altered(), Altered(precision="fp16"), OnnxCpu())
    before = findings()
    assert {line["state"] for line in before.values()} == {"note"}
    assert "not compared" in before["parity of bright-spots 1.0.0 on altered"]["found"]
    after = findings("--warm")
    assert after["parity of bright-spots 1.0.0 on onnx-cpu"]["state"] == "ok"
    assert "1 of 1 golden regions" in after["parity of bright-spots 1.0.0 on altered"]["found"]
    assert after["parity of bright-spots 1.0.0 on altered fp16"]["state"] == "note"


def test_doctor_says_that_a_lower_precision_waits_for_its_figures(spotted_home, run_times, capsys):
    run_times(Altered(precision="fp16"), Altered())
    verify(capsys)
    main(["doctor", "--json"])
    lines = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    (line,) = [line for line in lines if line["what"].endswith("on altered fp16")]
    assert (line["state"], "--truth" in line["next_step"]) == ("note", True)


def test_a_cpu_that_differs_is_lacking(spotted_home, run_times, capsys):
    run_times(Altered(box=0.2, name="onnx-cpu"))
    verify(capsys)
    assert main(["doctor"]) == 1
    assert "lack  parity of bright-spots 1.0.0 on onnx-cpu" in capsys.readouterr().out
