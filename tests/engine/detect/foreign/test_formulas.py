"""Each head gives back the boxes that were encoded by its published formula; the encoders here know nothing of it."""

import numpy as np
import pytest

from engine.detect.foreign.dense import moved
from engine.detect.foreign.grids import anchors
from engine.detect.foreign.table import BUILT_IN
from tests.engine.detect.foreign.cards import card_of

TILE, LABELS = (64, 96), 2


def truth(number, seed=4):
    """(2, number, 4) boxes x0, y0, x1, y1 in the tile and (2, number, labels) scores."""
    rng = np.random.default_rng(seed)
    centre = rng.uniform((10, 10), (86, 54), (2, number, 2))
    size = rng.uniform(4, 60, (2, number, 2))
    scores = rng.uniform(0.05, 0.95, (2, number, LABELS))
    return np.concatenate([centre - size / 2, centre + size / 2], axis=-1), scores


def parts(boxes):
    return (boxes[..., :2] + boxes[..., 2:]) / 2, boxes[..., 2:] - boxes[..., :2]


def logit(share):
    return np.log(share / (1 - share))


def levels(strides):
    """x, y of each cell and its stride, walked one by one."""
    for stride in strides:
        for y in range(TILE[0] // stride):
            for x in range(TILE[1] // stride):
                yield x, y, stride


def require_same(kind, outputs, boxes, scores, /, **options):
    card = card_of(kind, **options)
    outputs = {name: np.asarray(value, np.float32) for name, value in outputs.items()}
    for name, shape in BUILT_IN[kind].shapes(card).items():
        assert all(wanted in (None, side) for wanted, side in zip(shape, outputs[name].shape, strict=True))
    found = BUILT_IN[kind].boxes(outputs, card)
    assert found.boxes.dtype == found.scores.dtype == np.float32
    np.testing.assert_allclose(found.boxes[..., [1, 0, 3, 2]], boxes, atol=2e-3)
    np.testing.assert_allclose(found.scores, scores, atol=1e-5)


def test_yolox():
    grid = np.array(list(levels((8, 16, 32))), float)
    boxes, scores = truth(len(grid))
    centre, size = parts(boxes)
    stride = grid[:, 2:]
    raw = np.concatenate([centre / stride - grid[:, :2], np.log(size / stride)], axis=-1)
    objects = np.full((*scores.shape[:2], 1), 0.97)
    require_same("yolox", {"output": np.concatenate([raw, objects, scores / 0.97], axis=-1)}, boxes, scores)


@pytest.mark.parametrize("points", ["centre", "corner"])
@pytest.mark.parametrize("distances", ["pixels", "strides"])
@pytest.mark.parametrize("score", ["product", "root"])
def test_fcos(points, distances, score):
    strides = (8, 16, 32)
    grid = np.array(list(levels(strides)), float)
    boxes, scores = truth(len(grid))
    stride = grid[:, 2:]
    place = grid[:, :2] * stride + (np.floor(stride / 2) if points == "centre" else 0)
    reach = np.concatenate([place - boxes[..., :2], boxes[..., 2:] - place], axis=-1)
    centreness = np.full((*scores.shape[:2], 1), 0.96)
    product = scores**2 if score == "root" else scores
    outputs = {
        "logits": logit(product / 0.96),
        "distances": reach / (stride if distances == "strides" else 1),
        "centreness": logit(centreness),
    }
    options = {"strides": strides, "points": points, "distances": distances, "score": score}
    require_same("fcos", outputs, boxes, scores, **options)


@pytest.mark.parametrize("order", ["sizes", "ratios"])
def test_retinanet(order):
    strides, sizes, ratios = (16, 32), ((20.0, 26.0), (40.0, 52.0)), (0.5, 1.0, 2.0)
    around = []
    for x, y, stride in levels(strides):
        sides = sizes[strides.index(stride)]
        pairs = [(side, ratio) for side in sides for ratio in ratios]
        if order == "ratios":
            pairs = [(side, ratio) for ratio in ratios for side in sides]
        around += [((x + 0.5) * stride, (y + 0.5) * stride, s / r**0.5, s * r**0.5) for s, r in pairs]
    around = np.array(around)
    boxes, scores = truth(len(around))
    centre, size = parts(boxes)
    deltas = np.concatenate([(centre - around[:, :2]) / around[:, 2:], np.log(size / around[:, 2:])], axis=-1)
    options = {"strides": strides, "sizes": sizes, "ratios": ratios, "order": order}
    require_same("retinanet", {"logits": logit(scores), "deltas": deltas}, boxes, scores, **options)


@pytest.mark.parametrize("scores_are", ["softmax", "sigmoid"])
def test_detr(scores_are):
    boxes, scores = truth(30)
    scores = scores / 2.5
    centre, size = parts(boxes)
    shares = np.concatenate([centre, size], axis=-1) / [TILE[1], TILE[0], TILE[1], TILE[0]]
    nothing = 1 - scores.sum(axis=-1, keepdims=True)
    logits = np.log(np.concatenate([scores, nothing], axis=-1)) + 300 if scores_are == "softmax" else logit(scores)
    require_same("detr", {"logits": logits, "boxes": shares}, boxes, scores, scores=scores_are)


@pytest.mark.parametrize("corners", ["xyxy", "yxyx", "cxcywh"])
@pytest.mark.parametrize("unit", ["pixels", "shares"])
def test_lists_of_boxes(corners, unit):
    boxes, _ = truth(7)
    scores, classes = np.random.default_rng(1).uniform(0, 1, (2, 7)), np.tile([1, 2, 1, 2, 2, 0, 3], (2, 1))
    wanted = np.stack([scores * (classes == 1), scores * (classes == 2)], axis=-1)
    centre, size = parts(boxes)
    given = {"xyxy": boxes, "yxyx": boxes[..., [1, 0, 3, 2]], "cxcywh": np.concatenate([centre, size], axis=-1)}[
        corners
    ]
    sides = np.array({"yxyx": [64, 96, 64, 96]}.get(corners, [96, 64, 96, 64]))
    outputs = {"boxes": given / (sides if unit == "shares" else 1), "scores": scores, "classes": classes}
    require_same("boxes", outputs, boxes, wanted, corners=corners, unit=unit, first=1)


def test_the_layouts_of_yolov5_and_yolov8():
    boxes, scores = truth(90)
    rows = np.concatenate([*parts(boxes)], axis=-1)
    objects = np.full((*scores.shape[:2], 1), 0.97)
    require_same("yolov5", {"output0": np.concatenate([rows, objects, scores / 0.97], axis=-1)}, boxes, scores)
    require_same("yolov8", {"output0": np.concatenate([rows, scores], axis=-1).swapaxes(1, 2)}, boxes, scores)


def test_anchors_are_those_that_torchvision_records():
    # torchvision (BSD-3-Clause), tests of the anchor generator: a 15 x 15 image in 3 x 3 cells
    recorded = [[x - 5, y - 5, x + 5, y + 5] for y in (0, 5, 10) for x in (0, 5, 10)]
    found = anchors((15, 15), (5,), ((10,),), (1.0,), offset=0.0, sizes_first=False, rounded=True)
    np.testing.assert_array_equal(found, recorded)


def test_deltas_move_anchors_as_mmdetection_records():
    # MMDetection (Apache-2.0), tests of DeltaXYWHBBoxCoder, before faces are clipped to the image
    around = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1], [5, 5, 5, 5]], float)
    deltas = np.array([[[0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 2, -1], [0.7, -1.9, -0.5, 0.3]]], np.float32)
    recorded = [[0, 0, 1, 1], [0.1409, 0.1409, 2.8591, 2.8591], [-3.1945, 0.3161, 4.1945, 0.6839], [5, 5, 5, 5]]
    np.testing.assert_allclose(moved(around, deltas)[0][:, [1, 0, 3, 2]], recorded, atol=1e-4)


def test_an_exponent_without_end_gives_a_box_that_is_a_number():
    card = card_of("yolox", strides=(32,))
    raw = np.zeros((2, 6, 7), np.float32)
    raw[..., 2:4] = 1e30
    assert np.isfinite(BUILT_IN["yolox"].boxes({"output": raw}, card).boxes).all()
