import itertools

import numpy as np
import pytest

from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.errors import OutOfDomainError
from engine.prepare.layout import lay_out

FULL = Effort("full", 0.25)


def scan_of(shape, spacing_mm=None):
    return Scan(
        pixels=np.zeros(shape, np.int16),
        kind="image" if len(shape) == 2 else "volume",
        modality="CT",
        photometric="MONOCHROME2",
        provenance=Provenance(("a",), "made here"),
        spacing_mm=spacing_mm,
    )


def spec_of(tile, spacing_mm=None):
    return InputSpec(1, tile, 1, spacing_mm, 0.0, 1.0, (0.0,), (1.0,))


def test_a_scan_smaller_than_the_tile_gets_one_tile():
    layout = lay_out(scan_of((293, 720)), spec_of((320, 736)), 4, FULL)
    assert layout.origins == ((0, 0),)
    assert layout.grid_shape == (293, 720)
    assert layout.cells_shape == (80, 184)


@pytest.mark.parametrize("size", [321, 400, 639, 1000, 4096, 4097])
def test_tiles_reach_both_ends_share_the_overlap_and_sit_on_cells(size):
    layout = lay_out(scan_of((size, 300)), spec_of((320, 320)), 4, FULL)
    lows = sorted({origin[0] for origin in layout.origins})
    assert lows[0] == 0
    assert size <= lows[-1] + 320 < size + 4
    assert all(low % 4 == 0 for low in lows)
    assert all(320 - (b - a) >= 0.25 * 320 - 4 for a, b in itertools.pairwise(lows))


def test_a_model_with_a_spacing_lays_its_own_grid():
    layout = lay_out(scan_of((10, 100, 101), (2.5, 0.7, 0.7)), spec_of((32, 64, 64), (1.0, 1.0, 1.0)), 4, FULL)
    assert layout.grid_shape == (25, 70, 71)
    assert layout.scale == (2.5, 0.7, 71 / 101)


def test_a_coarser_effort_makes_the_pixels_of_either_grid_larger():
    coarse = Effort("coarse", 0.25, coarser=2.0)
    layout = lay_out(scan_of((10, 100, 101), (2.5, 0.7, 0.7)), spec_of((32, 64, 64), (1.0, 1.0, 1.0)), 4, coarse)
    assert layout.grid_shape == (12, 35, 35)
    assert layout.scale == (1.2, 0.35, 35 / 101)
    assert lay_out(scan_of((640, 333)), spec_of((320, 320)), 4, coarse).grid_shape == (320, 166)
    assert lay_out(scan_of((1, 1)), spec_of((320, 320)), 4, Effort("coarse", 0.25, coarser=8.0)).grid_shape == (1, 1)


def test_a_picture_is_resampled_by_the_spacing_of_its_own_two_axes():
    layout = lay_out(scan_of((200, 100), (1.0, 0.1, 0.2)), spec_of((320, 320), (5.0, 0.2, 0.2)), 4, FULL)
    assert layout.grid_shape == (100, 100)


def test_slices_thicker_than_the_grid_and_a_volume_smaller_than_a_tile_get_one_tile():
    layout = lay_out(scan_of((4, 30, 30), (7.5, 0.8, 0.8)), spec_of((64, 96, 96), (1.0, 1.0, 1.0)), 4, FULL)
    assert layout.grid_shape == (30, 24, 24)
    assert layout.origins == ((0, 0, 0),)
    assert layout.cells_shape == (16, 24, 24)
    assert layout.coverage(1) == 1.0


@pytest.mark.parametrize("shape", [(300, 300), (10, 300, 300)])
def test_a_scan_without_spacing_is_out_of_domain_for_a_model_that_has_one(shape):
    with pytest.raises(OutOfDomainError, match="states no spacing") as caught:
        lay_out(scan_of(shape), spec_of((32,) * len(shape), (1.0, 0.7, 0.7)), 4, FULL)
    assert caught.value.code == "OD-SPACING"
    assert "0.7 x 0.7 mm" in caught.value.message


def test_coverage_counts_each_pixel_once():
    layout = lay_out(scan_of((500, 300)), spec_of((320, 320)), 4, FULL)
    assert layout.origins == ((0, 0), (180, 0))
    assert layout.coverage(0) == 0.0
    assert layout.coverage(1) == pytest.approx(320 / 500)
    assert layout.coverage(2) == 1.0


def test_coverage_equals_a_count_of_painted_pixels():
    layout = lay_out(scan_of((700, 900)), spec_of((320, 320)), 4, FULL)
    for done in range(len(layout.origins) + 1):
        painted = np.zeros(layout.grid_shape, bool)
        for y, x in layout.origins[:done]:
            painted[y : y + 320, x : x + 320] = True
        assert layout.coverage(done) == pytest.approx(painted.mean())
