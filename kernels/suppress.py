"""Greedy non-maximum suppression: of boxes that show the same thing, the one with the highest score stays."""

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only

Floats = NDArray[np.float32]


def suppress(boxes: Floats, labels: NDArray[np.int64], iou_limit: float) -> NDArray[np.bool_]:
    """Which boxes stay: those that overlap no better staying box of their label by more than the limit.

    Args:
        boxes: (n, 4) y0, x0, y1, x1 or (n, 6) z0, y0, x0, z1, y1, x1, float32, half open, highest score first.
        labels: (n,) int64.
        iou_limit: intersection over union from which, when exceeded, a box is dropped.

    Returns:
        (n,) bool.
    """
    keep = np.ones(boxes.shape[0], np.bool_)
    mark_suppressed(read_only(boxes), read_only(labels), iou_limit, keep)
    return keep


@kernel
def mark_suppressed(boxes: Floats, labels: NDArray[np.int64], iou_limit: float, keep: NDArray[np.bool_]) -> None:
    """Clears `keep` of each box that a better one covers.

    Args:
        boxes: (n, 2 * dims) float32, low faces and then high faces, best first.
        keep: (n,) bool, all true before.
    """
    for better in range(boxes.shape[0]):
        if not keep[better]:
            continue
        for box in range(better + 1, boxes.shape[0]):
            if keep[box] and labels[box] == labels[better]:
                keep[box] = not intersection_over_union(boxes[better], boxes[box]) > iou_limit


@kernel
def intersection_over_union(one: Floats, other: Floats) -> float:
    """0 for boxes that only touch, and for boxes without content."""
    dims = one.size // 2
    shared, content_one, content_other = 1.0, 1.0, 1.0
    for axis in range(dims):
        low, high = np.float64(one[axis]), np.float64(one[dims + axis])
        other_low, other_high = np.float64(other[axis]), np.float64(other[dims + axis])
        shared *= max(min(high, other_high) - max(low, other_low), 0.0)
        content_one *= max(high - low, 0.0)
        content_other *= max(other_high - other_low, 0.0)
    union = content_one + content_other - shared
    return shared / union if union > 0.0 else 0.0
