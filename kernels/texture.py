"""Patches of a picture in grey, and their texture: how values change to the next pixel, over four, at seams of blocks.

Nothing here depends on how the work is split: each patch has numbers of its own.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only

REACH = 4
"""Pixels from one to the other of a wide step."""

BLOCK = 8
"""Side of JPEG's blocks, which begin where patches do."""

SIDE = 64
"""Of a patch, at most."""

FIRST, LAST, TOTAL, SQUARES = range(4)
"""Sums over a patch: its first channel, its last one, its grey, and of that the squares of what is off its mean."""

NOISE, NEAR, FAR, SEAMS = range(4)
"""Texture: median step between a value and the mean of its neighbours on both sides; mean step to the next one, and to
the one `REACH` on; mean step from one block to the next less that within blocks."""

_TOP, _MIDDLE, _LOW = 12, 10, 9
"""Bits of a positive float32 that are counted in turn: 31, the sign being none."""

Floats = NDArray[np.float32]
Sums = NDArray[np.float64]
Places = NDArray[np.int64]


def grey_of_patches(
    plane: NDArray[Any], scale: tuple[float, float], limits: tuple[float, float], places: Places, grey: Floats
) -> Sums:
    """Writes the patches one after the other, each value the mean of its scaled channels.

    Args:
        plane: (H, W, channels) uint8, uint16, int16 or float32, C order, stored values.
        scale: the stored value that becomes 0, and how many stored values make 1.
        limits: least and greatest scaled value.
        places: (n, 4) int64, y, x, height and width of each patch; at most `SIDE` on each side.
        grey: (values of all patches,) float32, written.

    Returns:
        (n, 4) float64: `FIRST`, `LAST`, `TOTAL`, `SQUARES`.
    """
    if plane.ndim != 3 or not _are_within(places, plane.shape[0], plane.shape[1]) or grey.size != _values(places):
        raise ValueError(f"pixels {plane.shape} have no such {len(places)} patches of {grey.size} values in all")
    sums = np.zeros((len(places), 4), np.float64)
    numbers = np.array([*scale, *limits], np.float32)
    fill_grey(read_only(plane), numbers, places, grey, sums)
    return sums


def texture_of_patches(grey: Floats, places: Places) -> Sums:
    """The texture of each patch: the mean of that along its rows and that along its columns.

    An axis on which a patch has no more than `REACH` pixels has none; nor has a patch of two such axes.

    Args:
        grey: (values of all patches,) float32, see `grey_of_patches`.
        places: (n, 4) int64, as there.

    Returns:
        (n, 4) float64: `NOISE`, `NEAR`, `FAR`, `SEAMS`.
    """
    if not _are_within(places, None, None) or grey.size != _values(places):
        raise ValueError(f"{grey.size} values are not those of such {len(places)} patches")
    out = np.zeros((len(places), 4), np.float64)
    image, ripple = np.empty((SIDE, SIDE), np.float32), np.empty(SIDE * SIDE, np.float32)
    few, counts = np.empty(SIDE * SIDE, np.uint32), np.empty(1 << _TOP, np.int64)
    columns = np.empty((3, SIDE), np.float64)
    add_texture(read_only(grey), places, image, ripple, ripple.view(np.uint32), few, counts, columns, out)
    return out


def _values(places: Places) -> int:
    return int((places[:, 2] * places[:, 3]).sum())


def _are_within(places: Places, height: int | None, width: int | None) -> bool:
    # The kernels read and write without bounds checks.
    if places.ndim != 2 or places.shape[1] != 4 or places.dtype != np.int64:
        return False
    sizes, ends = places[:, 2:], places[:, :2] + places[:, 2:]
    fits = bool((places[:, :2] >= 0).all() and (sizes >= 1).all() and (sizes <= SIDE).all())
    return fits and (height is None or width is None or bool((ends <= (height, width)).all()))


@kernel
def fill_grey(plane: NDArray[Any], numbers: Floats, places: Places, grey: Floats, sums: Sums) -> None:
    """The definition of `grey_of_patches`.

    Args:
        plane: (H, W, channels) stored values, read-only.
        numbers: (4,) float32: value of 0, width, least and greatest scaled value.
    """
    zero, width, least, greatest = numbers
    channels = plane.shape[2]
    start = 0
    for patch in range(places.shape[0]):
        y0, x0, rows, columns = places[patch]
        first = last = total = squares = np.float64(0.0)
        here = start
        for y in range(y0, y0 + rows):
            for x in range(x0, x0 + columns):
                value, added = np.float32(0.0), np.float32(0.0)
                for channel in range(channels):
                    value = (np.float32(plane[y, x, channel]) - zero) / width
                    value = least if value < least else value
                    value = greatest if value > greatest else value
                    added += value
                    if channel == 0:
                        first += value
                last += value
                added /= np.float32(channels)
                grey[here] = added
                total += added
                here += 1
        mean = total / (rows * columns)
        for index in range(start, here):
            squares += (grey[index] - mean) ** 2
        start = here
        sums[patch, FIRST], sums[patch, LAST], sums[patch, TOTAL], sums[patch, SQUARES] = first, last, total, squares


