"""The device path with ONNX Runtime as its network: on a GPU, or in the simulator, which is never counted as one."""

import numpy as np
import pytest

from engine.budget import Budget
from engine.detect.device import detector as device_detector
from engine.detect.device.plan import RESERVE_BYTES
from engine.errors import BackendError, BudgetExceeded
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from tests.engine.detect.device.same import assert_same
from tests.engine.detect.device.studies import PICTURE, VOLUME, BothWays, card_of, scan_of
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import CARD, graph_of

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]


@pytest.mark.parametrize(
    ("shape", "tile", "batch", "flips", "dtype", "most"),
    [
        (*PICTURE, 1, ("",), np.uint8, 20),
        (*PICTURE, 3, ("", "yx"), np.int16, 20),
        (*PICTURE, 3, ("",), np.uint16, 2),
        (*VOLUME, 3, ("", "z"), np.int16, 20),
        ((6, 7, 5), (8, 8, 8), 2, ("",), np.float32, 20),
    ],
)
def test_the_regions_have_the_bytes_of_the_cpu(shape, tile, batch, flips, dtype, most):
    study = BothWays(scan_of(shape, dtype), card_of(tile, batch, most=most), flips)
    looked, wanted = study.by_device(), study.by_cpu()
    assert_same(looked, wanted)
    assert len(wanted.candidates.scores) > 1
    assert wanted.candidates.cut_off == (most == 2)
    assert (looked.backend, looked.doubts, looked.stopped_by) == ("onnx on the host", (), None)


@pytest.mark.parametrize(("shape", "tile", "batch"), [(*PICTURE, 1), (*PICTURE, 3), (*VOLUME, 3)])
def test_tiles_looked_at_again_have_the_bytes_of_the_cpu(shape, tile, batch):
    once = BothWays(scan_of(shape, np.int16), card_of(tile, batch))
    tops = tops_of(once)
    limit = (min(tops) + max(tops)) / 2
    study = BothWays(once.scan, once.card, again=(("x", "yx"), limit))
    looked, wanted = study.by_device(), study.by_cpu()
    assert min(tops) < limit < max(tops)
    assert_same(looked, wanted)
    assert looked.candidates.scores.tobytes() != once.by_cpu().candidates.scores.tobytes()


def tops_of(study):
    """The highest heat of each tile."""
    detector = study.load_on_cpu()
    with RowPool(1) as pool:
        maker = TileMaker(study.scan, study.card.input, study.layout, pool)
        return [float(detector.run(maker.make([origin])).heat[0].max()) for origin in study.layout.origins]


def test_a_colour_picture_has_the_bytes_of_the_cpu():
    study = BothWays(scan_of((19, 22, 3)), card_of((16, 16), 3, channels=3))
    looked = study.by_device()
    assert_same(looked, study.by_cpu())
    assert len(looked.candidates.scores) > 1


@pytest.mark.parametrize("dtype", [np.int16, np.float32])
def test_a_resampled_volume_with_a_window_of_its_own_percentiles_has_the_bytes_of_the_cpu(dtype):
    card = card_of((8, 8, 8), 2, spacing_mm=(1.0, 1.0, 1.0), kind="percentiles")
    study = BothWays(scan_of((4, 10, 16), dtype, spacing_mm=(2.5, 0.8, 0.7)), card)
    assert_same(study.by_device(), study.by_cpu())


def test_a_study_sent_in_parts_has_the_bytes_of_the_whole(monkeypatch, caplog):
    study = BothWays(scan_of((26, 9, 8), np.int16), card_of((8, 8, 8), 2))
    monkeypatch.setattr(device_detector, "free_bytes", lambda: RESERVE_BYTES + 4_500)
    with caplog.at_level("DEBUG", device_detector.__name__):
        looked = study.by_device()
    assert "in 1 part" not in caplog.text
    assert "tiles by batches of 2 in " in caplog.text
    assert_same(looked, study.by_cpu())
    assert looked.doubts == ()


@pytest.mark.parametrize("batches", [0, 1, 3])
def test_a_budget_that_runs_out_hands_over_what_was_done(batches):
    clock, answered = HandClock(), []

    def tick():
        answered.append(1)
        if len(answered) == batches:
            clock.pass_s(20.0)

    study = BothWays(scan_of((20, 9, 10), np.int16), card_of((8, 8, 8), 2), then=tick)
    budget = Budget(10.0, clock)
    if batches == 0:
        clock.pass_s(20.0)
    looked = study.by_device(budget)
    assert isinstance(looked.stopped_by, BudgetExceeded)
    assert looked.coverage == study.layout.coverage(2 * batches) < 1.0
    assert (len(looked.candidates.scores) > 0) == (batches > 0)


def test_half_precision_gives_nearly_the_same_regions():
    study = BothWays(scan_of(*PICTURE[:1]), card_of(PICTURE[1], 2), precision="fp16")
    looked, wanted = study.by_device(), study.by_cpu()
    assert len(looked.candidates.scores) == len(wanted.candidates.scores)
    np.testing.assert_allclose(looked.candidates.scores, wanted.candidates.scores, atol=0.01)
    np.testing.assert_allclose(looked.candidates.boxes, wanted.candidates.boxes, atol=0.5)


def test_values_too_large_for_half_precision_are_no_answer():
    study = BothWays(scan_of(*PICTURE[:1]), card_of(PICTURE[1], 2, std=1e-6), precision="fp16")
    with pytest.raises(BackendError, match="65504") as caught:
        study.by_device()
    assert caught.value.code == "BE-VALUES"


@pytest.mark.parametrize("wrong", [{"bias": float("nan")}, {"reach": float("inf")}])
def test_answers_that_are_no_numbers_are_never_nothing_flagged(wrong):
    study = BothWays(scan_of((20, 30)), CARD, graph_of=lambda card: graph_of(card, **wrong))
    with pytest.raises(BackendError) as caught:
        study.by_device()
    assert caught.value.code == "BE-VALUES"


def test_tiles_for_the_parity_check_have_the_bytes_of_the_cpu():
    study = BothWays(scan_of(VOLUME[0], np.int16), card_of(VOLUME[1], 3))
    origins = study.layout.origins[1:3]
    with RowPool(1) as pool:
        wanted = TileMaker(study.scan, study.card.input, study.layout, pool).make(origins)
    assert study.detector.prepared(study.scan, study.layout, origins).tobytes() == wanted.tobytes()
