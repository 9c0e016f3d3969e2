"""Stitched maps to candidate boxes in the grid: peaks, their boxes, and suppression of repeats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
from kernels.peaks import find_peaks
from kernels.suppress import suppress


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Boxes in the network's grid, highest score first, ties by label and then by position.

    Args:
        boxes: (n, 2 * dims) float32, network pixels, low faces and then high faces in axis order, half open.
        scores: (n,) float32, 0..1.
        labels: (n,) int64, index into the card's labels.
        cut_off: more peaks or boxes were found than the model keeps.
    """

    boxes: FloatArray
    scores: FloatArray
    labels: NDArray[np.int64]
    cut_off: bool


_PEAKS_A_REGION = 8
"""Peaks looked at for each region kept: suppression drops some, and a noisy map must not cost quadratic time."""


def decode(heat: FloatArray, box: FloatArray, card: ModelCard) -> Candidates:
    """Boxes of the `center` head: a peak of the heat map, and the distances to the faces at its cell.

    Args:
        heat: (labels, *cells) float32.
        box: (2 * dims, *cells) float32, network pixels from the cell's centre.
        card: stride, thresholds and limits.
    """
    most = card.head.max_regions
    peaks = find_peaks(np.ascontiguousarray(heat), card.unsure_threshold, most * _PEAKS_A_REGION)
    dims = heat.ndim - 1
    distances = box[(slice(None), *peaks.cell.T)].T
    centre = ((peaks.cell + 0.5) * card.head.stride).astype(np.float32)
    boxes = np.concatenate([centre - distances[:, :dims], centre + distances[:, dims:]], axis=1)
    keep = np.flatnonzero(suppress(boxes, peaks.label, card.head.nms_iou))
    cut_off = len(keep) > most or len(peaks.score) == most * _PEAKS_A_REGION
    keep = keep[:most]
    return Candidates(boxes[keep], peaks.score[keep], peaks.label[keep], cut_off)
