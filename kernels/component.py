"""The connected component around a voxel, and the largest distance across its surface."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import cuda_kernel, device_function
from kernels.device_arrays import DeviceArray, Stream

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

THREADS = 256
"""Threads of a block."""

Floats = NDArray[np.float32]
Points = NDArray[np.float64]
Mask = NDArray[np.bool_]

DIRECTIONS_A_SIDE = 8
"""The directions that extents are taken along are the cells of a cube's three faces, so many along each edge."""


def component(rise: Floats, seed: Sequence[int]) -> Mask:
    """The voxels above 0 that hang together with the seed, by faces, edges or corners; empty if the seed is not one.

    Args:
        rise: (D, H, W) float32.
        seed: (z, y, x) inside it.
    """
    mask = np.zeros(rise.shape, np.bool_)
    z, y, x = seed
    grow(read_only(rise), z, y, x, mask)
    return mask


def surface_points(rise: Floats, mask: Mask, spacing_mm: Sequence[float]) -> Points:
    """Where the surface of a component crosses the lines between voxel centres.

    Between a voxel of the component and its neighbour across a face it lies where the rise, linear between the two
    centres, is 0; at the border of the array on the voxel's outer face.

    Args:
        rise: (D, H, W) float32, above 0 in the component, not above 0 in the voxels that touch it.
        mask: (D, H, W) bool, the component.
        spacing_mm: (z, y, x) between centres.

    Returns:
        (n, 3) float64, mm along z, y, x from the centre of the first voxel.
    """
    spacing = np.array(spacing_mm, np.float64)
    points = np.empty((6 * np.count_nonzero(mask), 3), np.float64)
    count = find_crossings(read_only(rise), read_only(mask), spacing, points)
    return points[:count]


def longest_distance(points: Points) -> float:
    """The largest distance between two points, exact; 0 without points.

    Args:
        points: (n, 3) float64.
    """
    return farthest(read_only(points), DIRECTIONS_A_SIDE)


@kernel
def grow(rise: Floats, z: int, y: int, x: int, mask: Mask) -> None:
    """Marks the component of the voxel at (z, y, x).

    Args:
        rise: (D, H, W) float32, read-only.
        mask: (D, H, W) bool, all false before.
    """
    depth, height, width = rise.shape
    if not rise[z, y, x] > 0.0:
        return
    waiting = np.empty(rise.size, np.int64)
    waiting[0], count = (z * height + y) * width + x, 1
    mask[z, y, x] = True
    while count > 0:
        count -= 1
        at = waiting[count]
        z, y, x = at // (height * width), at // width % height, at % width
        for near_z in range(max(z - 1, 0), min(z + 2, depth)):
            for near_y in range(max(y - 1, 0), min(y + 2, height)):
                for near_x in range(max(x - 1, 0), min(x + 2, width)):
                    if rise[near_z, near_y, near_x] > 0.0 and not mask[near_z, near_y, near_x]:
                        mask[near_z, near_y, near_x] = True
                        waiting[count] = (near_z * height + near_y) * width + near_x
                        count += 1


@kernel
def find_crossings(rise: Floats, mask: Mask, spacing: Points, points: Points) -> int:
    """Writes the points of the surface, and returns how many they are.

    Args:
        rise: (D, H, W) float32, read-only.
        mask: (D, H, W) bool, read-only.
        spacing: (3,) float64, mm.
        points: (n, 3) float64, written; room for 6 a voxel.
    """
    depth, height, width = rise.shape
    count = 0
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                if not mask[z, y, x]:
                    continue
                for axis in range(3):
                    for step in (-1, 1):
                        near_z, near_y, near_x = z + step * (axis == 0), y + step * (axis == 1), x + step * (axis == 2)
                        share = 0.5
                        if 0 <= near_z < depth and 0 <= near_y < height and 0 <= near_x < width:
                            if mask[near_z, near_y, near_x]:
                                continue
                            inside, outside = np.float64(rise[z, y, x]), np.float64(rise[near_z, near_y, near_x])
                            share = inside / (inside - outside)
                        points[count, 0] = (z + (near_z - z) * share) * spacing[0]
                        points[count, 1] = (y + (near_y - y) * share) * spacing[1]
                        points[count, 2] = (x + (near_x - x) * share) * spacing[2]
                        count += 1
    return count