@kernel
def add_texture(
    grey: Floats,
    places: Places,
    image: Floats,
    ripple: Floats,
    bits: NDArray[np.uint32],
    few: NDArray[np.uint32],
    counts: NDArray[np.int64],
    columns: Sums,
    out: Sums,
) -> None:
    """The definition of `texture_of_patches`; all between `places` and `out` is scratch.

    Args:
        image: (SIDE, SIDE) float32, one patch or its mirror image.
        ripple: (SIDE * SIDE,) float32.
        bits: the memory of `ripple`.
        few: (SIDE * SIDE,) uint32.
        counts: (2 ** _TOP,) int64.
        columns: (3, SIDE) float64.
        out: (n, 4) zeros, written.
    """
    start = 0
    for patch in range(places.shape[0]):
        rows, width = places[patch, 2], places[patch, 3]
        axes = 0
        if width > REACH:
            axes += 1
            for y in range(rows):
                for x in range(width):
                    image[x, y] = grey[start + y * width + x]
            ripples = add_down(image, width, rows, columns, ripple, out[patch])
            middle_to_front(bits, ripples, few, counts)
            out[patch, NOISE] += (ripple[0] + ripple[1]) * np.float32(0.5)
        if rows > REACH:
            axes += 1
            for y in range(rows):
                for x in range(width):
                    image[y, x] = grey[start + y * width + x]
            ripples = add_down(image, rows, width, columns, ripple, out[patch])
            middle_to_front(bits, ripples, few, counts)
            out[patch, NOISE] += (ripple[0] + ripple[1]) * np.float32(0.5)
        if axes == 2:
            for column in range(4):
                out[patch, column] *= 0.5
        start += rows * width


@kernel
def add_down(image: Floats, rows: int, width: int, columns: Sums, ripple: Floats, out: Sums) -> int:
    """Adds the texture down the columns of one patch, all but the noise.

    Args:
        image: (rows or more, width or more) float32, more than `REACH` rows.
        columns: (3, width or more) scratch: the sums of each column, which processors make several of at once.
        ripple: (rows * width or more,) float32, written: how far values are off the mean of their neighbours.
        out: (4,) added to.

    Returns:
        How many values of `ripple` were written.
    """
    for x in range(width):
        columns[0, x] = columns[1, x] = columns[2, x] = 0.0
    for y in range(rows - 1):
        kind = 1 if y % BLOCK == BLOCK - 1 else 0
        for x in range(width):
            columns[kind, x] += abs(image[y + 1, x] - image[y, x])
    for y in range(rows - REACH):
        for x in range(width):
            columns[2, x] += abs(image[y + REACH, x] - image[y, x])
    for y in range(rows - 2):
        for x in range(width):
            between = (image[y, x] + image[y + 2, x]) * np.float32(0.5)
            ripple[y * width + x] = abs(image[y + 1, x] - between)
    within, at_seams, far = 0.0, 0.0, 0.0
    for x in range(width):
        within += columns[0, x]
        at_seams += columns[1, x]
        far += columns[2, x]
    out[NEAR] += (within + at_seams) / ((rows - 1) * width)
    out[FAR] += far / ((rows - REACH) * width)
    seams = (rows - 1) // BLOCK
    if seams:
        out[SEAMS] += at_seams / (seams * width) - within / ((rows - 1 - seams) * width)
    return (rows - 2) * width


@kernel
def middle_to_front(values: NDArray[np.uint32], size: int, few: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
    """Puts the two values in the middle to the front, of an odd number the one there twice: their mean is the median.

    Bit patterns of numbers that are not negative ascend with them, so that counts of their leading bits say in which
    few the median is, and those of the next bits in which of these.

    Args:
        values: (size or more,) bit patterns of float32 without a sign; the first two are lost.
        size: how many count, at least 2.
        few: (size or more,) scratch.
        counts: (2 ** _TOP,) scratch.
    """
    for index in range(size):
        few[index] = values[index] & np.uint32(0x7FFFFFFF)  # what is no number may have a sign all the same
    rank, below, left, shift = size // 2, 0, size, 31
    for step in range(3):
        bits = _TOP if step == 0 else _MIDDLE if step == 1 else _LOW
        shift -= bits
        mask = (1 << bits) - 1
        for bin_ in range(mask + 1):
            counts[bin_] = 0
        for index in range(left):
            counts[(np.int64(few[index]) >> shift) & mask] += 1
        chosen = 0
        while below + counts[chosen] <= rank:
            below += counts[chosen]
            chosen += 1
        kept = 0
        for index in range(left):
            one = few[index]
            few[kept] = one
            kept += 1 if (np.int64(one) >> shift) & mask == chosen else 0
        left = kept
    upper = few[0]
    lower = upper
    if size % 2 == 0 and below == rank:  # the other one is the greatest of those below
        lower = np.uint32(0)
        for index in range(size):
            if lower < values[index] < upper:
                lower = values[index]
    values[0], values[1] = lower, upper
