import numpy as np
import pytest

from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool

PROVENANCE = Provenance(("a",), "made here")


def tiles_of(scan, spec, threads=1):
    layout = lay_out(scan, spec, 4, Effort("full", 0.25))
    with RowPool(threads) as pool:
        maker = TileMaker(scan, spec, layout, pool)
        return layout, [maker.make([origin])[0] for origin in layout.origins]


def test_a_photograph_is_scaled_by_its_full_range_and_normalised_a_channel():
    pixels = np.random.default_rng(3).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    scan = Scan(pixels, "photograph", "photo", "RGB", PROVENANCE)
    spec = InputSpec(3, (32, 32), 1, None, 0.0, 1.0, (0.4, 0.5, 0.6), (0.2, 0.25, 0.3))
    _, (tile,) = tiles_of(scan, spec)
    expected = (pixels / 255.0 - np.array(spec.mean)) / np.array(spec.std)
    np.testing.assert_allclose(tile[:, :20, :30], expected.transpose(2, 0, 1), atol=1e-5)
    assert (tile[:, 20:] == 0).all()
    assert (tile[:, :, 30:] == 0).all()


def test_sixteen_bit_photographs_use_their_own_full_range():
    scan = Scan(
        np.full((32, 32), 65535, np.uint16), "photograph", "photo", "MONOCHROME2", PROVENANCE, stored_max=65535.0
    )
    _, (tile,) = tiles_of(scan, InputSpec(1, (32, 32), 1, None, 0.0, 1.0, (0.0,), (1.0,)))
    np.testing.assert_allclose(tile, 1.0, rtol=1e-6)


def test_stored_values_are_rescaled_before_the_window():
    pixels = np.array([[0, 1024, 2048, 4095]], np.int16).repeat(4, axis=0)
    scan = Scan(pixels, "image", "CT", "MONOCHROME2", PROVENANCE, slope=1.0, intercept=-1024.0)
    _, (tile,) = tiles_of(scan, InputSpec(1, (4, 4), 1, None, -1024.0, 1024.0, (0.0,), (1.0,)))
    np.testing.assert_allclose(tile[0, 0], [0.0, 0.5, 1.0, 1.0], atol=1e-6)


def test_monochrome1_is_turned_round():
    scan = Scan(np.array([[0, 255]], np.uint8), "image", "CR", "MONOCHROME1", PROVENANCE)
    _, (tile,) = tiles_of(scan, InputSpec(1, (4, 4), 1, None, 0.0, 255.0, (0.0,), (1.0,)))
    np.testing.assert_allclose(tile[0, 0, :2], [1.0, 0.0], atol=1e-6)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_tiles_are_cuts_of_one_picture_whatever_the_threads(threads):
    pixels = np.random.default_rng(4).integers(0, 256, (90, 100)).astype(np.uint8)
    scan = Scan(pixels, "photograph", "photo", "MONOCHROME2", PROVENANCE)
    spec = InputSpec(1, (32, 32), 1, None, 0.0, 1.0, (0.0,), (1.0,))
    layout, tiles = tiles_of(scan, spec, threads)
    whole = (pixels / 255.0).astype(np.float32)
    for (y, x), tile in zip(layout.origins, tiles, strict=True):
        cut = whole[y : y + 32, x : x + 32]
        np.testing.assert_allclose(tile[0, : cut.shape[0], : cut.shape[1]], cut, atol=1e-6)


def test_a_volume_is_resampled_to_the_spacing_of_the_model():
    scan = Scan(
        np.arange(10, dtype=np.int16)[:, None, None].repeat(8, 1).repeat(8, 2),
        "volume",
        "CT",
        "MONOCHROME2",
        PROVENANCE,
        spacing_mm=(2.0, 1.0, 1.0),
    )
    spec = InputSpec(1, (20, 8, 8), 1, (1.0, 1.0, 1.0), 0.0, 9.0, (0.0,), (1.0,))
    _, (tile,) = tiles_of(scan, spec)
    # Half-pixel centres: fine slice i lies at (i + 0.5) / 2 - 0.5 coarse slices, clamped at the ends.
    centres = np.clip((np.arange(20) + 0.5) / 2 - 0.5, 0, 9)
    np.testing.assert_allclose(tile[0, :, 3, 3] * 9.0, centres, atol=1e-4)


