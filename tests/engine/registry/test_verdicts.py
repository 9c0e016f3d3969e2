import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import StoreError
from engine.program import program_version
from engine.registry.parity import CaseParity, ClassParity, NetworkGap
from engine.registry.verdicts import FigurePair, Verdict, Verdicts
from tests.engine.tiny_model import CARD, card_with

BACKEND = OnnxCpu()
CASES = (
    CaseParity(
        "spot",
        0.001,
        NetworkGap((0.1 + 0.2, 1e-9), float("inf")),
        (ClassParity("spot", 3, 2, 1, (0.75,), (), 0.25, 1 / 3),),
    ),
    CaseParity("empty", None, None, (ClassParity("spot", 0, 0, 0),)),
)
VERDICT = Verdict(
    model=CARD.name,
    model_hash=CARD.hash,
    backend=BACKEND.name,
    precision="fp32",
    identity=BACKEND.identity(),
    program=program_version(),
    reference="torch 2 cpu",
    at=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC),
    cases=CASES,
    differences=("Golden case spot: a region of 'spot' with score 0.750 is missing.",),
    figures=(FigurePair("spot", "AP50", 0.9, 0.89),),
)


def test_a_verdict_comes_back_with_every_bit(home):
    Verdicts(home).keep(CARD, BACKEND, VERDICT)
    assert Verdicts(home).of(CARD, BACKEND) == VERDICT
    assert not VERDICT.passed


def test_a_new_verdict_takes_the_place_of_the_one_before(home):
    Verdicts(home).keep(CARD, BACKEND, VERDICT)
    Verdicts(home).keep(CARD, BACKEND, replace(VERDICT, differences=()))
    assert Verdicts(home).of(CARD, BACKEND).passed
    assert len(list(home.verdicts.iterdir())) == 1


def test_a_verdict_holds_for_one_model_run_time_and_program(home, monkeypatch):
    Verdicts(home).keep(CARD, BACKEND, VERDICT)
    assert Verdicts(home).of(card_with(hash="1" * 64), BACKEND) is None
    monkeypatch.setattr(OnnxCpu, "identity", lambda _self: "onnxruntime 99 cpu")
    assert Verdicts(home).of(CARD, BACKEND) is None
    monkeypatch.undo()
    monkeypatch.setattr("engine.registry.verdicts.program_version", lambda: "99.0")
    assert Verdicts(home).of(CARD, BACKEND) is None


@pytest.mark.parametrize("content", ["", "[]", '{"at": 1}', "{" * 9000, "\x00\xff"])
def test_a_damaged_verdict_is_none_and_is_logged(home, content, caplog):
    Verdicts(home).keep(CARD, BACKEND, VERDICT)
    (path,) = home.verdicts.iterdir()
    path.write_bytes(content.encode("latin-1"))
    assert Verdicts(home).of(CARD, BACKEND) is None
    assert "the check is run again" in caplog.text


def test_a_verdict_under_the_name_of_another_model_is_none(home):
    Verdicts(home).keep(CARD, BACKEND, VERDICT)
    (path,) = home.verdicts.iterdir()
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_hash": "1" * 64}))
    assert Verdicts(home).of(CARD, BACKEND) is None


def test_a_home_that_cannot_be_written_is_named(home):
    home.verdicts.write_text("in the way")
    with pytest.raises(StoreError, match="parity") as caught:
        Verdicts(home).keep(CARD, BACKEND, VERDICT)
    assert caught.value.code == "ST-VERDICT"