@kernel
def farthest(points: Points, side: int) -> float:
    """The largest distance between two of the points.

    Two points at that distance lie along a direction that differs from one of the tried ones by a bounded angle, so
    that along it both are among the outermost: only those are paired.

    Args:
        points: (n, 3) float64, read-only.
        side: directions along each edge of a face of the cube.
    """
    count = points.shape[0]
    along = np.empty(count, np.float64)
    top, bottom = np.empty(count, np.int64), np.empty(count, np.int64)
    # The largest angle is that to a corner of a cell: half a diagonal, sqrt(2) / side, seen from at least 1 away.
    half = 0.5 / (side * side)
    cosine = (1.0 - half) / (1.0 + half)
    best = 0.0
    for face in range(3):
        for row in range(side):
            for column in range(side):
                one, other = (2 * row + 1) / side - 1.0, (2 * column + 1) / side - 1.0
                length = np.sqrt(1.0 + one * one + other * other)
                z = (1.0 if face == 0 else one) / length
                y = (1.0 if face == 1 else (one if face == 0 else other)) / length
                x = (1.0 if face == 2 else other) / length
                low, high = np.inf, -np.inf
                for index in range(count):
                    along[index] = points[index, 0] * z + points[index, 1] * y + points[index, 2] * x
                    low, high = min(low, along[index]), max(high, along[index])
                # The width along this direction is a distance that some pair reaches at least.
                slack = high - low - max(best, high - low) * cosine * (1.0 - 1e-12)
                if slack < 0.0:
                    continue
                tops, bottoms = 0, 0
                for index in range(count):
                    if along[index] >= high - slack:
                        top[tops] = index
                        tops += 1
                    if along[index] <= low + slack:
                        bottom[bottoms] = index
                        bottoms += 1
                for upper in range(tops):
                    for lower in range(bottoms):
                        dz = points[top[upper], 0] - points[bottom[lower], 0]
                        dy = points[top[upper], 1] - points[bottom[lower], 1]
                        dx = points[top[upper], 2] - points[bottom[lower], 2]
                        best = max(best, np.sqrt(dz * dz + dy * dy + dx * dx))
    return best


def component_on_device(
    rise: DeviceArray, seed: Sequence[int], parents: DeviceArray, mask: DeviceArray, stream: Stream = 0
) -> None:
    """Marks the voxels that `component` marks.

    Args:
        rise: (D, H, W) float32.
        seed: (z, y, x) inside it.
        parents: (D, H, W) int32, scratch.
        mask: (D, H, W) bool, written.
    """
    depth, height, width = rise.shape
    voxels = depth * height * width
    if tuple(parents.shape) != tuple(rise.shape) or tuple(mask.shape) != tuple(rise.shape) or voxels >= 1 << 31:
        # The kernels read and write without bounds checks.
        raise ValueError(f"a component of {rise.shape} voxels does not fit {parents.shape} and {mask.shape}")
    z, y, x = (int(at) for at in seed)
    blocks = -(-voxels // THREADS)
    begin_alone.launch(blocks, THREADS, stream, rise.reshape(voxels), parents.reshape(voxels))
    join_neighbours.launch(blocks, THREADS, stream, rise, parents.reshape(voxels))
    seed_at = (z * height + y) * width + x
    mark_joined.launch(blocks, THREADS, stream, parents.reshape(voxels), seed_at, mask.reshape(voxels))


@cuda_kernel
def begin_alone(rise: Floats, parents: NDArray[np.int32]) -> None:
    """Each voxel above 0 is a tree of its own; the others belong to none.

    Args:
        rise: (n,) float32.
        parents: (n,) int32, written: itself, or -1.
    """
    voxel = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if voxel < rise.size:
        parents[voxel] = voxel if rise[voxel] > 0.0 else -1


@cuda_kernel
def join_neighbours(rise: Floats, parents: NDArray[np.int32]) -> None:
    """Joins the tree of each voxel with those of its 13 neighbours that come before it in raster order.

    Args:
        rise: (D, H, W) float32.
        parents: (D * H * W,) int32; a voxel's parent is never behind it, so there are no rings.
    """
    depth, height, width = rise.shape
    voxel = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if voxel >= depth * height * width or parents[voxel] < 0:
        return
    z, y, x = voxel // (height * width), voxel // width % height, voxel % width
    for neighbour in range(13):
        near_z, near_y, near_x = z + neighbour // 9 - 1, y + neighbour // 3 % 3 - 1, x + neighbour % 3 - 1
        if near_z < 0 or near_y < 0 or near_y >= height or near_x < 0 or near_x >= width:
            continue
        near = (near_z * height + near_y) * width + near_x
        if parents[near] < 0:
            continue
        one, other = root_of(parents, voxel), root_of(parents, near)
        while one != other:
            higher, lower = max(one, other), min(one, other)
            before = cuda.atomic.min(parents, higher, lower)
            if before == higher:
                break
            # Another thread had joined `higher` elsewhere meanwhile: that tree and this one are to be joined.
            one, other = root_of(parents, before), root_of(parents, lower)


@cuda_kernel
def mark_joined(parents: NDArray[np.int32], seed: int, mask: Mask) -> None:
    """The twin of `grow`: marks the voxels of the seed's tree.

    Args:
        parents: (n,) int32.
        seed: index of the seed.
        mask: (n,) bool, written.
    """
    voxel = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if voxel < parents.size:
        inside = parents[voxel] >= 0 and parents[seed] >= 0
        mask[voxel] = inside and root_of(parents, voxel) == root_of(parents, seed)


@device_function
def root_of(parents: NDArray[np.int32], voxel: int) -> int:
    """The first voxel of the tree, which is its own parent."""
    at = voxel
    while parents[at] != at:
        at = parents[at]
    return at
