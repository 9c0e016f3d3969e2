"""A flat cut through a volume at any angle, one slice of it or the largest value or mean of several."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.screen import check_rows

Values = NDArray[Any]
Floats = NDArray[np.float32]
Places = NDArray[np.float64]


def reslice(
    voxels: Values,
    corner: Sequence[float],
    right: Sequence[float],
    down: Sequence[float],
    normal: Sequence[float],
    slices: int,
    out: Floats,
    row0: int,
    row1: int,
    *,
    largest: bool = True,
    smooth: bool = True,
) -> None:
    """Writes rows `row0` to `row1` of a cut; other rows stay as they are.

    Pixel (row r, column c) of slice k is taken at `corner + c * right + r * down + k * normal`, (z, y, x) in voxels,
    where the centre of a voxel is at whole numbers and a volume reaches half a voxel beyond the last centres.

    Args:
        voxels: (D, H, W) uint8, uint16, int16 or float32, C order, stored values.
        corner: centre of the first pixel of the first slice.
        right: from a pixel to the next one in its row.
        down: from a row to the next.
        normal: from a slice to the next.
        slices: how many are seen at once; those of a pixel that lie beside the volume do not count.
        out: (rows, columns) float32, C order; not a number beside the volume.
        row0: first row.
        row1: end of the rows.
        largest: the largest value of the slices; their mean if not.
        smooth: linear between the eight nearest voxels; the nearest one if not.
    """
    check_rows(row0, row1, out.shape[0])
    if voxels.ndim != 3 or 0 in voxels.shape or slices < 1 or out.ndim != 2 or not out.flags.c_contiguous:
        raise ValueError(f"{slices} slices of {out.shape} cannot be cut from voxels {voxels.shape}")
    ways = np.array([corner, right, down, normal], np.float64)
    reslice_rows(read_only(voxels), ways, slices, largest, smooth, out, row0, row1)


@kernel
def reslice_rows(
    voxels: Values, ways: Places, slices: int, largest: bool, smooth: bool, out: Floats, row0: int, row1: int
) -> None:
    """The definition: see `reslice`.

    Args:
        ways: (4, 3) corner, right, down and normal.
    """
    width = out.shape[1]
    line, count = np.empty(width, np.float32), np.empty(width, np.int32)
    start = np.empty(3, np.float64)
    for row in range(row0, row1):
        out[row, :] = np.float32(np.nan)
        if slices == 1:
            start[:] = ways[0] + row * ways[2]
            begin, end = columns_inside(voxels.shape, start, ways[1], width)
            sample(voxels, start, ways[1], smooth, begin, end, out[row])
            continue
        count[:] = 0
        for number in range(slices):
            start[:] = ways[0] + row * ways[2] + number * ways[3]
            begin, end = columns_inside(voxels.shape, start, ways[1], width)
            sample(voxels, start, ways[1], smooth, begin, end, line)
            for column in range(begin, end):
                if count[column] == 0:
                    out[row, column] = line[column]
                elif largest:
                    out[row, column] = max(out[row, column], line[column])
                else:
                    out[row, column] += line[column]
                count[column] += 1
        if not largest:
            for column in range(width):
                out[row, column] /= np.float32(count[column])


@kernel
def columns_inside(shape: tuple[int, int, int], start: Places, right: Places, width: int) -> tuple[int, int]:
    """First and end of the pixels of a row that lie in the volume."""
    begin, end = 0.0, float(width)
    for axis in range(3):
        low, high = -0.5 - start[axis], shape[axis] - 0.5 - start[axis]
        if right[axis] > 0.0:
            begin, end = max(begin, np.ceil(low / right[axis])), min(end, np.ceil(high / right[axis]))
        elif right[axis] < 0.0:
            begin, end = max(begin, np.floor(high / right[axis]) + 1), min(end, np.floor(low / right[axis]) + 1)
        elif not low <= 0.0 < high:
            end = begin
    return int(begin), int(max(begin, end))


@kernel
def sample(voxels: Values, start: Places, right: Places, smooth: bool, begin: int, end: int, line: Floats) -> None:
    """The values along one row of pixels."""
    depth, height, width = voxels.shape
    flat = voxels.reshape(-1)
    last_z, last_y, last_x = np.float32(depth - 1), np.float32(height - 1), np.float32(width - 1)
    z0, y0, x0 = np.float32(start[0]), np.float32(start[1]), np.float32(start[2])
    dz, dy, dx = np.float32(right[0]), np.float32(right[1]), np.float32(right[2])
    before_z, before_y, before_x = max(depth - 2, 0), max(height - 2, 0), max(width - 2, 0)
    step_z = 0 if depth == 1 else height * width
    step_y = 0 if height == 1 else width
    step_x = 0 if width == 1 else 1
    for column in range(begin, end):
        along = np.float32(column)
        z = min(max(z0 + along * dz, np.float32(0.0)), last_z)
        y = min(max(y0 + along * dy, np.float32(0.0)), last_y)
        x = min(max(x0 + along * dx, np.float32(0.0)), last_x)
        if not smooth:
            near_z, near_y = int(z + np.float32(0.5)), int(y + np.float32(0.5))
            near = (near_z * height + near_y) * width + int(x + np.float32(0.5))
            line[column] = np.float32(flat[np.uint64(near)])
            continue
        in_z, in_y, in_x = min(int(z), before_z), min(int(y), before_y), min(int(x), before_x)
        share_z, share_y, share_x = z - np.float32(in_z), y - np.float32(in_y), x - np.float32(in_x)
        at = (in_z * height + in_y) * width + in_x
        above = between_rows(flat, at, step_y, step_x, share_y, share_x)
        below = between_rows(flat, at + step_z, step_y, step_x, share_y, share_x)
        line[column] = above + share_z * (below - above)


@kernel
def between_rows(
    flat: Values, at: int, step_y: int, step_x: int, share_y: np.float32, share_x: np.float32
) -> np.float32:
    """Linear between four values of one slice."""
    near_left, near_right = np.float32(flat[np.uint64(at)]), np.float32(flat[np.uint64(at + step_x)])
    far_left, far_right = np.float32(flat[np.uint64(at + step_y)]), np.float32(flat[np.uint64(at + step_y + step_x)])
    near = near_left + share_x * (near_right - near_left)
    far = far_left + share_x * (far_right - far_left)
    return near + share_y * (far - near)
