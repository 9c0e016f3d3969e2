"""Stitched maps to candidate boxes in the grid: peaks, their boxes, and suppression of repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detect.merge import Slab
from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
from kernels.boxes import peak_boxes
from kernels.peaks import Peaks, find_peaks
from kernels.suppress import suppress


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """The peaks of one slab and their boxes, repeats included; highest score first, ties by label, then by position.

    Args:
        boxes: (n, 2 * dims) float32, network pixels, low faces and then high faces in axis order, half open.
        scores: (n,) float32, 0..1.
        labels: (n,) int64, index into the card's labels.
        cells: (n, dims) int64, the peaks' place in the stitched map.
    """

    boxes: FloatArray
    scores: FloatArray
    labels: NDArray[np.int64]
    cells: NDArray[np.int64]


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


PEAKS_A_REGION = 8
"""Peaks looked at for each region kept: suppression drops some, and a noisy map must not cost quadratic time."""


def propose(slab: Slab, card: ModelCard) -> Proposals:
    """Boxes of the `center` head: a peak of the heat map, and the faces that its cell and the cells around it give.

    Args:
        slab: stitched maps; only its planes to be decoded have peaks.
        card: stride, threshold and limits.
    """
    peaks = find_peaks(slab.heat, card.unsure_threshold)
    plane = peaks.cell[:, 0]
    inside = np.flatnonzero((plane >= slab.begin) & (plane < slab.end))[: card.head.max_regions * PEAKS_A_REGION]
    peaks = Peaks(peaks.score[inside], peaks.label[inside], peaks.cell[inside])
    place = np.zeros(slab.heat.ndim - 1, np.int64)
    place[0] = slab.first
    return Proposals(
        boxes=peak_boxes(slab.heat, slab.box, peaks, slab.first, card.head.stride),
        scores=peaks.score,
        labels=peaks.label,
        cells=peaks.cell + place,
    )


def decide(proposals: Sequence[Proposals], card: ModelCard) -> Candidates:
    """What is left of the proposals of all slabs: the best ones, without those that show what a better one shows."""
    most = card.head.max_regions
    dims = len(card.input.tile)
    boxes = _joined([slab.boxes for slab in proposals], (2 * dims,), np.float32)
    scores = _joined([slab.scores for slab in proposals], (), np.float32)
    labels = _joined([slab.labels for slab in proposals], (), np.int64)
    cells = _joined([slab.cells for slab in proposals], (dims,), np.int64)
    order = np.lexsort((*cells.T[::-1], labels, -scores))[: most * PEAKS_A_REGION]
    keep = order[suppress(boxes[order], labels[order], card.head.nms_iou)]
    cut_off = len(keep) > most or len(order) == most * PEAKS_A_REGION
    keep = keep[:most]
    return Candidates(boxes[keep], scores[keep], labels[keep], cut_off)


def _joined(parts: Sequence[NDArray[Any]], shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty((0, *shape), dtype), *parts])
