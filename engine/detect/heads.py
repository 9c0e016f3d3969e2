"""Stitched maps to candidate boxes in the grid: peaks, their boxes, and suppression of repeats."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
from kernels.peaks import Peaks, find_peaks
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


_STEEPNESS = 4
"""Power of the heat by which neighbours of a peak count; from 3 to 6 gave the same on the folds of surface-pitting."""


def decode(heat: FloatArray, box: FloatArray, card: ModelCard) -> Candidates:
    """Boxes of the `center` head: a peak of the heat map, and the faces that its cell and the cells around it give.

    Args:
        heat: (labels, *cells) float32.
        box: (2 * dims, *cells) float32, network pixels from the cell's centre.
        card: stride, thresholds and limits.
    """
    most = card.head.max_regions
    peaks = find_peaks(np.ascontiguousarray(heat), card.unsure_threshold, most * _PEAKS_A_REGION)
    boxes = _boxes(heat, box, peaks, card.head.stride)
    keep = np.flatnonzero(suppress(boxes, peaks.label, card.head.nms_iou))
    cut_off = len(keep) > most or len(peaks.score) == most * _PEAKS_A_REGION
    keep = keep[:most]
    return Candidates(boxes[keep], peaks.score[keep], peaks.label[keep], cut_off)


def _boxes(heat: FloatArray, box: FloatArray, peaks: Peaks, stride: int) -> FloatArray:
    """Boxes of peaks, (n, 2 * dims): the mean of what the 3x3 (3x3x3) cells around each say, weighted by their heat.

    Each cell gives the faces from its own centre, so that their errors differ, and those of hot cells are small. The
    peak counts 1, a neighbour the fourth power of its share of the peak's heat.
    """
    dims = heat.ndim - 1
    total = np.zeros((len(peaks.score), 1))
    faces = np.zeros((len(peaks.score), 2 * dims))
    for offset in itertools.product((-1, 0, 1), repeat=dims):
        cell = peaks.cell + offset
        inside = np.logical_and.reduce((cell >= 0) & (cell < heat.shape[1:]), axis=1)
        cell = np.where(inside[:, None], cell, peaks.cell)
        share = heat[(peaks.label, *cell.T)].astype(np.float64) / np.maximum(peaks.score, np.finfo(np.float32).tiny)
        weight = np.where(inside, share**_STEEPNESS, 0.0)[:, None] if any(offset) else np.ones_like(total)
        distances = box[(slice(None), *cell.T)].T
        centre = (cell + 0.5) * stride
        faces += weight * np.concatenate([centre - distances[:, :dims], centre + distances[:, dims:]], axis=1)
        total += weight
    boxes: FloatArray = (faces / total).astype(np.float32)
    return boxes
