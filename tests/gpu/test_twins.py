"""Twins beside their CPU definitions: on a device, or with small shapes in the simulator, which counts as no GPU."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.device_arrays import empty, upload
from kernels.prepare import NOWHERE, prepare_on_device, prepare_tables
from kernels.weights import axis_weights
from kernels.window import value_window
from tests.gpu.cases import (
    assert_same_bytes,
    counted,
    counted_halves,
    decoded,
    joined,
    place_rows,
    prepared,
    random_pixels,
    stitched,
    summed,
    window_of,
)
from tests.gpu.lane import Lane

pytestmark = [pytest.mark.simulator, pytest.mark.gpu]

FORMS = (np.uint8, np.uint16, np.int16, np.float32)
PADDING = (NOWHERE, NOWHERE, NOWHERE, "")


@pytest.fixture
def generator() -> np.random.Generator:
    return np.random.default_rng()  # fresh numbers each run: a twin must agree on any


def larger(lane: Lane, small: tuple[int, ...], large: tuple[int, ...]) -> tuple[int, ...]:
    return large if lane.name == "device" else small


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scales", [(1.0, 1.0), (2.9, 0.7)])
def test_tiles_of_pictures_have_the_bytes_of_the_definition(lane, generator, form, scales):
    height, width = larger(lane, (23, 31), (1021, 1531))
    places = [(0, 0, 0, ""), (0, 5, -4, "x"), (0, height - 9, width - 7, "yx"), PADDING]
    tile = larger(lane, (9, 33), (257, 515))
    assert_same_bytes(prepared(random_pixels((height, width), form, generator), scales, tile, places))
    assert_same_bytes(prepared(random_pixels((height, width, 3), form, generator), scales, tile, places[:3]))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scales", [(1.0, 1.0, 1.0), (0.4, 1.43, 1.43), (2.6, 0.6, 5.0)])
def test_tiles_of_volumes_have_the_bytes_of_the_definition(lane, generator, form, scales):
    shape = larger(lane, (7, 13, 17), (61, 203, 211))
    places = [(0, 0, 0, ""), (-2, 3, 1, "zx"), (shape[0] - 2, -5, 2, "y"), PADDING]
    tile = larger(lane, (10, 5, 7), (33, 65, 97))
    assert_same_bytes(prepared(random_pixels(shape, form, generator), scales, tile, places))


def test_a_very_strong_shrinking_has_the_bytes_of_the_definition(lane, generator):
    pixels = random_pixels(larger(lane, (40, 50), (900, 1100)), np.int16, generator)
    assert_same_bytes(prepared(pixels, (39.0, 24.5), (1, 3), [(0, 0, 0, "")]))


@pytest.mark.parametrize("form", FORMS)
def test_half_precision_is_the_nearest_to_the_definition(lane, generator, form):
    pixels = random_pixels((8, 12, 11), form, generator)
    axes = [axis_weights(length, 1.3) for length in pixels.shape]
    window, places = window_of(form, 1), place_rows([(0, 0, 0, ""), (1, 2, 3, "x")])
    tables = prepare_tables(pixels.shape, form, axes, window)
    whole, half = upload(np.full((2, 1, 5, 6, 7), np.nan, np.float32)), empty((2, 1, 5, 6, 7), np.float16)
    for out in (whole, half):
        prepare_on_device(upload(pixels), tables, upload(places), out)
    assert_same_bytes((whole.copy_to_host().astype(np.float16), half.copy_to_host()))


def test_a_window_narrower_than_one_stored_value_is_a_step(lane):
    pixels = np.array([[4, 5, 6, 7]], np.uint8)
    axes = [axis_weights(length, 1.0) for length in pixels.shape]
    tables = prepare_tables(pixels.shape, np.uint8, axes, value_window(5.4, 5.6))
    out = empty((1, 1, 1, 4), np.float32)
    prepare_on_device(upload(pixels), tables, upload(place_rows([(0, 0, 0, "")])), out)
    assert out.copy_to_host().reshape(-1).tolist() == [0.0, 0.0, 1.0, 1.0]


def test_tiles_that_do_not_fit_are_refused(lane):
    axes = [axis_weights(4, 1.0)] * 2
    tables = prepare_tables((4, 4), np.uint8, axes, value_window(0.0, 1.0))
    places = upload(place_rows([(0, 0, 0, "")]))
    for pixels, out in (((4, 5), (1, 1, 2, 2)), ((4, 4), (2, 1, 2, 2)), ((4, 4), (1, 3, 2, 2)), ((4, 4), (1, 1, 2))):
        with pytest.raises(ValueError, match="cannot be made"):
            prepare_on_device(empty(pixels, np.uint8), tables, places, empty(out, np.float32))
    with pytest.raises(ValueError, match="do not fit pixels"):
        prepare_tables((3, 4), np.uint8, axes, value_window(0.0, 1.0))


@pytest.mark.parametrize("made", [np.float32, np.float16])
def test_stitched_maps_have_the_bytes_of_the_definition(lane, generator, made):
    places = [(0, 0, 0, ""), (0, 0, 0, "x"), (0, 2, 3, "yx"), (0, 5, -1, "y"), PADDING, (0, 2, 3, "")]
    for both in stitched(larger(lane, (5, 6), (85, 96)), larger(lane, (9, 11), (139, 151)), places, made, generator):
        assert_same_bytes(both)
    places = [(0, 0, 0, ""), (1, 2, 3, "z"), (-1, 2, 1, "zyx"), (2, 0, 0, "yx")]
    grid = larger(lane, (5, 6, 9), (25, 36, 49))
    for both in stitched(larger(lane, (4, 3, 5), (24, 23, 25)), grid, places, made, generator):
        assert_same_bytes(both)


@pytest.mark.parametrize("most", [1, 7, 200])
def test_peaks_boxes_and_suppression_have_the_bytes_of_the_definition(lane, generator, most):
    for cells in (larger(lane, (13, 17), (213, 317)), larger(lane, (5, 6, 7), (35, 46, 57))):
        heat = np.round(generator.random((2, *cells), np.float32), 2)  # rounded: many cells tie
        heat[0, 0] = heat[0, 1]
        heat.reshape(-1)[:2] = np.nan, 0.0
        box = generator.random((2 * len(cells), *cells), np.float32) * 9.0 + 6.0  # so large that neighbours overlap
        results = decoded(heat, box, 0.3, most, 0.1)
        for both in results.values():
            assert_same_bytes(both)
        assert most > 1 or results["count"][0] == 1
        assert most < 200 or not results["stays"][0].all()


def test_maps_without_a_peak_have_none(lane):
    heat, box = np.zeros((1, 4, 5), np.float32), np.zeros((4, 4, 5), np.float32)
    assert decoded(heat, box, 0.5, 8, 0.5)["count"][1] == 0


def test_an_even_map_has_one_peak_the_first(lane):
    heat, box = np.full((1, 4, 6), 0.75, np.float32), np.ones((4, 4, 6), np.float32)
    found = decoded(heat, box, 0.5, 8, 0.5)
    assert found["cell"][1].tolist() == [[0, 0]]
    assert_same_bytes(found["box"])


@pytest.mark.parametrize("share", [0.08, 0.2, 0.9])
def test_components_are_those_of_the_definition(lane, generator, share):
    rise = (share - generator.random(larger(lane, (5, 7, 9), (65, 77, 89)))).astype(np.float32)
    rise[2, 3, 4] = 1.0
    assert_same_bytes(joined(rise, (2, 3, 4)))


def test_a_long_winding_component_is_found_whole(lane):
    depth, height, width = larger(lane, (1, 9, 12), (1, 255, 256))
    rise = np.full((depth, height, width), -1.0, np.float32)
    rise[:, ::2] = 1.0
    rise[:, 1::4, -1] = rise[:, 3::4, 0] = 1.0
    wanted, found = joined(rise, (0, height - 1, 0))
    assert found.sum() == (rise > 0).sum()
    assert_same_bytes((wanted, found))


def test_a_seed_that_does_not_rise_has_no_component(lane):
    rise = np.ones((2, 3, 3), np.float32)
    rise[1, 1, 1] = np.nan
    assert not joined(rise, (1, 1, 1))[1].any()


@pytest.mark.parametrize("form", FORMS)
def test_counts_are_those_of_the_definition(lane, generator, form):
    values = random_pixels(larger(lane, (3, 19, 23), (31, 211, 197)), form, generator)
    values[:, :9] = values[0, 0, 0]  # an even area
    assert_same_bytes(counted(values))
    if form is np.float32:
        assert_same_bytes(counted_halves(values))


@pytest.mark.parametrize("form", FORMS)
def test_sums_of_statistics_are_those_of_the_definition(lane, generator, form):
    shape = larger(lane, (1, 19, 37, 3), (1, 811, 637, 3))
    assert_same_bytes(summed(random_pixels(shape, form, generator)))
    assert_same_bytes(summed(random_pixels(larger(lane, (3, 5, 7, 1), (31, 205, 127, 1)), form, generator)))
