"""How a scan is laid out for the network: its grid, and the tiles that cover it.

Frames change here on the way in (scan to grid), and in `engine.detect.place` on the way out.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Scan
from engine.errors import OutOfDomainError


@dataclass(frozen=True, slots=True)
class Layout:
    """The network's grid over one scan.

    Args:
        scan_shape: (H, W) or (D, H, W) of the scan.
        grid_shape: the same scan in network pixels.
        scale: network pixels a scan pixel, for each axis; half-pixel centres, so that edges meet edges.
        tile: shape of one tile.
        origins: low corner of each tile in the grid, raster order; multiples of the stride.
        stride: network pixels a cell of the heat map.
        flips: the views of each tile; see `Effort`.
        again_flips: further views of the tiles that show something.
        again_from: heat from which on a tile does.
    """

    scan_shape: tuple[int, ...]
    grid_shape: tuple[int, ...]
    scale: tuple[float, ...]
    tile: tuple[int, ...]
    origins: tuple[tuple[int, ...], ...]
    stride: int
    flips: tuple[str, ...]
    again_flips: tuple[str, ...] = ()
    again_from: float = 1.0

    @property
    def most_views(self) -> int:
        """Views of a tile that shows something."""
        return len(self.flips) + len(self.again_flips)

    @property
    def cells_shape(self) -> tuple[int, ...]:
        """Shape of the stitched heat map: it reaches to the far edge of the last tile."""
        return tuple((last + side) // self.stride for last, side in zip(self.origins[-1], self.tile, strict=True))

    @property
    def overlap_cells(self) -> tuple[int, ...]:
        """Cells that neighbouring tiles share along each axis, 0 where one tile is enough."""
        lows = [sorted(set(axis)) for axis in zip(*self.origins, strict=True)]
        steps = [
            max((b - a for a, b in itertools.pairwise(axis)), default=side)
            for axis, side in zip(lows, self.tile, strict=True)
        ]
        return tuple((side - step) // self.stride for side, step in zip(self.tile, steps, strict=True))

    def coverage(self, tiles_done: int) -> float:
        """Share of the grid that lies in the first `tiles_done` tiles, 0..1."""
        if tiles_done >= len(self.origins):
            return 1.0
        # Tile corners cut each axis into stretches; a block of stretches counts once, however many tiles hold it.
        done = self.origins[:tiles_done]
        cuts = [
            np.unique(
                [0, size, *(face for low in done for face in (low[axis], min(size, low[axis] + self.tile[axis])))]
            )
            for axis, size in enumerate(self.grid_shape)
        ]
        seen = np.zeros([len(axis_cuts) - 1 for axis_cuts in cuts], bool)
        for low in done:
            seen[
                tuple(
                    slice(*np.searchsorted(axis_cuts, (start, start + side)))
                    for axis_cuts, start, side in zip(cuts, low, self.tile, strict=True)
                )
            ] = True
        covered: NDArray[np.float64] = seen.astype(np.float64)
        for axis_cuts in reversed(cuts):
            covered = covered @ np.diff(axis_cuts)
        return float(covered) / math.prod(self.grid_shape)


def lay_out(scan: Scan, spec: InputSpec, stride: int, effort: Effort) -> Layout:
    """Lays the model's grid and tiles over a scan.

    A model with a spacing resamples to it; any other takes the pixels as they are, so that nothing is shrunk until
    defects vanish. A coarser effort makes the pixels of either grid larger. Neighbouring tiles share at least
    `effort.overlap` of their side.

    Raises:
        OutOfDomainError: OD-SPACING, the model resamples to a spacing and the scan states none.
    """
    shape = scan.shape
    grid = tuple(
        max(1, round(size * factor / effort.coarser))
        for size, factor in zip(shape, _pixels_a_pixel(scan, spec), strict=True)
    )
    return laid_over(shape, grid, spec.tile, stride, effort)


def laid_over(
    scan_shape: tuple[int, ...], grid_shape: tuple[int, ...], tile: tuple[int, ...], stride: int, effort: Effort
) -> Layout:
    """Lays tiles over a grid that is there already.

    Args:
        scan_shape: (H, W) or (D, H, W) of the scan.
        grid_shape: the same scan in network pixels.
        tile: shape of one tile.
        stride: network pixels a cell of the heat map.
        effort: its overlap and its views; the grid is as coarse as it is.
    """
    axes = [_axis_origins(size, side, stride, effort.overlap) for size, side in zip(grid_shape, tile, strict=True)]
    return Layout(
        scan_shape=scan_shape,
        grid_shape=grid_shape,
        scale=tuple(size / stored for size, stored in zip(grid_shape, scan_shape, strict=True)),
        tile=tile,
        origins=tuple(itertools.product(*axes)),
        stride=stride,
        flips=effort.flips,
        again_flips=effort.again_flips,
        again_from=effort.again_from,
    )


def _pixels_a_pixel(scan: Scan, spec: InputSpec) -> list[float]:
    """For each axis of the scan, pixels of the model's own grid in one pixel of the scan."""
    dims = len(scan.shape)
    if spec.spacing_mm is None:
        return [1.0] * dims
    if scan.spacing_mm is None:
        wanted = " x ".join(f"{step:g}" for step in spec.spacing_mm[-dims:])
        raise OutOfDomainError(
            "OD-SPACING",
            f"The study states no spacing, and the model looks at pixels of {wanted} mm.",
            "Export the study with its spacing, or name a model that takes pixels as they are.",
        )
    return [have / want for have, want in zip(scan.spacing_mm, spec.spacing_mm, strict=True)][-dims:]


def _axis_origins(size: int, side: int, stride: int, overlap: float) -> list[int]:
    """Evenly spaced tile origins along one axis, the last one reaching the end."""
    if size <= side:
        return [0]
    last = math.ceil((size - side) / stride)
    steps = math.ceil((size - side) / max(stride, side * (1.0 - overlap)))
    return [round(step * last / steps) * stride for step in range(steps + 1)]
