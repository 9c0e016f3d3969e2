"""A picture against its template: how the template lies at each place, and what differs beyond the jitter of edges.

Edges of parts are never quite where the template has them, so almost all of a plain difference is the rim of what is
the same. Here each cell of the picture finds the shift at which the template fits it best (block matching), and a
pixel differs by how far it lies beyond all values that the other picture has within the tolerance: in both directions,
since of a thin line that is gone only the template knows.
"""

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.screen import check_rows

Floats = NDArray[np.float32]
Shifts = NDArray[np.int32]


def find_shifts(
    picture: Floats,
    template: Floats,
    cell: int,
    guess: tuple[int, int],
    reach: int,
    out: Shifts,
    row0: int,
    row1: int,
) -> None:
    """Writes the shifts of some rows of cells; other rows stay as they are.

    Args:
        picture: (H, W) float32.
        template: (H, W) float32.
        cell: side of a cell; it is compared with half a cell more on each side, so that one defect does not decide.
        guess: (y, x) from a place in the picture to that in the template, around which is searched.
        reach: so far in each direction.
        out: (ceil(H / cell), ceil(W / cell), 2) int32, (y, x) of each cell. Of shifts that fit alike the one nearest
            to the guess, of these the first.
        row0: first row of cells.
        row1: end of them.
    """
    check_rows(row0, row1, out.shape[0])
    cells = tuple(-(-side // cell) for side in picture.shape)
    if template.shape != picture.shape or out.shape != (*cells, 2) or cell < 1 or reach < 0:
        raise ValueError(f"{picture.shape} and {template.shape} in cells of {cell} have no shifts of {out.shape}")
    find_shifts_of_rows(read_only(picture), read_only(template), cell, *guess, reach, out, row0, row1)


def distance(picture: Floats, template: Floats, shift: tuple[int, int]) -> float:
    """The mean distance of two pictures where both are, one of them shifted; infinite where less than half is shared.

    Args:
        picture: (H, W) float32.
        template: (H, W) float32.
        shift: (y, x) from a place in the picture to that in the template.
    """
    if picture.shape != template.shape:
        raise ValueError(f"{picture.shape} and {template.shape} have no distance")
    height, width = picture.shape
    whole = (0, height, 0, width)
    return float(mean_distance(read_only(picture), read_only(template), *whole, *shift, np.float64(np.inf)))


def value_range(picture: Floats, reach: int, low: Floats, high: Floats, row0: int, row1: int) -> None:
    """Writes the smallest and the largest value within `reach` of each pixel of some rows; other rows stay.

    Args:
        picture: (H, W) float32.
        reach: pixels to each side; the square around the pixel, as far as there is a picture.
        low: (H, W) float32.
        high: (H, W) float32.
        row0: first row.
        row1: end of the rows.
    """
    check_rows(row0, row1, picture.shape[0])
    if not picture.shape == low.shape == high.shape or reach < 0:
        raise ValueError(f"{picture.shape} has no ranges of {low.shape} and {high.shape}")
    value_range_of_rows(read_only(picture), reach, low, high, row0, row1)


def beyond(
    pictures: tuple[Floats, Floats, Floats],
    templates: tuple[Floats, Floats, Floats],
    cell: int,
    shifts: Shifts,
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """Writes by how much the pixels of some rows differ beyond the tolerance; other rows stay as they are.

    Args:
        pictures: (H, W) float32 each: the picture, and the ends of its `value_range`.
        templates: the same of the template.
        cell: side of a cell.
        shifts: of `find_shifts`.
        out: (H, W) float32; it is only raised, so that the channels of a picture add to one.
        row0: first row.
        row1: end of the rows.
    """
    check_rows(row0, row1, out.shape[0])
    cells = tuple(-(-side // cell) for side in out.shape)
    if any(one.shape != out.shape for one in (*pictures, *templates)) or shifts.shape != (*cells, 2):
        raise ValueError(f"pictures, templates and shifts are not all of {out.shape} in cells of {cell}")
    (own, own_low, own_high), (other, low, high) = pictures, templates
    ranges = (read_only(own_low), read_only(own_high), read_only(other), read_only(low), read_only(high))
    beyond_of_rows(read_only(own), *ranges, cell, read_only(shifts), out, row0, row1)


@kernel
def find_shifts_of_rows(
    picture: Floats,
    template: Floats,
    cell: int,
    guess_y: int,
    guess_x: int,
    reach: int,
    out: Shifts,
    row0: int,
    row1: int,
) -> None:
    """The definition; sums of distances are float64 over rows that are summed in float32."""
    height, width = picture.shape
    for cell_row in range(row0, row1):
        top = max(0, cell_row * cell - cell // 2)
        bottom = min(height, (cell_row + 1) * cell + cell // 2)
        for cell_column in range(out.shape[1]):
            left = max(0, cell_column * cell - cell // 2)
            right = min(width, (cell_column + 1) * cell + cell // 2)
            out[cell_row, cell_column, 0], out[cell_row, cell_column, 1] = guess_y, guess_x
            best, best_far = np.float64(np.inf), 0
            best = mean_distance(picture, template, top, bottom, left, right, guess_y, guess_x, best)
            for dy in range(-reach, reach + 1):
                for dx in range(-reach, reach + 1):
                    y, x = guess_y + dy, guess_x + dx
                    far = dy * dy + dx * dx
                    misfit = mean_distance(picture, template, top, bottom, left, right, y, x, best)
                    if misfit < best or (misfit == best and far < best_far):
                        best, best_far = misfit, far
                        out[cell_row, cell_column, 0], out[cell_row, cell_column, 1] = y, x


@kernel
def mean_distance(
    picture: Floats,
    template: Floats,
    top: int,
    bottom: int,
    left: int,
    right: int,
    y: int,
    x: int,
    enough: np.float64,
) -> np.float64:
    """Between a window of the picture and the same of the template, shifted; infinite where they share too little, or
    where it is more than enough, which most shifts show in their first rows."""
    height, width = template.shape
    first, last = max(top, -y), min(bottom, height - y)
    start, end = max(left, -x), min(right, width - x)
    shared = max(0, last - first) * max(0, end - start)
    if 2 * shared < (bottom - top) * (right - left):
        return np.float64(np.inf)
    total, most = np.float64(0.0), enough * np.float64(shared)
    for row in range(first, last):
        of_row = np.float32(0.0)
        for column in range(start, end):
            of_row += abs(picture[row, np.uint64(column)] - template[row + y, np.uint64(column + x)])
        total += of_row
        if total > most:
            return np.float64(np.inf)
    return total / np.float64(shared)


@kernel
def value_range_of_rows(picture: Floats, reach: int, low: Floats, high: Floats, row0: int, row1: int) -> None:
    """The definition: along y first, then along x."""
    height, width = picture.shape
    lowest, highest = np.empty(width, np.float32), np.empty(width, np.float32)
    for row in range(row0, row1):
        lowest[:] = picture[row]
        highest[:] = picture[row]
        for other in range(max(0, row - reach), min(height, row + reach + 1)):
            for column in range(width):
                value = picture[other, column]
                lowest[column] = min(lowest[column], value)
                highest[column] = max(highest[column], value)
        for column in range(width):
            least, most = lowest[column], highest[column]
            for other in range(max(0, column - reach), min(width, column + reach + 1)):
                least = min(least, lowest[other])
                most = max(most, highest[other])
            low[row, column] = least
            high[row, column] = most


@kernel
def beyond_of_rows(
    picture: Floats,
    picture_low: Floats,
    picture_high: Floats,
    template: Floats,
    template_low: Floats,
    template_high: Floats,
    cell: int,
    shifts: Shifts,
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """The definition. What lies beyond the template's border differs from nothing."""
    height, width = picture.shape
    for row in range(row0, row1):
        for column in range(width):
            y = row + shifts[row // cell, column // cell, 0]
            x = column + shifts[row // cell, column // cell, 1]
            if y < 0 or x < 0 or y >= height or x >= width:
                continue
            value, wanted = picture[row, column], template[y, x]
            out[row, column] = max(
                out[row, column],
                value - template_high[y, x],
                template_low[y, x] - value,
                wanted - picture_high[row, column],
                picture_low[row, column] - wanted,
            )
