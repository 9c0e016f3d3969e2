import numpy as np
import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import BackendError, ModelError
from tests.engine.tiny_model import CARD, card_with, graph_of


def load(graph=None, card=CARD):
    return OnnxCpu().load(graph or graph_of(card), card, threads=1)


def test_a_bright_cell_has_a_high_probability_and_a_box():
    tiles = np.zeros((2, 1, 32, 32), np.float32)
    tiles[0, 0, 8:12, 16:20] = 1.0
    raw = load().run(tiles)
    assert raw.heat.shape == (2, 1, 8, 8)
    assert raw.heat[0, 0, 2, 4] == pytest.approx(1 / (1 + np.exp(-6.0)), abs=1e-6)
    assert raw.heat[1].max() < 1e-5
    assert (raw.box == 4.0).all()


def test_the_same_tiles_give_the_same_bytes_twice():
    tiles = np.random.default_rng(1).random((2, 1, 32, 32), np.float32)
    detector = load()
    first, second = detector.run(tiles), load().run(tiles)
    assert first.heat.tobytes() == second.heat.tobytes() == detector.run(tiles).heat.tobytes()


@pytest.mark.parametrize("tiles", [np.zeros((1, 1, 32, 32), np.float32), np.zeros((2, 1, 32, 32), np.float64)])
def test_another_shape_or_type_is_refused(tiles):
    with pytest.raises(BackendError) as caught:
        load().run(tiles)
    assert caught.value.code == "BE-SHAPE"


def test_outputs_that_are_no_numbers_are_never_answers():
    tiles = np.full((2, 1, 32, 32), np.nan, np.float32)
    with pytest.raises(BackendError) as caught:
        load().run(tiles)
    assert caught.value.code == "BE-VALUES"


def test_a_graph_that_does_not_fit_its_manifest_is_refused():
    with pytest.raises(ModelError, match="image"):
        load(graph_of(), card_with(input=CARD.input.__class__(1, (64, 32), 2, None, 0.0, 1.0, (0.0,), (1.0,))))
    with pytest.raises(ModelError, match="heat"):
        load(graph_of(), card_with(labels=("spot", "scratch")))


def test_bytes_that_are_no_graph_are_refused():
    with pytest.raises(BackendError) as caught:
        load(b"not a graph")
    assert caught.value.code == "BE-LOAD"
