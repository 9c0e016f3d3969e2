"""Average precision of one label, equal to pycocotools' on the same detections.

All detections count, where pycocotools takes the best 100 of an image: an image may have more findings than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.match import Array, ImageCase, Matched, match

OVERLAPS: Array = np.linspace(0.5, 0.95, 10)

RECALLS: Array = np.linspace(0.0, 1.0, 101)

ROUNDS = 500
"""Draws for the mean of ten APs, each of which takes as long as ten figures."""


def precision_recall(images: Sequence[Matched]) -> tuple[Array, Array]:
    """Precision and recall after each detection, best score first; (detections,) each.

    Ties keep the order of the images, then of the detections in it.
    """
    scores = np.concatenate([image.scores for image in images] or [np.zeros(0)])
    hit = np.concatenate([image.hit for image in images] or [np.zeros(0, bool)])
    counted = np.concatenate([image.counted for image in images] or [np.zeros(0, bool)])
    order = np.argsort(-scores, kind="mergesort")
    hits = np.cumsum(hit[order] & counted[order], dtype=np.float64)
    false = np.cumsum(~hit[order] & counted[order], dtype=np.float64)
    findings = sum(image.findings for image in images)
    recall = hits / findings if findings else np.zeros_like(hits)
    precision = hits / np.maximum(hits + false, np.spacing(1))
    return precision, recall


def average_precision(images: Sequence[Matched]) -> float:
    """Mean over 101 recalls of the best precision at that recall or beyond; NaN where there is nothing to find.

    Source: pycocotools/cocoeval.py, COCOeval.accumulate.
    """
    if not sum(image.findings for image in images):
        return float("nan")
    precision, recall = precision_recall(images)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, RECALLS, side="left")
    reached = at < len(envelope)
    return float(np.where(reached, np.append(envelope, 0.0)[np.minimum(at, len(envelope))], 0.0).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """One image, matched at each of COCO's ten overlaps."""

    group: str
    matched: tuple[Matched, ...]


def at_overlaps(cases: Sequence[ImageCase]) -> tuple[Overlaps, ...]:
    """Matches every image at 0.5, 0.55 .. 0.95."""
    return tuple(Overlaps(case.group, tuple(match(case, float(least)) for least in OVERLAPS)) for case in cases)


def mean_average_precision(images: Sequence[Overlaps]) -> float:
    """AP at 0.5:0.95, the mean over the ten overlaps; NaN where there is nothing to find.

    Source: pycocotools/cocoeval.py, Params.setDetParams and COCOeval.summarize.
    """
    return float(np.mean([average_precision(some) for some in zip(*(image.matched for image in images), strict=True)]))
