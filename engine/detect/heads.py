"""Stitched maps to candidate boxes in the grid: peaks, their boxes, and suppression of repeats."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detect.merge import Slab
from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
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


_PEAKS_A_REGION = 8
"""Peaks looked at for each region kept: suppression drops some, and a noisy map must not cost quadratic time."""


_STEEPNESS = 4
"""Power of the heat by which neighbours of a peak count; from 3 to 6 gave the same on the folds of surface-pitting."""


def propose(slab: Slab, card: ModelCard) -> Proposals:
    """Boxes of the `center` head: a peak of the heat map, and the faces that its cell and the cells around it give.

    Args:
        slab: stitched maps; only its planes to be decoded have peaks.
        card: stride, threshold and limits.
    """
    peaks = find_peaks(slab.heat, card.unsure_threshold)
    plane = peaks.cell[:, 0]
    inside = np.flatnonzero((plane >= slab.begin) & (plane < slab.end))[: card.head.max_regions * _PEAKS_A_REGION]
    peaks = Peaks(peaks.score[inside], peaks.label[inside], peaks.cell[inside])
    place = np.zeros(slab.heat.ndim - 1, np.int64)
    place[0] = slab.first
    return Proposals(
        boxes=_boxes(slab, peaks, place, card.head.stride),
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
    order = np.lexsort((*cells.T[::-1], labels, -scores))[: most * _PEAKS_A_REGION]
    keep = order[suppress(boxes[order], labels[order], card.head.nms_iou)]
    cut_off = len(keep) > most or len(order) == most * _PEAKS_A_REGION
    keep = keep[:most]
    return Candidates(boxes[keep], scores[keep], labels[keep], cut_off)


def _joined(parts: Sequence[NDArray[Any]], shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty((0, *shape), dtype), *parts])


def _boxes(slab: Slab, peaks: Peaks, place: NDArray[np.int64], stride: int) -> FloatArray:
    """Boxes of peaks, (n, 2 * dims): the mean of what the 3x3 (3x3x3) cells around each say, weighted by their heat.

    Each cell gives the faces from its own centre, so that their errors differ, and those of hot cells are small. The
    peak counts 1, a neighbour the fourth power of its share of the peak's heat.
    """
    heat, box = slab.heat, slab.box
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
        centre = (cell + place + 0.5) * stride
        faces += weight * np.concatenate([centre - distances[:, :dims], centre + distances[:, dims:]], axis=1)
        total += weight
    boxes: FloatArray = (faces / total).astype(np.float32)
    return boxes
