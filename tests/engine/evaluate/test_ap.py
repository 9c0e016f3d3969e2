import io
import math
from contextlib import redirect_stdout

import numpy as np
import pytest

from engine.evaluate.ap import at_overlaps, average_precision, mean_average_precision
from engine.evaluate.match import Array, ImageCase, match_all
from tests.engine.evaluate.cases import case, random_cases


def _sides(box: Array) -> list[float]:
    x0, y0, x1, y1 = box.tolist()
    return [x0, y0, x1 - x0, y1 - y0]


def _peer(cases: list[ImageCase], least_iou: float) -> float:
    """AP by pycocotools on the same boxes."""
    coco = pytest.importorskip("pycocotools.coco", reason="the peer of this figure is a development dependency")
    cocoeval = pytest.importorskip("pycocotools.cocoeval")
    truth, answers = [], []
    for number, one in enumerate(cases, 1):
        for box, crowd in zip(one.truth, one.crowd, strict=True):
            known_box = {"id": len(truth) + 1, "image_id": number, "category_id": 1, "iscrowd": int(crowd)}
            truth.append({**known_box, "bbox": _sides(box), "area": 1.0})
        for box, score in zip(one.boxes, one.scores, strict=True):
            answers.append({"image_id": number, "category_id": 1, "bbox": _sides(box), "score": float(score)})
    with redirect_stdout(io.StringIO()):
        known = coco.COCO()
        known.dataset = {
            "info": {},
            "images": [{"id": number} for number in range(1, len(cases) + 1)],
            "annotations": truth,
            "categories": [{"id": 1}],
        }
        known.createIndex()
        peer = cocoeval.COCOeval(known, known.loadRes(answers), "bbox")
        peer.params.iouThrs = np.array([least_iou])
        peer.evaluate()
        peer.accumulate()
    precision = peer.eval["precision"][0, :, 0, 0, -1]
    return float(precision[precision > -1].mean())


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("least_iou", [0.33, 0.5, 0.75])
def test_ap_equals_pycocotools(seed: int, least_iou: float) -> None:
    cases = random_cases(seed)
    assert average_precision(match_all(cases, least_iou)) == pytest.approx(_peer(cases, least_iou), abs=1e-6)


@pytest.mark.parametrize("seed", [1, 5])
def test_ap_over_the_ten_overlaps_equals_pycocotools(seed: int) -> None:
    cases = random_cases(seed)
    peer = np.mean([_peer(cases, least) for least in np.linspace(0.5, 0.95, 10)])
    assert mean_average_precision(at_overlaps(cases)) == pytest.approx(peer, abs=1e-6)


def test_ap_of_a_perfect_answer_is_one() -> None:
    assert average_precision(match_all([case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.2]])], 0.5)) == 1.0


def test_a_better_scored_false_mark_halves_the_ap() -> None:
    cases = [case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.2], [50, 50, 60, 60, 0.3]])]
    assert average_precision(match_all(cases, 0.5)) == 0.5


def test_a_worse_scored_false_mark_costs_nothing() -> None:
    cases = [case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.2]]), case([], [[50, 50, 60, 60, 0.1]])]
    assert average_precision(match_all(cases, 0.5)) == 1.0


def test_ap_without_anything_to_find_is_no_number() -> None:
    assert math.isnan(average_precision(match_all([case([], [[0, 0, 1, 1, 0.9]])], 0.5)))


def test_ap_without_any_answer_is_zero() -> None:
    assert average_precision(match_all([case([[0, 0, 9, 9]], [])], 0.5)) == 0.0


def test_more_than_a_hundred_detections_of_an_image_count():
    places = [[12.0 * k, 0.0, 12.0 * k + 10, 10.0] for k in range(150)]
    matched = match_all([case(places, [[*box, 0.9] for box in places])], 0.5)
    assert average_precision(matched) == 1.0