def spec_of_percentiles(low, high, tile=(32, 32)):
    return InputSpec(1, tile, 1, None, low, high, (0.0,), (1.0,), "percentiles")


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.5, -100.0), (-2.0, 30.0)])
def test_percentiles_of_the_own_pixels_become_zero_and_one_whatever_the_scale(slope, intercept):
    pixels = np.random.default_rng(9).integers(0, 4000, (32, 32)).astype(np.int16)
    scan = Scan(pixels, "image", "MR", "MONOCHROME2", PROVENANCE, slope=slope, intercept=intercept)
    _, (tile,) = tiles_of(scan, spec_of_percentiles(5.0, 95.0))
    real = pixels * slope + intercept
    low, high = np.percentile(real, [5, 95])
    np.testing.assert_allclose(tile[0], np.clip((real - low) / (high - low), 0, 1), atol=1e-5)


def test_percentiles_of_a_photograph_and_of_a_negative_are_taken_alike():
    pixels = np.random.default_rng(9).integers(0, 256, (32, 32)).astype(np.uint8)
    spec = spec_of_percentiles(1.0, 99.0)
    plain = Scan(pixels, "photograph", "photo", "MONOCHROME2", PROVENANCE)
    negative = Scan(pixels, "image", "MR", "MONOCHROME1", PROVENANCE)
    (_, (one,)), (_, (other,)) = tiles_of(plain, spec), tiles_of(negative, spec)
    np.testing.assert_allclose(one, 1.0 - other, atol=1e-5)


@pytest.mark.parametrize("form", [np.uint8, np.int16, np.float32])
@pytest.mark.parametrize("value", [0, 7, 100])
def test_a_constant_image_is_zero_and_what_stands_out_of_one_is_one(form, value):
    pixels = np.full((32, 32), value, form)
    scan = Scan(pixels, "image", "MR", "MONOCHROME2", PROVENANCE, slope=1.5, intercept=-3.0)
    assert (tiles_of(scan, spec_of_percentiles(1.0, 99.0))[1][0] == 0.0).all()
    spotted = pixels.copy()
    spotted[3, 4] += 1
    scan = Scan(spotted, "image", "MR", "MONOCHROME2", PROVENANCE, slope=1.5, intercept=-3.0)
    _, (tile,) = tiles_of(scan, spec_of_percentiles(1.0, 99.0))
    assert tile[0, 3, 4] == 1.0
    assert np.count_nonzero(tile) == 1


def test_percentiles_of_a_volume_are_those_of_all_its_slices():
    pixels = np.random.default_rng(9).integers(-900, 900, (40, 16, 16)).astype(np.int16)
    scan = Scan(pixels, "volume", "MR", "MONOCHROME2", PROVENANCE)
    layout, tiles = tiles_of(scan, spec_of_percentiles(2.0, 98.0, (16, 16, 16)))
    low, high = np.percentile(pixels, [2, 98])
    for (z, _, _), tile in zip(layout.origins, tiles, strict=True):
        cut = np.clip((pixels[z : z + 16] - low) / (high - low), 0, 1)
        np.testing.assert_allclose(tile[0, : len(cut)], cut, atol=1e-5)


def test_a_volume_smaller_than_a_tile_is_padded_with_zero():
    scan = Scan(np.full((3, 5, 7), 50, np.int16), "volume", "CT", "MONOCHROME2", PROVENANCE, spacing_mm=(2.0, 1.0, 1.0))
    spec = InputSpec(1, (16, 16, 16), 1, (1.0, 1.0, 1.0), 0.0, 100.0, (0.25,), (1.0,))
    layout, (tile,) = tiles_of(scan, spec)
    assert layout.grid_shape == (6, 5, 7)
    assert (tile[0, :6, :5, :7] == 0.25).all()
    assert np.count_nonzero(tile) == 6 * 5 * 7
