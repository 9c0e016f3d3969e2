"""Drawing by numpy, beside the kernels."""

import numpy as np
import pytest

from app.paint.plain_renderer import LARGEST_CUT_PX, PlainRenderer
from app.paint.sheet import Sheet
from app.state.frame import Frame, Slab
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from engine.domain.scan import IDENTITY
from kernels.screen import line_of, ramp_of

VOXELS = np.random.default_rng(5).integers(-900, 900, (9, 11, 13)).astype(np.int16)
GRID = Grid(VOXELS.shape, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), IDENTITY)
TABLE = np.arange(257, dtype=np.uint32)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("mode", ["max", "mean"])
def test_slab_is_that_of_the_kernels(kernels, axis, mode):
    plane = Plane.across(GRID, axis).with_slab(Slab(4, mode))
    plain = PlainRenderer().project(VOXELS, plane.frame, plane.size_px)
    np.testing.assert_allclose(plain, kernels.project(VOXELS, plane.frame, plane.size_px), rtol=1e-6)


def test_cut_is_that_of_the_kernels_by_nearest_voxels(kernels):
    cut = Oblique.of(Plane.across(GRID, 0)).tilted((0.0, 0.6, 0.8), 0.7, (4.0, 5.1, 6.2))
    plain = PlainRenderer().reslice(VOXELS, cut.frame, cut.size_px, smooth=False)
    fast = kernels.reslice(VOXELS, cut.frame, cut.size_px, smooth=False)
    assert (np.isnan(plain) == np.isnan(fast)).mean() > 0.97, "but for pixels on the very rim"
    both = ~np.isnan(plain) & ~np.isnan(fast)
    assert (plain[both] == fast[both]).mean() > 0.97, "but for places half way between two voxels"


def test_large_cut_is_worked_out_coarsely_and_fills_its_place():
    frame = Frame((4.0, 0.0, 0.0), (0.0, 0.0, 0.01), (0.0, 0.01, 0.0), (1.0, 0.0, 0.0))
    cut = PlainRenderer().reslice(VOXELS, frame, (1300, 1100), smooth=False)
    assert cut.shape == (1100, 1300)
    step = int(np.ceil(np.sqrt(cut.size / LARGEST_CUT_PX)))
    assert step > 1
    assert np.array_equal(cut[:step, :step], np.full((step, step), VOXELS[4, 0, 0]))


GREY, COLOUR = (), (3,)


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("channels", [GREY, COLOUR])
def test_nearest_values_are_shown_as_the_kernels_show_them(kernels, form, channels):
    pixels = np.random.default_rng(1).integers(0, 250, (20, 30, *channels)).astype(form)
    if np.dtype(form).kind in "if":
        pixels -= form(120)
    sheet, shown = Sheet.of(pixels), []
    for renderer in (PlainRenderer(), kernels):
        out = np.zeros((25, 35), np.uint32)
        down = line_of(np.linspace(0.1, 19.9, 25), 20, sheet.step_down, smooth=False)
        across = line_of(np.linspace(29.9, 0.1, 35), 30, sheet.step_right, smooth=False)
        renderer.show(sheet, down, across, ramp_of(-60.0, 150.0, slope=1.3), TABLE, out)
        shown.append(out)
    assert np.array_equal(*shown)


def test_heat_is_mixed_as_the_kernels_mix_it(kernels):
    cells = np.random.default_rng(2).random((4, 5)).astype(np.float32)
    cells[1, 2] = np.nan
    colours = np.append(np.arange(256, dtype=np.uint32) << np.uint32(24) | np.uint32(0xFF8020), np.uint32(0))
    shown = []
    for renderer in (PlainRenderer(), kernels):
        out = np.full((8, 10), 0xFF204060, np.uint32)
        down = line_of(np.arange(8) / 2, 4, 5, smooth=False)
        renderer.tint(cells, down, line_of(np.arange(10) / 2, 5, 1, smooth=False), ramp_of(0.0, 1.0), colours, out)
        shown.append(out.view(np.uint8).astype(int))
    assert np.abs(shown[0] - shown[1]).max() <= 1
