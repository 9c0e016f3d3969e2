"""What every back end has to keep, one row each. A row that cannot run on this machine is skipped with its reason."""

from dataclasses import replace

import numpy as np
import onnx
import pytest
from onnx import helper

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.look import look
from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import BackendError, Cancelled, ModelError
from engine.prepare.pool import RowPool
from engine.registry.pack import pack
from engine.registry.prove import prove
from engine.stopwatch import Stopwatch
from tests.conformance.backends import loaded, model, rows, study, tiles_for
from tests.engine.tiny_model import write_source

HEAT = {"fp32": 1e-5, "fp16": 4e-3}
BOX_PX = {"fp32": 1e-3, "fp16": 0.1}
"""How far an answer may be from that of ONNX Runtime, for networks of two layers."""


@pytest.fixture(params=rows())
def backend(request):
    if reason := request.param.why_not():
        pytest.skip(reason)
    return request.param


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("tile", [(16, 16), (8, 24), (8, 12, 8)])
def test_any_shape_and_batch_is_answered_as_by_onnx_runtime(backend, tile, batch, channels):
    graph, card = model(tile, batch=batch, channels=channels)
    tiles = tiles_for(card)
    answer, wanted = loaded(backend, graph, card).run(tiles), OnnxCpu().load(graph, card, 1).run(tiles)
    cells = tuple(side // 4 for side in tile)
    assert (answer.heat.shape, answer.heat.dtype) == ((batch, 2, *cells), np.float32)
    assert (answer.box.shape, answer.box.dtype) == ((batch, 2 * len(tile), *cells), np.float32)
    np.testing.assert_allclose(answer.heat, wanted.heat, rtol=0.0, atol=HEAT[backend.precision])
    np.testing.assert_allclose(answer.box, wanted.box, rtol=0.0, atol=BOX_PX[backend.precision])
    assert wanted.heat.std() > 0.01


@pytest.mark.parametrize(
    "change",
    [
        lambda tiles: tiles[:1],
        lambda tiles: tiles[..., :-4],
        lambda tiles: tiles[:, :, None],
        lambda tiles: tiles.astype(np.float64),
        lambda tiles: tiles.astype(np.float16),
        lambda tiles: (tiles * 255).astype(np.uint8),
    ],
)
def test_another_shape_or_type_is_refused(backend, change):
    graph, card = model(batch=2)
    with pytest.raises(BackendError) as caught:
        loaded(backend, graph, card).run(change(tiles_for(card)))
    assert caught.value.code == "BE-SHAPE"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_single_pixel_that_is_no_number_is_never_answered(backend, value):
    graph, card = model(batch=2)
    tiles = tiles_for(card)
    tiles[1, 0, 7, 5] = value
    with pytest.raises(BackendError) as caught:
        loaded(backend, graph, card).run(tiles)
    assert caught.value.code == "BE-VALUES"


@pytest.mark.parametrize("kind", ["Exp", "Relu"])
def test_answers_that_are_no_probabilities_are_errors(backend, kind):
    def without_sigmoid(card):
        graph = onnx.load_model_from_string(model(batch=card.input.batch)[0])
        for node in graph.graph.node:
            if list(node.output) == ["heat"]:
                node.CopyFrom(helper.make_node(kind, [node.input[0]], ["heat"]))
        for weights in graph.graph.initializer:
            if weights.name == next(n for n in graph.graph.node if n.op_type == "Conv").input[1]:
                values = onnx.numpy_helper.to_array(weights) * np.float32(100.0)
                weights.CopyFrom(onnx.numpy_helper.from_array(values, weights.name))
        return graph.SerializeToString()

    graph, card = model(batch=2, graph_of=without_sigmoid)
    with pytest.raises(BackendError) as caught:
        loaded(backend, graph, card).run(tiles_for(card) * np.float32(50.0))
    assert caught.value.code == "BE-VALUES"


def test_the_same_tiles_give_the_same_bytes_each_time_and_however_often_it_is_loaded(backend):
    graph, card = model(batch=2)
    tiles, others = tiles_for(card), tiles_for(card, seed=4)
    detector = loaded(backend, graph, card)
    first = detector.run(tiles)
    detector.run(others)
    again, anew = detector.run(tiles), loaded(backend, graph, card).run(tiles)
    assert first.heat.tobytes() == again.heat.tobytes() == anew.heat.tobytes()
    assert first.box.tobytes() == again.box.tobytes() == anew.box.tobytes()


def test_a_tile_is_answered_alike_whatever_lies_beside_it(backend):
    graph, card = model(batch=2)
    detector = loaded(backend, graph, card)
    tiles = tiles_for(card)
    padded = tiles.copy()
    padded[1] = 0.0
    assert detector.run(tiles).heat[0].tobytes() == detector.run(padded).heat[0].tobytes()


def test_tiles_that_are_not_contiguous_are_answered_as_their_copy(backend):
    graph, card = model((16, 16), batch=2)
    detector = loaded(backend, graph, card)
    tiles = np.asfortranarray(tiles_for(card))
    assert detector.run(tiles).heat.tobytes() == detector.run(np.ascontiguousarray(tiles)).heat.tobytes()


def test_a_graph_that_does_not_fit_its_manifest_is_refused(backend):
    graph, card = model(batch=2)
    for other in (
        replace(card, labels=("spot",)),
        replace(card, input=replace(card.input, tile=(16, 32))),
        replace(card, input=replace(card.input, batch=1)),
    ):
        with pytest.raises((ModelError, BackendError)) as caught:
            loaded(backend, graph, other)
        assert caught.value.code in {"MD-GRAPH", "BE-LOAD"}


def test_bytes_that_are_no_graph_are_refused(backend):
    _, card = model()
    with pytest.raises(BackendError) as caught:
        loaded(backend, b"not a graph", replace(card, hash="f" * 64))
    assert caught.value.code == "BE-LOAD"


def looked(detector, card, budget):
    scan, layout = study(card)
    with RowPool(1) as pool:
        return look(scan, card, layout, detector, pool, budget, Stopwatch(SystemClock()))


def test_a_cancelled_budget_hands_over_nothing_and_says_that_nothing_was_covered(backend):
    graph, card = model(batch=2)
    budget = Budget()
    budget.cancel()
    found = looked(loaded(backend, graph, card), card, budget)
    assert isinstance(found.stopped_by, Cancelled)
    assert (found.coverage, len(found.candidates.scores)) == (0.0, 0)


def test_a_whole_study_is_answered_as_by_onnx_runtime(backend):
    graph, card = model(batch=2)
    wanted = looked(OnnxCpu().load(graph, card, 1), card, Budget()).candidates
    found = looked(loaded(backend, graph, card), card, Budget())
    assert (found.coverage, found.stopped_by, found.doubts) == (1.0, None, ())
    if backend.precision == "fp32":  # in a lower one, scores that lie close change places
        np.testing.assert_allclose(found.candidates.scores, wanted.scores, rtol=0.0, atol=1e-4)
        np.testing.assert_allclose(found.candidates.boxes, wanted.boxes, rtol=0.0, atol=1e-2)
        np.testing.assert_array_equal(found.candidates.labels, wanted.labels)
    assert len(wanted.scores) > 3


def test_it_says_who_it_is_in_one_line(backend):
    graph, card = model()
    assert backend.precision in {"fp32", "fp16"}
    for text in (backend.name, backend.identity(), loaded(backend, graph, card).backend):
        assert text.strip() == text != ""
        assert text.isprintable()


def test_it_passes_the_parity_check_of_a_package(backend, tmp_path):
    package = pack(write_source(tmp_path / "source"), tmp_path / "package")
    loaded(backend, package.graph(), package.card).close()
    verdict = prove(package, backend, threads=1)
    assert verdict.differences == ()
    assert [case.classes[0].matched for case in verdict.cases] == [1]
