"""How finely a cut at an angle is sampled."""

import numpy as np
import pytest

from app.paint.oblique_sheet import DRAGGED_SAMPLES, LINEAR_SAMPLES, MOST_SAMPLES, oblique_sheet, part_of
from app.paint.renderer import DRAWING
from app.state.frame import Frame, Slab
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from engine.domain.scan import IDENTITY

SHAPE = (300, 512, 512)


class Asked:
    """Stands where drawing is; keeps what it was asked for."""

    name, smooth = "asked", True

    def reslice(self, voxels, frame, size_px, *, smooth):
        self.size_px, self.linear = size_px, smooth
        return np.full(size_px[::-1], voxels.size * frame.slices, np.float32)


@pytest.fixture
def asked(monkeypatch):
    asked = Asked()
    monkeypatch.setattr(DRAWING, "renderer", asked)
    return asked


def cut(slab=1):
    grid = Grid(SHAPE, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), IDENTITY)
    return Oblique.of(Plane.across(grid, 0)).tilted((0.0, 1.0, 0.0), 0.4, (150.0, 256.0, 256.0)).with_slab(Slab(slab))


def seen(width, height, scale):
    """The centres of so many device pixels, from (10, 20) of the cut on."""
    return 10 + (np.arange(width) + 0.5) / scale, 20 + (np.arange(height) + 0.5) / scale


def sheet_of(cut, places, scale, *, smooth=True):
    return oblique_sheet(np.zeros((1, 1, 1), np.int16), cut, places, scale, smooth=smooth)


@pytest.mark.parametrize("scale", [0.4, 1.0, 1.7])
def test_every_pixel_of_the_screen_is_sampled_where_it_lies(asked, scale):
    sheet = sheet_of(cut(), seen(200, 100, scale), scale)
    assert asked.size_px == (200, 100)
    assert asked.linear
    assert sheet.place == pytest.approx((10.0, 20.0))
    assert sheet.pitch == pytest.approx((1 / scale, 1 / scale))


def test_voxels_shown_large_are_sampled_no_finer_than_they_are_worth(asked):
    assert sheet_of(cut(), seen(200, 100, 8.0), 8.0).pitch == (0.5, 0.5)
    assert asked.size_px == (50, 25)
    assert sheet_of(cut(4), seen(200, 100, 8.0), 8.0).pitch == (1.0, 1.0)


def test_mirrored_screen_is_sampled_as_the_cut_lies(asked):
    x, y = seen(200, 100, 1.0)
    assert sheet_of(cut(), (x[::-1], y[::-1]), 1.0).place == pytest.approx((10.0, 20.0))


@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("slices", [1, 20, 200])
def test_no_slab_and_no_screen_is_so_large_that_the_window_stands_still(asked, smooth, slices):
    sheet_of(cut(slices), seen(3840, 2160, 5.0), 5.0, smooth=smooth)
    samples = asked.size_px[0] * asked.size_px[1] * slices
    assert samples <= (MOST_SAMPLES if smooth else DRAGGED_SAMPLES) * 1.02
    assert asked.linear is (smooth and samples <= LINEAR_SAMPLES)


def test_part_of_a_frame_lies_where_the_whole_has_it():
    frame = Frame((1.0, 2.0, 3.0), (0.0, 0.5, 1.0), (1.0, 0.0, 0.5), (0.0, 1.0, 0.0))
    part = part_of(frame, (10.0, 20.0), (2.0, 0.5))
    for column, row in ((0, 0), (3, 5)):
        whole = frame.voxel_at(10.0 + (column + 0.5) * 2.0, 20.0 + (row + 0.5) * 0.5)
        assert part.voxel_at(column + 0.5, row + 0.5) == pytest.approx(whole)
