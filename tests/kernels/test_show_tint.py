"""A heat map over the screen, against numpy."""

import numpy as np
import pytest

from kernels.screen import line_of, ramp_of
from kernels.show import tint

CELLS = np.random.default_rng(6).random((5, 7)).astype(np.float32)
COLOURS = np.append(np.arange(256, dtype=np.uint32) << np.uint32(24) | np.uint32(0xFF8020), np.uint32(0))
UNDER = 0xFF204060


def tinted(cells, rows, columns, colours=COLOURS):
    out = np.full((rows.size, columns.size), UNDER, np.uint32)
    down = line_of(rows, cells.shape[0], cells.shape[1], smooth=True)
    across = line_of(columns, cells.shape[1], 1, smooth=True)
    for row0, row1 in ((3, rows.size), (0, 3)):
        tint(cells, down, across, ramp_of(0.0, 1.0), colours, out, row0, row1)
    return out


def test_cells_are_mixed_with_what_is_under_them():
    rows, columns = np.linspace(0, 4.99, 9), np.linspace(0, 6.99, 12)
    y, x = np.clip(rows - 0.5, 0, 4)[:, None], np.clip(columns - 0.5, 0, 6)
    y0, x0 = np.minimum(y.astype(int), 3), np.minimum(x.astype(int), 5)
    above = CELLS[y0, x0] * (1 - (x - x0)) + CELLS[y0, x0 + 1] * (x - x0)
    below = CELLS[y0 + 1, x0] * (1 - (x - x0)) + CELLS[y0 + 1, x0 + 1] * (x - x0)
    opaque = np.floor((above * (1 - (y - y0)) + below * (y - y0)) * 255 + 0.5) / 255
    made = tinted(CELLS, rows, columns)
    for shift, under, over in ((16, 0x20, 0xFF), (8, 0x40, 0x80), (0, 0x60, 0x20)):
        channel = made >> np.uint32(shift) & 255
        assert np.abs(channel - (under * (1 - opaque) + over * opaque)).max() <= 1.5
    assert set((made >> 24).ravel()) == {255}


def test_what_is_not_a_number_or_lets_all_through_leaves_the_screen_as_it_is():
    cells = np.array([[np.nan, 0.0], [np.nan, -3.0]], np.float32)
    centres = np.arange(4) % 2 + 0.5
    assert set(tinted(cells, centres, centres).ravel()) == {UNDER}


def test_opaque_colour_replaces_what_is_under_it():
    cells = np.ones((2, 2), np.float32)
    centres = np.arange(4) % 2 + 0.5
    assert set(tinted(cells, centres, centres).ravel()) == {0xFFFF8020}


def test_table_of_another_size_is_refused():
    with pytest.raises(ValueError, match="257 colours"):
        tinted(CELLS, np.arange(4) + 0.5, np.arange(4) + 0.5, COLOURS[:256])
