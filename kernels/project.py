"""Neighbouring planes of a volume seen as one: the largest of their values, or the mean."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.screen import check_rows

Values = NDArray[Any]
Floats = NDArray[np.float32]


def project(
    values: Values,
    corner: int,
    steps: tuple[int, int, int],
    planes: int,
    out: Floats,
    row0: int,
    row1: int,
    *,
    largest: bool = True,
) -> None:
    """Writes rows `row0` to `row1` of the projection; other rows stay as they are.

    Args:
        values: uint8, uint16, int16 or float32, C order, stored values.
        corner: offset of the first plane's first value.
        steps: offsets from a plane, a row and a column to the next; any may be negative.
        planes: how many.
        out: (rows, columns) float32, C order.
        row0: first row.
        row1: end of the rows.
        largest: the largest value; the mean if not.
    """
    check_rows(row0, row1, out.shape[0])
    ends = [step * (length - 1) for step, length in zip(steps, (planes, *out.shape), strict=True)]
    lowest, highest = corner + sum(min(end, 0) for end in ends), corner + sum(max(end, 0) for end in ends)
    if planes < 1 or lowest < 0 or highest >= values.size or not out.flags.c_contiguous:
        raise ValueError(f"{planes} planes of {out.shape} reach from {lowest} to {highest} of {values.size} values")
    project_rows(read_only(values).reshape(-1), corner, *steps, planes, largest, out, row0, row1)


@kernel
def project_rows(
    values: Values,
    corner: int,
    step_plane: int,
    step_row: int,
    step_column: int,
    planes: int,
    largest: bool,
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """The definition; sums are float32, in the order of the planes."""
    width = out.shape[1]
    for row in range(row0, row1):
        line = out[row]
        for plane in range(planes):
            at = corner + plane * step_plane + row * step_row
            if plane == 0:
                for column in range(width):
                    line[column] = np.float32(values[np.uint64(at + column * step_column)])
            elif largest:
                for column in range(width):
                    line[column] = max(line[column], np.float32(values[np.uint64(at + column * step_column)]))
            else:
                for column in range(width):
                    line[column] += np.float32(values[np.uint64(at + column * step_column)])
        if not largest:
            for column in range(width):
                line[column] /= np.float32(planes)
