"""A GPU that is too small, or gets lost: what is answered then. Runs in the simulator as on a GPU."""

import numpy as np
import pytest

from engine.detect.device import detector as device_detector
from engine.detect.protocol import PreparesTiles
from engine.errors import BackendError
from tests.engine.detect.device.same import assert_same
from tests.engine.detect.device.studies import PICTURE, VOLUME, BothWays, card_of, scan_of

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]

FOREVER = 1 << 30


def study_of(batch=2, **opening):
    return BothWays(scan_of(*PICTURE[:1]), card_of(PICTURE[1], batch), **opening)


def test_out_of_memory_splits_the_batch_and_the_answer_says_so():
    study = study_of(batch=4, batches={2, 1}, short=1)
    looked = study.by_device()
    assert [network.batch for network in study.opener.opened] == [4, 2]
    assert study.opener.opened[0].closed
    assert (looked.backend, looked.doubts) == ("onnx on the host batch 2", ())
    np.testing.assert_allclose(looked.candidates.boxes, study.by_cpu().candidates.boxes, atol=1e-4)


def test_where_no_smaller_batch_has_a_plan_the_tiles_are_split(caplog):
    study = BothWays(scan_of(VOLUME[0], np.int16), card_of(VOLUME[1], 2), short=2)
    with caplog.at_level("DEBUG", device_detector.__name__):
        looked = study.by_device()
    assert [f"by batches of 2 in {parts} part" in caplog.text for parts in (1, 2, 4)] == [True, True, True]
    assert [network.batch for network in study.opener.opened] == [2, 2]
    assert looked.doubts == ()
    assert_same(looked, study.by_cpu())


def test_a_gpu_too_small_for_anything_leaves_the_study_to_the_cpu_with_a_doubt():
    study = study_of(short=FOREVER)
    looked = study.by_device()
    assert looked.doubts == ("gpu-out-of-memory",)
    assert looked.backend.startswith("onnxruntime ")
    assert_same(looked, study.by_cpu())


def test_a_model_that_finds_no_memory_when_it_is_loaded_is_tried_again_for_each_study():
    study = study_of(full=FOREVER)
    assert study.by_device().doubts == ("gpu-out-of-memory",)
    study.opener.full = 0
    assert study.by_device().backend == "onnx on the host"


def test_a_gpu_lost_amid_a_study_is_tried_once_more_from_the_beginning():
    study = study_of(batch=1, lost=1, answered=2)
    looked = study.by_device()
    assert [network.closed for network in study.opener.opened] == [True, False]
    assert looked.doubts == ()
    assert_same(looked, study.by_cpu())


def test_a_gpu_lost_twice_leaves_the_study_to_the_cpu_and_is_asked_again_for_the_next():
    study = study_of(lost=2)
    looked = study.by_device()
    assert looked.doubts == ("gpu-lost",)
    assert looked.backend.startswith("onnxruntime ")
    assert_same(looked, study.by_cpu())
    again = study.by_device()
    assert (again.backend, again.doubts) == ("onnx on the host", ())
    assert len(study.loaded_on_cpu) == 1


def test_a_context_renewed_for_one_model_is_a_new_one_for_all():
    other, lost = study_of(), study_of(lost=1)
    other.by_device()
    lost.by_device()
    other.by_device()
    assert [network.closed for network in other.opener.opened] == [True, False]


def test_a_graph_that_the_run_time_refuses_is_refused_when_it_is_loaded():
    def refused(card):
        raise BackendError("BE-LOAD", "No.", "Use another.")

    with pytest.raises(BackendError) as caught:
        study_of(graph_of=refused)
    assert caught.value.code == "BE-LOAD"


def test_batches_of_the_host_are_answered_as_on_the_cpu():
    study = study_of(batch=2)
    tiles = np.random.default_rng(2).random((2, 1, 16, 16), np.float32)
    raw, wanted = study.detector.run(tiles), study.load_on_cpu().run(tiles)
    assert raw.heat.tobytes() == wanted.heat.tobytes()
    assert raw.box.tobytes() == wanted.box.tobytes()
    assert study.detector.backend == "onnx on the host"
    assert isinstance(study.detector, PreparesTiles)


def test_a_plan_refused_when_it_is_put_there_again_leaves_the_study_to_the_cpu():
    study = study_of(lost=1)
    study.opener.refused = 1
    looked = study.by_device()
    assert looked.doubts == ("gpu-not-loaded",)
    assert_same(looked, study.by_cpu())


def test_a_closed_detector_holds_nothing():
    study = study_of(lost=2)
    study.by_device()
    study.detector.close()
    assert all(network.closed for network in study.opener.opened)
    assert study.loaded_on_cpu  # and its session is let go with it
