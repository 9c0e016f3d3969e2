"""Which detection finds which finding: greedily by score, each finding once, as COCO counts it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

HIT_IOU = {2: 0.33, 3: 0.1}
"""Overlap from which a finding counts as found, by axes: DeepPCB's rule for pictures, nnDetection's for volumes (arXiv
2106.00817), where a millimetre too much along each axis already costs most of the overlap."""


@dataclass(frozen=True, slots=True, eq=False)
class ImageCase:
    """Truth and answer of one image for one label.

    Args:
        name: the image's file name.
        group: what is resampled together.
        truth: (n, 2 * dims) float64, low faces, then high faces; half open. In 2-D the columns may be x0, y0, x1, y1.
        crowd: (n,) bool, regions that neither must be found nor count as false when marked.
        boxes: (m, 2 * dims) float64, what the detector gave.
        scores: (m,) float64.
        answered: whether it was looked at in full; if not, findings count as missed, and no mark says nothing.
    """

    name: str
    group: str
    truth: Array
    crowd: Flags
    boxes: Array
    scores: Array
    answered: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """One image after matching; detections are sorted by score, highest first, ties by position.

    Args:
        scores: (m,) float64.
        hit: (m,) bool, the detection found a finding that no better one had.
        counted: (m,) bool, False where the detection lies in a crowd region and counts neither way.
        findings: number of findings that should be found.
        found_at: (findings,) float64, score of the detection that found it, -inf for a miss.
        iou: (m,) float64, overlap with the finding that it found, 0 where it found none.
        answered: that of the case.
    """

    group: str
    scores: Array
    hit: Flags
    counted: Flags
    findings: int
    found_at: Array
    iou: Array
    answered: bool = True


def overlap(boxes: Array, others: Array, crowd: Flags | None = None) -> Array:
    """IoU of every pair, (len(boxes), len(others)); for a crowd region the share of the box that lies in it."""
    dims = boxes.shape[1] // 2
    low = np.maximum(boxes[:, None, :dims], others[None, :, :dims])
    high = np.minimum(boxes[:, None, dims:], others[None, :, dims:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    sizes = (boxes[:, dims:] - boxes[:, :dims]).prod(axis=1)
    other_sizes = (others[:, dims:] - others[:, :dims]).prod(axis=1)
    union = sizes[:, None] + other_sizes[None, :] - shared
    if crowd is not None:
        union = np.where(crowd[None, :], sizes[:, None], union)
    result: Array = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return result


def match(case: ImageCase, least_iou: float) -> Matched:
    """Match one image.

    The best scored detection takes the free finding that it overlaps most, if by `least_iou` or more; then the next.
    Of equal overlaps the later finding is taken, and crowd regions only when nothing else fits: both as in pycocotools.

    Source: pycocotools/cocoeval.py, COCOeval.evaluateImg.
    """
    order = np.argsort(-case.scores, kind="stable")
    scores, boxes = case.scores[order], case.boxes[order]
    plain = np.argsort(case.crowd, kind="stable")
    truth, crowd = case.truth[plain], case.crowd[plain]
    ious = overlap(boxes, truth, crowd) if len(boxes) and len(truth) else np.zeros((len(boxes), len(truth)))
    hit, counted = np.zeros(len(boxes), bool), np.ones(len(boxes), bool)
    matched_iou = np.zeros(len(boxes))
    found_at = np.full(len(truth), -np.inf)
    for index in range(len(boxes)):
        best, chosen = min(least_iou, 1 - 1e-10), -1
        for candidate in range(len(truth)):
            if found_at[candidate] > -np.inf and not crowd[candidate]:
                continue
            if chosen >= 0 and not crowd[chosen] and crowd[candidate]:
                break
            if ious[index, candidate] < best:
                continue
            best, chosen = ious[index, candidate], candidate
        if chosen >= 0:
            found_at[chosen] = scores[index]
            hit[index], counted[index] = not crowd[chosen], not crowd[chosen]
            matched_iou[index] = 0.0 if crowd[chosen] else best
    findings = int((~crowd).sum())
    return Matched(case.group, scores, hit, counted, findings, found_at[~crowd], matched_iou, case.answered)


def match_all(cases: Sequence[ImageCase], least_iou: float) -> tuple[Matched, ...]:
    """`match` for every image."""
    return tuple(match(case, least_iou) for case in cases)
