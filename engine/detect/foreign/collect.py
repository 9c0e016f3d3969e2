"""The answers of overlapping tiles become candidates of the grid: of lists of boxes, and of maps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np

from engine.detect.foreign.components import regions_of
from engine.detect.foreign.protocol import BoxHead, MapHead, Outputs
from engine.detect.heads import PEAKS_A_REGION, Candidates, Proposals, decide
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from engine.prepare.layout import Layout
from kernels.stitch import stitch
from kernels.weights import border_ramp

_ROUNDING = 1e-4
"""By how much a probability may lie outside 0..1: networks compute in float32."""


class Collector(Protocol):
    """Takes the answers batch by batch."""

    def add(self, outputs: Outputs, origins: Sequence[tuple[int, ...]]) -> None:
        """Takes one batch.

        Args:
            outputs: as the head wants them.
            origins: low corners of its tiles in the grid; the batch may hold more tiles, which are padding.

        Raises:
            BackendError: BE-VALUES, scores or faces that are none.
        """

    def candidates(self) -> Candidates:
        """What is left of all batches."""


class BoxCollector:
    """Boxes whose centre a tile owns: overlaps are shared out half and half between neighbours.

    A finding that is no longer than the overlap lies in full in the tile that owns its centre; the part of it that a
    neighbour sees has its centre in that tile too, and is left out. Of a longer one several parts may stay.
    """

    def __init__(self, head: BoxHead, card: ModelCard, layout: Layout) -> None:
        self._head = head
        self._card = card
        self._owned = _owned(layout)
        self._proposals: list[Proposals] = []

    def add(self, outputs: Outputs, origins: Sequence[tuple[int, ...]]) -> None:
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number is refused below
            found = self._head.boxes(outputs, self._card)
        require_scores(self._card, found.scores, found.boxes)
        for boxes, scores, origin in zip(found.boxes, found.scores, origins, strict=False):
            index, label = np.nonzero(scores >= self._card.unsure_threshold)
            placed = boxes[index] + np.array([*origin, *origin], np.float32)
            centre = (placed[:, :2] + placed[:, 2:]) / 2.0
            low, high = (np.array(face, np.float32) for face in self._owned[origin])
            real = (placed[:, :2] < placed[:, 2:]).all(axis=1)
            own = np.flatnonzero(real & (centre >= low).all(axis=1) & (centre < high).all(axis=1))
            best = own[np.argsort(-scores[index[own], label[own]], kind="stable")][: self._most]
            self._proposals.append(
                Proposals(
                    boxes=placed[best],
                    scores=np.minimum(scores[index[best], label[best]], 1.0).astype(np.float32),
                    labels=label[best].astype(np.int64),
                    cells=np.floor(centre[best]).astype(np.int64),
                )
            )

    def candidates(self) -> Candidates:
        return decide(self._proposals, self._card)

    @property
    def _most(self) -> int:
        return self._card.head.max_regions * PEAKS_A_REGION


class MapCollector:
    """Maps that are stitched as this program's own heat maps are, and then taken apart into regions."""

    def __init__(self, head: MapHead, card: ModelCard, layout: Layout) -> None:
        self._head = head
        self._card = card
        self._stride = layout.stride
        self._maps = np.zeros((len(card.labels), *layout.cells_shape), np.float32)
        self._weight = np.zeros(layout.cells_shape, np.float32)
        self._ramps = [
            border_ramp(side // layout.stride, shared)
            for side, shared in zip(layout.tile, layout.overlap_cells, strict=True)
        ]

    def add(self, outputs: Outputs, origins: Sequence[tuple[int, ...]]) -> None:
        with np.errstate(over="ignore", invalid="ignore"):  # as above
            maps = self._head.maps(outputs, self._card)
        require_scores(self._card, maps)
        for tile, origin in zip(maps, origins, strict=False):
            place = [low // self._stride for low in origin]
            stitch(np.ascontiguousarray(tile), self._ramps, place, self._maps, self._weight)

    def candidates(self) -> Candidates:
        return decide([self._regions(label) for label in range(len(self._card.labels))], self._card)

    def _regions(self, label: int) -> Proposals:
        boxes, scores = regions_of(self._maps[label], self._card.unsure_threshold)
        dims = self._weight.ndim
        return Proposals(
            boxes=boxes * np.float32(self._stride),
            scores=scores,
            labels=np.full(len(scores), label, np.int64),
            cells=boxes[:, :dims].astype(np.int64),
        )


def require_scores(card: ModelCard, scores: np.ndarray, boxes: np.ndarray | None = None) -> None:
    """Lets through scores of 0..1 and faces that are numbers.

    Raises:
        BackendError: BE-VALUES.
    """
    low, high = (float(scores.min()), float(scores.max())) if scores.size else (0.0, 0.0)
    if not (low >= -_ROUNDING and high <= 1.0 + _ROUNDING) or (boxes is not None and not np.isfinite(boxes).all()):
        raise BackendError(
            "BE-VALUES",
            f"{card.name} returned scores of {low:g} to {high:g} (limit 0 to 1) or faces that are no numbers, with "
            f"the head '{card.head.kind}'.",
            "Check what the manifest's [head] says of the outputs.",
        )


Corner = tuple[float, ...]


def _owned(layout: Layout) -> dict[tuple[int, ...], tuple[Corner, Corner]]:
    """For each tile the part of the grid that is its own: the grid's edges and the middles of the overlaps bound it."""
    axes = []
    for starts, side in zip(zip(*layout.origins, strict=True), layout.tile, strict=True):
        lows = sorted(set(starts))
        middles = [(low + side + after) / 2.0 for low, after in pairwise(lows)]
        bounds = [-np.inf, *middles, np.inf]
        axes.append({low: (bounds[number], bounds[number + 1]) for number, low in enumerate(lows)})
    return {
        origin: (
            tuple(axis[low][0] for axis, low in zip(axes, origin, strict=True)),
            tuple(axis[low][1] for axis, low in zip(axes, origin, strict=True)),
        )
        for origin in layout.origins
    }
