"""Overlapping tiles' answers become one map: each cell is the weighted mean of the tiles that cover it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import blocks_for, cuda_kernel, product32
from kernels.device_arrays import DeviceArray, Stream
from kernels.weights import border_ramp

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

THREADS = (32, 8)
"""Threads of a block along x and y."""

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


def stitch_on_device(
    heat: DeviceArray,
    box: DeviceArray,
    ramps: Sequence[DeviceArray],
    places: DeviceArray,
    stride: int,
    stitched: DeviceArray,
    weight: DeviceArray,
    stream: Stream = 0,
) -> None:
    """Blends a batch of tiles in their order; mirrored ones are turned back first. The bytes are those of `stitch`.

    Args:
        heat: (tiles, labels, h, w) or (tiles, labels, d, h, w) float32 or float16.
        box: (tiles, 2 * dims, h, w) or (tiles, 2 * dims, d, h, w) of the same type; low faces, then high faces.
        ramps: weights of a tile's cells along (y, x) or (z, y, x), float32; see `weights.border_ramp`.
        places: (tiles, 4) int32 as `kernels.prepare.prepare_on_device` takes them.
        stride: network pixels a cell.
        stitched: (labels + 2 * dims, H, W) or (labels + 2 * dims, D, H, W) float32, zeros before the first tile.
        weight: (H, W) or (D, H, W) float32, zeros before the first tile.
    """
    dims = len(ramps)
    tiles, labels, *sizes = heat.shape
    if (
        [ramp.shape[0] for ramp in ramps] != sizes
        or tuple(box.shape) != (tiles, 2 * dims, *sizes)
        or tuple(places.shape) != (tiles, 4)
        or tuple(stitched.shape) != (labels + 2 * dims, *weight.shape)
        or len(weight.shape) != dims
    ):
        # The kernel reads and writes without bounds checks.
        raise ValueError(f"tiles {heat.shape}, {box.shape} do not fit maps {stitched.shape}, {weight.shape}")
    if dims == 2:
        heat, box = heat.reshape(tiles, labels, 1, *sizes), box.reshape(tiles, 4, 1, *sizes)
        stitched = stitched.reshape(stitched.shape[0], 1, *weight.shape)
        weight = weight.reshape(1, *weight.shape)
    depth, height, width = heat.shape[2:]
    grid = (*blocks_for((width, height), THREADS), depth)
    *_, ramp_y, ramp_x = ramps
    for tile in range(tiles):  # one launch each: where tiles overlap, their order is part of the result
        stitch_tile.launch(
            grid, THREADS, stream, heat, box, ramps[0], ramp_y, ramp_x, places, stride, tile, stitched, weight
        )


@cuda_kernel
def stitch_tile(
    heat: Floats,
    box: Floats,
    ramp_z: Floats,
    ramp_y: Floats,
    ramp_x: Floats,
    places: NDArray[np.int32],
    stride: int,
    tile: int,
    stitched: Floats,
    weight: Floats,
) -> None:
    """The twin of `stitch_rows`: a thread blends one cell of the tile.

    Args:
        heat: (tiles, labels, d, h, w).
        box: (tiles, 2 * dims, d, h, w).
        ramp_z: (d,) float32; where there are two dimensions it is not read.
        places: (tiles, 4) int32.
        tile: which of the tiles.
        stitched: (labels + 2 * dims, D, H, W) float32.
        weight: (D, H, W) float32.
    """
    _, labels, depth, height, width = heat.shape
    faces = box.shape[1]
    dims = faces // 2
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    z = cuda.blockIdx.z
    if x >= width or y >= height:
        return
    to_z, to_y, to_x = z + places[tile, 0] // stride, y + places[tile, 1] // stride, x + places[tile, 2] // stride
    if to_z < 0 or to_z >= weight.shape[0] or to_y < 0 or to_y >= weight.shape[1]:
        return
    if to_x < 0 or to_x >= weight.shape[2]:
        return
    mirrored = places[tile, 3]
    from_z = depth - 1 - z if mirrored & 4 else z
    from_y = height - 1 - y if mirrored & 2 else y
    from_x = width - 1 - x if mirrored & 1 else x
    along_z = ramp_z[z] if dims == 3 else np.float32(1.0)
    own = product32(product32(along_z, ramp_y[y]), ramp_x[x])
    total = weight[to_z, to_y, to_x] + own
    weight[to_z, to_y, to_x] = total
    share = own / total
    for index in range(labels):
        mean = stitched[index, to_z, to_y, to_x]
        value = np.float32(heat[tile, index, from_z, from_y, from_x])
        stitched[index, to_z, to_y, to_x] = mean + product32(value - mean, share)
    for face in range(faces):
        # Along a mirrored axis the low and the high face have changed places; the bit of the last axis is 1.
        opposite = mirrored >> (dims - 1 - face % dims) & 1
        source = (face + dims) % faces if opposite else face
        mean = stitched[labels + face, to_z, to_y, to_x]
        value = np.float32(box[tile, source, from_z, from_y, from_x])
        stitched[labels + face, to_z, to_y, to_x] = mean + product32(value - mean, share)
