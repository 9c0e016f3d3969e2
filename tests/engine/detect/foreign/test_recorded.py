"""Each head decodes what a network of its own framework gave as that framework did; see tests/data/README.md."""

from pathlib import Path

import numpy as np
import pytest

from engine.detect.foreign.table import BUILT_IN
from tests.engine.detect.foreign.cards import card_of

HEADS = Path(__file__).resolve().parents[3] / "data" / "heads"
XYXY = [1, 0, 3, 2]
"""From y0, x0, y1, x1 of this program to the order of the frameworks."""


def recorded(name):
    with np.load(HEADS / f"{name}.npz", allow_pickle=False) as held:
        return {key: held[key] for key in held.files}


def decoded(kind, held, **options):
    card = card_of(kind, **options)
    return BUILT_IN[kind].boxes({name: held[name] for name in BUILT_IN[kind].shapes(card)}, card)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("yolox", {}),
        ("fcos", {"strides": (8, 16, 32), "points": "corner", "distances": "strides", "score": "root"}),
        (
            "retinanet",
            {
                "strides": (16, 32),
                "points": "corner",
                "sizes": ((20.0, 26.0), (40.0, 52.0)),
                "order": "ratios",
                "rounded": True,
            },
        ),
    ],
)
def test_dense_heads_decode_as_their_own_framework_does(kind, options):
    held = recorded(kind)
    found = decoded(kind, held, **options)
    np.testing.assert_allclose(found.boxes[..., XYXY], held["boxes"], rtol=2e-5, atol=1e-3)
    np.testing.assert_allclose(found.scores, held["scores"], atol=1e-5)


def test_detr_says_of_each_query_the_class_and_the_box_that_transformers_says():
    held = recorded("detr")
    found = decoded("detr", held)
    np.testing.assert_allclose(found.boxes[..., XYXY], held["found_boxes"], atol=1e-3)
    np.testing.assert_allclose(found.scores.max(axis=-1), held["found_scores"], atol=1e-5)
    np.testing.assert_array_equal(found.scores.argmax(axis=-1), held["found_labels"])


def test_detr_with_sigmoids_gives_every_box_and_class_the_score_that_transformers_gives():
    held = recorded("detr-sigmoid")
    found = decoded("detr", held, scores="sigmoid")
    for tile in range(2):
        labels = np.tile([0.0, 1.0], 24)
        ours = in_order(labels, found.boxes[tile][:, XYXY].repeat(2, axis=0), found.scores[tile].ravel())
        theirs = in_order(held["found_labels"][tile], held["found_boxes"][tile], held["found_scores"][tile])
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
        np.testing.assert_allclose(ours[:, -1], theirs[:, -1], atol=1e-5)


def in_order(labels, boxes, scores):
    """(n, 6): label, box and score by label and left face, since scores are too much alike to go by."""
    rows = np.column_stack([labels, boxes, scores])
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]
