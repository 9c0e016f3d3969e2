"""Stored values to screen pixels: the visible part of a flat picture, resampled, windowed and coloured in one pass, and
a heat map laid over it.

A picture is named by the values of an array in memory and by steps through it, so that a photograph, its mirror image,
a quarter turn of it and a plane of a volume along any axis are all the same to the kernels.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.screen import TONES, Line, Ramp, check_rows, check_screen

Values = NDArray[Any]
Floats = NDArray[np.float32]
Offsets = NDArray[np.int64]
Argb = NDArray[np.uint32]

OUTER, INNER, FULL = np.uint64(0xFF00FF), np.uint64(0x00FF00), np.uint64(0xFF000000)
"""Red and blue, green, and the opaque share of a colour 0xaarrggbb."""

HALVES, HALF = np.uint64(0x800080), np.uint64(0x008000)
"""A half of each, in 256ths of one step: means are rounded to the nearest."""


def show(
    values: Values, corner: int, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb, row0: int, row1: int
) -> None:
    """Writes rows `row0` to `row1` of the screen; other rows stay as they are.

    Args:
        values: uint8, uint16, int16 or float32, C order, stored values.
        corner: offset of the picture's first value.
        down: for each row of the screen.
        across: for each column.
        ramp: from stored values to the table.
        colours: (257,) uint32 0xffrrggbb: of each tone, and of what is not a number.
        out: (rows, columns) uint32, C order.
        row0: first row.
        row1: end of the rows.
    """
    check_screen(values, corner, down, across, out)
    check_rows(row0, row1, out.shape[0])
    _check_table(colours)
    show_rows(
        read_only(values).reshape(-1),
        corner,
        down.first,
        down.step,
        down.share,
        across.first,
        across.step,
        across.share,
        np.float32(ramp.gain),
        np.float32(ramp.bias),
        read_only(colours),
        out,
        row0,
        row1,
    )


def show_colour(
    values: Values, corner: int, down: Line, across: Line, ramp: Ramp, out: Argb, row0: int, row1: int
) -> None:
    """As `show`, for three values a pixel that lie side by side, red first; `corner` is the first pixel's red."""
    check_screen(values, corner + 2, down, across, out)
    check_screen(values, corner, down, across, out)
    check_rows(row0, row1, out.shape[0])
    show_colour_rows(
        read_only(values).reshape(-1),
        corner,
        down.first,
        down.step,
        down.share,
        across.first,
        across.step,
        across.share,
        np.float32(ramp.gain),
        np.float32(ramp.bias),
        out,
        row0,
        row1,
    )


def tint(cells: Floats, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb, row0: int, row1: int) -> None:
    """Lays a heat map over rows `row0` to `row1` of the screen; other rows stay as they are.

    Args:
        cells: (h, w) float32, C order.
        down: for each row of the screen.
        across: for each column.
        ramp: from a cell's number to the table.
        colours: (257,) uint32 0xaarrggbb, not multiplied by their share aa: of each tone, and of what is not a number.
        out: (rows, columns) uint32 0xffrrggbb, C order.
        row0: first row.
        row1: end of the rows.
    """
    check_screen(cells, 0, down, across, out)
    check_rows(row0, row1, out.shape[0])
    _check_table(colours)
    tint_rows(
        read_only(cells).reshape(-1),
        down.first,
        down.step,
        down.share,
        across.first,
        across.step,
        across.share,
        np.float32(ramp.gain),
        np.float32(ramp.bias),
        read_only(colours),
        out,
        row0,
        row1,
    )


def _check_table(colours: Argb) -> None:
    if colours.shape != (TONES + 1,):
        raise ValueError(f"a table of {TONES + 1} colours is needed, not one of shape {colours.shape}")


@kernel
def show_rows(
    values: Values,
    corner: int,
    down: Offsets,
    step_down: int,
    share_down: Floats,
    across: Offsets,
    step_across: int,
    share_across: Floats,
    gain: np.float32,
    bias: np.float32,
    colours: Argb,
    out: Argb,
    row0: int,
    row1: int,
) -> None:
    """The definition: linear along x, then along y, in stored values; then the ramp and the table.

    A line of the picture is stretched once and kept as long as rows of the screen fall beside it.
    """
    lines = np.empty((2, across.size), np.float32)
    upper, upper_at, lower_at = 0, -1, -1
    for row in range(row0, row1):
        at = corner + down[row]
        if at != upper_at:
            if at == lower_at:
                upper, lower_at = 1 - upper, upper_at
            else:
                stretch(values, at, across, step_across, share_across, lines[upper])
            upper_at = at
        if share_down[row] > 0.0 and at + step_down != lower_at:
            lower_at = at + step_down
            stretch(values, lower_at, across, step_across, share_across, lines[1 - upper])
        tone_between(lines[upper], lines[1 - upper], share_down[row], gain, bias, out[row])
        # In a loop of its own: the tones above are made sixteen at a time, what is looked up here is not.
        for column in range(across.size):
            out[row, column] = colours[np.uint64(out[row, column])]


