"""Overlapping tiles' answers become one map: each cell is the weighted mean of the tiles that cover it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.weights import border_ramp

Floats = NDArray[np.float32]


def stitch(tile: Floats, ramps: Sequence[Floats], origin: Sequence[int], stitched: Floats, weight: Floats) -> None:
    """Blends one tile's maps into the stitched maps; what lies outside them is left out.

    The maps are a running mean and valid after every tile, so a study that ran out of time needs no last step. Where
    `weight` is still 0 no tile was seen. A cell that one tile covers has exactly that tile's values.

    Args:
        tile: (maps, h, w) or (maps, d, h, w) float32, C order; heat and box maps together, so they blend alike.
        ramps: weights of the tile's cells along (y, x) or (z, y, x), above 0; see `weights.border_ramp`.
        origin: (y, x) or (z, y, x) of the tile's first cell in the stitched maps; may lie outside.
        stitched: (maps, H, W) or (maps, D, H, W) float32, zeros before the first tile.
        weight: (H, W) or (D, H, W) float32, zeros before the first tile.
    """
    if tile.ndim == 3:
        tile, stitched, weight = tile[:, None], stitched[:, None], weight[None]
        ramps, origin = (border_ramp(1, 0), *ramps), (0, *origin)
    sizes = tuple(ramp.size for ramp in ramps)
    if tile.shape[1:] != sizes or stitched.shape != (tile.shape[0], *weight.shape):
        # The kernel reads and writes without bounds checks.
        raise ValueError(f"a tile {tile.shape} with ramps {sizes} does not fit maps {stitched.shape}, {weight.shape}")
    ramp_z, ramp_y, ramp_x = (read_only(ramp) for ramp in ramps)
    origin_z, origin_y, origin_x = origin
    rows = sizes[0] * sizes[1]
    stitch_rows(read_only(tile), ramp_z, ramp_y, ramp_x, origin_z, origin_y, origin_x, stitched, weight, 0, rows)


@kernel
def stitch_rows(
    tile: Floats,
    ramp_z: Floats,
    ramp_y: Floats,
    ramp_x: Floats,
    origin_z: int,
    origin_y: int,
    origin_x: int,
    stitched: Floats,
    weight: Floats,
    row0: int,
    row1: int,
) -> None:
    """Blends rows `row0` to `row1` of the tile, counted through its planes.

    `mean += (value - mean) * (w / sum of w)`: for the first tile the factor is exactly 1 and the mean exactly 0.

    Args:
        tile: (maps, d, h, w) float32.
        stitched: (maps, D, H, W) float32.
        weight: (D, H, W) float32.
    """
    maps, _, rows, width = tile.shape
    x0 = max(0, -origin_x)
    x1 = min(width, stitched.shape[3] - origin_x)
    for row in range(row0, row1):
        z, y = row // rows, row % rows
        to_z, to_y = z + origin_z, y + origin_y
        if to_z < 0 or to_z >= stitched.shape[1] or to_y < 0 or to_y >= stitched.shape[2]:
            continue
        for x in range(x0, x1):
            to_x = x + origin_x
            own = ramp_z[z] * ramp_y[y] * ramp_x[x]
            total = weight[to_z, to_y, to_x] + own
            weight[to_z, to_y, to_x] = total
            share = own / total
            for index in range(maps):
                mean = stitched[index, to_z, to_y, to_x]
                stitched[index, to_z, to_y, to_x] = mean + (tile[index, z, y, x] - mean) * share
