from __future__ import annotations

import json

import pytest

from app.cli.main import main
from engine.detect.device.probe import probe_gpus
from engine.places import Home
from engine.registry.package import read_package

pytest.importorskip("tensorrt_rtx", reason="needs TensorRT for RTX (extra gpu)")
pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(bool(probe_gpus().gpus), reason="is about machines without a GPU"),
]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_without_a_gpu_a_model_gets_plans_for_all_cards_in_both_precisions(
    spotted_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "build", "bright-spots", "--json"]) == 0
    told = [(line["precision"], tuple(line["capabilities"]), line["state"]) for line in lines(capsys)]
    newer = ("8.6", "8.9", "12.0", "12.1")
    assert told == [(precision, cards, "built") for precision in ("fp16", "fp32") for cards in (newer, ("7.5",))]
    model = read_package(spotted_home.models / "bright-spots").card.hash[:12]
    assert len(list(spotted_home.plans.glob(f"{model}-*.plan"))) == 4


def test_a_plan_that_is_there_is_not_made_again(spotted_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["models", "build", "bright-spots", "--precision", "fp16", "--capability", "8.9", "--json"]
    assert main(call) == 0
    assert [line["state"] for line in lines(capsys)] == ["built"]
    assert main(call) == 0
    assert [line["state"] for line in lines(capsys)] == ["ready"]


def test_a_card_that_it_cannot_build_for_fails_with_the_next_step(
    spotted_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "build", "bright-spots", "--capability", "9.0", "--precision", "fp32"]) == 1
    told = capsys.readouterr().out
    assert "BE-CAPABILITY" in told
    assert "full TensorRT SDK" in told


def test_a_plan_for_a_card_that_the_vendor_does_not_list_is_labelled(
    spotted_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "build", "bright-spots", "--capability", "8.0", "--precision", "fp16", "--json"]) == 0
    (line,) = lines(capsys)
    assert line["state"] == "built"
    assert line["reason"] == "unsupported: tensorrt-rtx's vendor does not list 8.0"


def test_a_model_that_is_not_installed_is_wrong_use(spotted_home: Home) -> None:
    assert main(["models", "build", "no-such-model"]) == 2


def test_what_is_no_capability_is_wrong_use(spotted_home: Home) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["models", "build", "bright-spots", "--capability", "sm_89"])
    assert caught.value.code == 2