@kernel
def show_colour_rows(
    values: Values,
    corner: int,
    down: Offsets,
    step_down: int,
    share_down: Floats,
    across: Offsets,
    step_across: int,
    share_across: Floats,
    gain: np.float32,
    bias: np.float32,
    out: Argb,
    row0: int,
    row1: int,
) -> None:
    """The definition: as `show_rows` for each channel; not a number is black."""
    lines = np.empty((2, 3, across.size), np.float32)
    tones = np.empty((3, across.size), np.uint32)
    upper, upper_at, lower_at = 0, -1, -1
    for row in range(row0, row1):
        at = corner + down[row]
        if at != upper_at:
            if at == lower_at:
                upper, lower_at = 1 - upper, upper_at
            else:
                for channel in range(3):
                    stretch(values, at + channel, across, step_across, share_across, lines[upper, channel])
            upper_at = at
        if share_down[row] > 0.0 and at + step_down != lower_at:
            lower_at = at + step_down
            for channel in range(3):
                stretch(values, lower_at + channel, across, step_across, share_across, lines[1 - upper, channel])
        for channel in range(3):
            above, below = lines[upper, channel], lines[1 - upper, channel]
            tone_between(above, below, share_down[row], gain, bias, tones[channel])
        for column in range(across.size):
            red, green, blue = (tones[0, column] & 255), (tones[1, column] & 255), (tones[2, column] & 255)
            out[row, column] = 0xFF000000 | (red << 16) | (green << 8) | blue


@kernel
def tint_rows(
    cells: Floats,
    down: Offsets,
    step_down: int,
    share_down: Floats,
    across: Offsets,
    step_across: int,
    share_across: Floats,
    gain: np.float32,
    bias: np.float32,
    colours: Argb,
    out: Argb,
    row0: int,
    row1: int,
) -> None:
    """The definition: tones as in `show_rows`, then the table's share of each channel over what is there.

    Shares are counted in 256ths, red and blue at once; 255 counts as all.
    """
    lines = np.empty((2, across.size), np.float32)
    tones = np.empty(across.size, np.uint32)
    upper, upper_at, lower_at = 0, -1, -1
    for row in range(row0, row1):
        at = down[row]
        if at != upper_at:
            if at == lower_at:
                upper, lower_at = 1 - upper, upper_at
            else:
                stretch(cells, at, across, step_across, share_across, lines[upper])
            upper_at = at
        if share_down[row] > 0.0 and at + step_down != lower_at:
            lower_at = at + step_down
            stretch(cells, lower_at, across, step_across, share_across, lines[1 - upper])
        tone_between(lines[upper], lines[1 - upper], share_down[row], gain, bias, tones)
        for column in range(across.size):
            over, under = np.uint64(colours[np.uint64(tones[column])]), np.uint64(out[row, column])
            opaque = over >> np.uint64(24)
            opaque += opaque >> np.uint64(7)
            rest = np.uint64(256) - opaque
            outer = (under & OUTER) * rest + (over & OUTER) * opaque + HALVES
            inner = (under & INNER) * rest + (over & INNER) * opaque + HALF
            blended = ((outer >> np.uint64(8)) & OUTER) | ((inner >> np.uint64(8)) & INNER)
            out[row, column] = np.uint32(blended | FULL)


@kernel
def stretch(values: Values, at: int, across: Offsets, step: int, share: Floats, line: Floats) -> None:
    """One line of the picture to as many values as the screen has columns."""
    if step == 0:
        for column in range(line.size):
            line[column] = np.float32(values[np.uint64(at + across[column])])
        return
    for column in range(line.size):
        before = np.float32(values[np.uint64(at + across[column])])
        behind = np.float32(values[np.uint64(at + across[column] + step)])
        line[column] = before + share[column] * (behind - before)


@kernel
def tone_between(
    upper: Floats, lower: Floats, share: np.float32, gain: np.float32, bias: np.float32, tones: Argb
) -> None:
    """Values between two lines to tones 0..255, and 256 for what is not a number; the upper line alone at share 0."""
    if share == 0.0:
        for column in range(upper.size):
            tones[column] = tone_of(upper[column], gain, bias)
        return
    for column in range(upper.size):
        tones[column] = tone_of(upper[column] + share * (lower[column] - upper[column]), gain, bias)


@kernel
def tone_of(value: np.float32, gain: np.float32, bias: np.float32) -> np.uint32:
    """Which colour of the table a value gets."""
    tone = value * gain + bias
    tone = tone if tone > np.float32(0.0) else np.float32(0.0)
    tone = tone if tone < np.float32(255.0) else np.float32(255.0)
    tone = tone if value == value else np.float32(256.0)  # noqa: PLR0124 -- not a number differs from itself
    return np.uint32(np.int32(tone))
