"""The answers of overlapping tiles become one map over the grid, slab after slab: only a window of it is ever held.

Tiles come in raster order, so once the tiles of one step along the grid's first axis are done, the planes before the
next step are final: those of a volume (D) or the rows of a picture (H). A final plane is decoded with the one before
and the one after it, and is then let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.detect.protocol import FloatArray, RawOutput
from engine.prepare.layout import Layout
from kernels.stitch import stitch
from kernels.weights import border_ramp


@dataclass(frozen=True, slots=True, eq=False)
class Slab:
    """Planes of the stitched maps, with a plane before and after as far as the grid has them.

    Args:
        heat: (labels, planes, ...) float32, 0 where no tile was seen.
        box: (2 * dims, planes, ...) float32, network pixels.
        first: place of the first plane along the grid's first axis, in cells.
        begin: first plane to be decoded, counted in the slab; those before are neighbours only.
        end: end of the planes to be decoded, counted in the slab.
    """

    heat: FloatArray
    box: FloatArray
    first: int
    begin: int
    end: int


class Stitcher:
    """Blends tiles, and views of a tile, as they come; a cell seen once has exactly the value that was answered."""

    def __init__(self, layout: Layout, labels: int) -> None:
        dims = len(layout.tile)
        self._labels = labels
        self._stride = layout.stride
        plane = layout.cells_shape[1:]
        self._maps = np.zeros((labels + 2 * dims, 0, *plane), np.float32)
        self._weight = np.zeros((0, *plane), np.float32)
        self._first = 0  # plane of the grid that the window begins with
        self._decoded = 0  # plane of the grid up to which slabs were given out
        self._ramps = [
            border_ramp(side // layout.stride, shared)
            for side, shared in zip(layout.tile, layout.overlap_cells, strict=True)
        ]

    def add(self, raw: RawOutput, origins: Sequence[tuple[int, ...] | None]) -> None:
        """Blends the tiles of one batch.

        Args:
            raw: the network's answer to the batch.
            origins: low corners of its tiles in the grid, None of a tile that is left out; the batch may hold more
                tiles, which are padding.
        """
        for heat, box, origin in zip(raw.heat, raw.box, origins, strict=False):
            if origin is None:
                continue
            plane, *cell = (low // self._stride for low in origin)
            self._reach(plane + heat.shape[1])
            stitch(np.concatenate([heat, box]), self._ramps, (plane - self._first, *cell), self._maps, self._weight)

    def settled_before(self, upcoming: tuple[int, ...]) -> Iterator[Slab]:
        """The slab that became final since the last call, if any.

        Args:
            upcoming: low corner of the first tile that was not looked at yet.
        """
        final = upcoming[0] // self._stride
        return self._slab(final, end=final - 1)  # the last final plane waits for its neighbour

    def rest(self) -> Iterator[Slab]:
        """What is left when no tile is to come, if anything."""
        final = self._first + self._weight.shape[0]
        return self._slab(final, end=final)

    def _slab(self, final: int, end: int) -> Iterator[Slab]:
        if end <= self._decoded:
            return
        maps = self._maps[:, : final - self._first]
        yield Slab(
            heat=maps[: self._labels],
            box=maps[self._labels :],
            first=self._first,
            begin=self._decoded - self._first,
            end=end - self._first,
        )
        self._decoded = end

    def _reach(self, end: int) -> None:
        """Moves the window on: planes that no slab needs any more are let go, planes not seen yet are added."""
        missing = end - self._first - self._weight.shape[0]
        if missing > 0:
            gone = max(self._decoded - 1 - self._first, 0)
            self._maps = _with_empty_planes(self._maps[:, gone:], 1, missing)
            self._weight = _with_empty_planes(self._weight[gone:], 0, missing)
            self._first += gone


def _with_empty_planes(array: FloatArray, axis: int, planes: int) -> FloatArray:
    empty = np.zeros((*array.shape[:axis], planes, *array.shape[axis + 1 :]), np.float32)
    return np.concatenate([array, empty], axis=axis) if array.shape[axis] else empty
