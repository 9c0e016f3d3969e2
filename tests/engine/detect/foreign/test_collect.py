import numpy as np
import pytest

from engine.detect.foreign.collect import BoxCollector, MapCollector
from engine.detect.foreign.table import BUILT_IN
from engine.domain.model_card import Effort
from engine.domain.scan import Provenance, Scan
from engine.errors import BackendError
from engine.prepare.layout import lay_out
from tests.engine.detect.foreign.cards import card_of

CARD = card_of("boxes", labels=("spot",), tile=(32, 32), batch=1, stride=4, corners="yxyx")


def layout_of(card, shape, overlap=0.5):
    scan = Scan(np.zeros(shape, np.uint8), "photograph", "photo", "MONOCHROME2", Provenance(("a",), "made here"))
    return lay_out(scan, card.input, card.head.stride, Effort("full", overlap))


def seen(layout, findings):
    """What a perfect network says of each tile: the part of each finding that it sees, in the tile's own frame."""
    for origin in layout.origins:
        boxes = []
        for y0, x0, y1, x1 in findings:
            y, x = origin
            part = [max(y0 - y, 0), max(x0 - x, 0), min(y1 - y, 32), min(x1 - x, 32)]
            boxes += [part] if part[0] < part[2] and part[1] < part[3] else []
        boxes = np.array(boxes or np.zeros((1, 4)), np.float32)[None]
        scores = np.full(boxes.shape[:2], 0.9, np.float32) * (boxes[..., 2] > 0)
        yield {"boxes": boxes, "scores": scores}, (origin,)


def test_a_finding_up_to_the_overlap_comes_out_once_and_whole_wherever_it_lies():
    layout = layout_of(CARD, (100, 90))
    rng = np.random.default_rng(7)
    for _ in range(200):
        y, x = rng.uniform(0, 80), rng.uniform(0, 70)
        finding = (y, x, y + rng.uniform(2, 16), x + rng.uniform(2, 16))
        collector = BoxCollector(BUILT_IN["boxes"], CARD, layout)
        for outputs, origins in seen(layout, [finding]):
            collector.add(outputs, origins)
        found = collector.candidates()
        np.testing.assert_allclose(found.boxes, [finding], atol=1e-3)


def test_scores_below_the_least_threshold_and_boxes_without_size_are_left_out():
    layout = layout_of(CARD, (32, 32))
    collector = BoxCollector(BUILT_IN["boxes"], CARD, layout)
    boxes = np.array([[[4, 4, 12, 12], [16, 16, 24, 24], [20, 20, 20, 28]]], np.float32)
    collector.add({"boxes": boxes, "scores": np.array([[0.04, 0.5, 0.9]], np.float32)}, ((0, 0),))
    assert collector.candidates().boxes.tolist() == [[16, 16, 24, 24]]


@pytest.mark.parametrize(("score", "face"), [(1.2, 4.0), (-0.1, 4.0), (np.nan, 4.0), (0.5, np.nan), (0.5, np.inf)])
def test_what_is_no_score_or_no_number_is_refused(score, face):
    collector = BoxCollector(BUILT_IN["boxes"], CARD, layout_of(CARD, (32, 32)))
    outputs = {"boxes": np.array([[[face, 4, 12, 12]]], np.float32), "scores": np.array([[score]], np.float32)}
    with pytest.raises(BackendError) as caught:
        collector.add(outputs, ((0, 0),))
    assert caught.value.code == "BE-VALUES"


def test_padding_of_the_last_batch_says_nothing():
    collector = BoxCollector(BUILT_IN["boxes"], CARD, layout_of(CARD, (32, 32)))
    outputs = {
        "boxes": np.tile(np.array([[[4, 4, 12, 12]]], np.float32), (2, 1, 1)),
        "scores": np.ones((2, 1), np.float32),
    }
    collector.add(outputs, ((0, 0),))
    assert len(collector.candidates().boxes) == 1


def test_a_map_region_across_tiles_is_one_region():
    card = card_of("heat-map", labels=("spot",), tile=(32, 32), batch=1, stride=4)
    layout = layout_of(card, (64, 64))
    whole = np.zeros((16, 16), np.float32)
    whole[5:7, 2:15] = 0.8
    collector = MapCollector(BUILT_IN["heat-map"], card, layout)
    for origin in layout.origins:
        y, x = (low // 4 for low in origin)
        collector.add({"heat": whole[None, None, y : y + 8, x : x + 8]}, (origin,))
    found = collector.candidates()
    assert found.boxes.tolist() == [[20, 8, 28, 60]]
    np.testing.assert_allclose(found.scores, [0.8], rtol=1e-6)
