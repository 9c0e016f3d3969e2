"""How a study is cut up for a GPU: tiles in one call, and parts whose stored values lie in its memory at one time.

Nothing here knows a GPU; free bytes go in, and plans come out in the order in which they are tried.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from engine.domain.model_card import InputSpec
from engine.prepare.layout import Layout
from kernels.weights import AxisWeights

RESERVE_BYTES = 128 << 20
"""Left free of what the driver states: machine code, local memory of kernels, gaps between what others hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """Tiles that are answered together, and what must lie on the GPU for them.

    Args:
        tiles: indices into the layout's origins; begins where a batch begins.
        planes: along the first axis of the stored array: slices of a volume, rows of a picture.
    """

    tiles: range
    planes: range


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to answer all tiles.

    Args:
        batch: tiles in one call.
        parts: in the order of the tiles.
    """

    batch: int
    parts: tuple[Part, ...]

    @property
    def most_planes(self) -> int:
        """Planes of the part that needs most."""
        return max(len(part.planes) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a study takes in the GPU's memory, in bytes.

    Args:
        plane: one slice of a volume or row of a picture, as stored.
        tile: one tile of a batch: its tensor and what the network answers to it.
        whole: what is there once a study: stitched maps, their weights, and the lists of peaks.
    """

    plane: int
    tile: int
    whole: int

    def of(self, plan: Plan) -> int:
        """Bytes that a plan takes at its worst."""
        return self.whole + plan.batch * self.tile + plan.most_planes * self.plane


def footprint(
    stored_bytes: int, planes: int, layout: Layout, spec: InputSpec, labels: int, item_bytes: int
) -> Footprint:
    """The footprint of a study with a model.

    Args:
        stored_bytes: of all its pixels.
        planes: length of their first axis.
        layout: its grid and tiles.
        spec: of the model.
        labels: heat maps of the model.
        item_bytes: of one value of the network's tensor: 4, or 2 for fp16.
    """
    maps = labels + 2 * len(layout.tile)
    cells_a_tile = math.prod(layout.tile) // layout.stride ** len(layout.tile)
    cells = math.prod(layout.cells_shape)
    return Footprint(
        plane=math.ceil(stored_bytes / planes),
        tile=math.prod(layout.tile) * spec.channels * item_bytes + cells_a_tile * maps * 4,
        # Beside each map and the weight, peaks are listed by keys of 8 bytes, at most one for each cell of a heat map.
        whole=cells * (4 * (maps + 1) + 8 * labels),
    )


def plans(
    layout: Layout, first_axis: AxisWeights, needs: Footprint, batch: int, free_bytes: int, absent: Collection[int] = ()
) -> tuple[Plan, ...]:
    """What to try, one after the other, as long as memory runs out: smaller batches, then smaller parts.

    The first of each batch has the fewest parts that should fit. Empty where even the smallest does not.

    Args:
        layout: the tiles.
        first_axis: which stored planes each row of the grid is made of.
        needs: what a study takes.
        batch: tiles in one call of the model.
        free_bytes: as the driver states it.
        absent: batches that there is no network for.
    """
    room = free_bytes - RESERVE_BYTES
    tried: list[Plan] = []
    for smaller in _halved(batch):
        if smaller in absent:
            continue
        most = math.ceil(len(layout.origins) / smaller)
        fitting = (cut(layout, first_axis, smaller, count) for count in _doubled(most))
        if begun := next((plan for plan in fitting if needs.of(plan) <= room), None):
            tried.append(begun)
    if tried:
        last = tried[-1]
        most = math.ceil(len(layout.origins) / last.batch)
        begun_with = len(last.parts)
        tried += [cut(layout, first_axis, last.batch, count) for count in _doubled(most) if count > begun_with]
    return tuple(tried)


def cut(layout: Layout, first_axis: AxisWeights, batch: int, parts: int) -> Plan:
    """A plan of so many parts, each of whole batches and all about alike; fewer where there are fewer batches.

    Batches hold the same tiles however many parts there are, so that the answer has the same bytes.
    """
    tiles = len(layout.origins)
    batches = math.ceil(tiles / batch)
    edges = np.unique(np.linspace(0, batches, min(parts, batches) + 1).round().astype(int)) * batch
    return Plan(
        batch,
        tuple(
            Part(indices, stored_planes(layout, first_axis, indices))
            for indices in (range(int(begin), min(int(end), tiles)) for begin, end in itertools.pairwise(edges))
        ),
    )


def stored_planes(layout: Layout, first_axis: AxisWeights, tiles: range) -> range:
    """The stored planes that some tiles are made of."""
    lows = [layout.origins[index][0] for index in tiles]
    begin = max(min(lows), 0)
    end = min(max(lows) + layout.tile[0], first_axis.outputs)
    # Both tables ascend, so the first row needs the lowest plane and the last row the highest.
    return range(int(first_axis.first[begin]), int(first_axis.first[end - 1]) + first_axis.weight.shape[1])


def within(first_axis: AxisWeights, planes: range) -> AxisWeights:
    """The table for an array that holds only some planes; rows made of others are turned to some that are there."""
    taps = first_axis.weight.shape[1]
    return AxisWeights(np.clip(first_axis.first - planes.start, 0, len(planes) - taps), first_axis.weight)


def _halved(batch: int) -> list[int]:
    sizes = [batch]
    while sizes[-1] > 1:
        sizes.append(sizes[-1] // 2)
    return sizes


def _doubled(most: int) -> list[int]:
    """1, 2, 4 and so on, and `most`."""
    counts = [most]
    while counts[0] > 1:
        counts.insert(0, 1 << (counts[0] - 1).bit_length() - 1)
    return counts
