"""Work for the twins and their CPU definitions: each case gives both results, to be compared by the byte.

Inputs are fresh random numbers with odd sizes, extremes and ties; what a twin must write is poisoned before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.boxes import boxes_on_device, peak_boxes
from kernels.component import component, component_on_device
from kernels.device_arrays import empty, upload, zeros
from kernels.peaks import find_peaks, find_peaks_on_device, peak_buffers
from kernels.percentiles import count_halves, count_halves_on_device, count_values, count_values_on_device
from kernels.prepare import NOWHERE, mirror_bits, prepare, prepare_on_device, prepare_tables
from kernels.statistics import COLUMNS, add_statistics, add_statistics_on_device, stored_range
from kernels.stitch import stitch, stitch_on_device
from kernels.suppress import suppress, suppress_buffer, suppress_on_device
from kernels.weights import axis_weights, border_ramp
from kernels.window import ValueWindow, value_window

Array = NDArray[Any]
Both = tuple[Array, Array]
"""What the definition gave, and what the twin gave."""

AXES = "zyx"


def random_pixels(shape: Sequence[int], form: type[np.generic], generator: np.random.Generator) -> Array:
    """Stored values over the whole range of their type, both ends among them; float32 with NaN and infinite ones."""
    if form is np.float32:
        pixels = generator.normal(100, 300, shape).astype(form)
        special = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0], np.float32)
    else:
        limits = np.iinfo(form)
        pixels = generator.integers(limits.min, limits.max, shape, form, endpoint=True)
        special = np.array([limits.min, limits.max], form)
    pixels.reshape(-1)[generator.permutation(pixels.size)[: special.size]] = special[: pixels.size]
    return pixels


def window_of(form: type[np.generic], channels: int) -> ValueWindow:
    """A window that clips at both ends, except that of uint8, which clips nothing."""
    low, high = (0.0, 255.0) if form is np.uint8 else (-500.0, 700.0)
    return value_window(low, high, mean=(0.4, 0.5, 0.6)[:channels], std=(0.2, 0.25, 0.3)[:channels])


def prepared(
    pixels: Array, scales: Sequence[float], tile: Sequence[int], places: Sequence[tuple[int, int, int, str]]
) -> Both:
    """A batch of tiles in float32.

    Args:
        pixels: (H, W), (H, W, 3) or (D, H, W).
        scales: stored values a value, for each axis.
        tile: its shape, without channels.
        places: (z, y, x, mirrored axes) of each tile.
    """
    dims = len(tile)
    axes = [axis_weights(length, scale) for length, scale in zip(pixels.shape, scales, strict=False)]
    channels = pixels.shape[2] if pixels.ndim > dims else 1
    window = window_of(pixels.dtype.type, channels)
    wanted = np.zeros((len(places), channels, *tile), np.float32)
    for target, (*corner, mirrored) in zip(wanted, places, strict=True):
        if corner[0] != NOWHERE:
            plain = np.full(target.shape, np.nan, np.float32)
            prepare(pixels, axes, window, corner[3 - dims :], plain, 0, int(np.prod(tile[:-1])))
            target[...] = np.flip(plain, [AXES.index(axis) - 3 for axis in mirrored])
    tables = prepare_tables(pixels.shape, pixels.dtype, axes, window)
    found = upload(np.full(wanted.shape, np.nan, np.float32))
    prepare_on_device(upload(pixels), tables, upload(place_rows(places)), found)
    return wanted, found.copy_to_host()


def place_rows(places: Sequence[tuple[int, int, int, str]]) -> NDArray[np.int32]:
    """(tiles, 4) int32 as the twins take them."""
    return np.array([(*corner, mirror_bits(mirrored)) for *corner, mirrored in places], np.int32)


def stitched(
    sizes: Sequence[int],
    grid: Sequence[int],
    places: Sequence[tuple[int, int, int, str]],
    made: type[np.generic],
    generator: np.random.Generator,
) -> tuple[Both, Both]:
    """Maps and weights of overlapping and mirrored tiles.

    Args:
        sizes: cells of a tile along each axis.
        grid: cells of the stitched maps.
        places: in cells.
        made: type of the network's answers.
    """
    dims, labels = len(sizes), 2
    heat = generator.random((len(places), labels, *sizes)).astype(made)
    box = (generator.random((len(places), 2 * dims, *sizes)) * 40.0).astype(made)
    ramps = [border_ramp(size, 2) for size in sizes]
    maps, weight = np.zeros((labels + 2 * dims, *grid), np.float32), np.zeros(grid, np.float32)
    for own_heat, own_box, (*corner, mirrored) in zip(heat, box, places, strict=True):
        if corner[0] != NOWHERE:
            tile = _turned_back(own_heat, own_box, mirrored)
            stitch(tile.astype(np.float32), ramps, corner[3 - dims :], maps, weight)
    pixels = [tuple(cell * 4 if cell != NOWHERE else cell for cell in corner) for *corner, _ in places]
    rows = place_rows([(*corner, mirrored) for corner, (*_, mirrored) in zip(pixels, places, strict=True)])
    found, found_weight = zeros(maps.shape, np.float32), zeros(grid, np.float32)
    on_device = [upload(ramp) for ramp in ramps]
    stitch_on_device(upload(heat), upload(box), on_device, upload(rows), 4, found, found_weight)
    return (maps, found.copy_to_host()), (weight, found_weight.copy_to_host())


def _turned_back(heat: Array, box: Array, mirrored: str) -> Array:
    dims = heat.ndim - 1
    faces = np.arange(2 * dims)
    for axis in mirrored:
        low = AXES.index(axis) - 3 + dims
        faces[[low, low + dims]] = faces[[low + dims, low]]
    turned = [AXES.index(axis) - 3 for axis in mirrored]
    return np.concatenate([np.flip(heat, turned), np.flip(box, turned)[faces]])


def decoded(heat: Array, box: Array, threshold: float, most: int, iou_limit: float) -> dict[str, Both]:
    """Peaks, their boxes and which of them stay.

    Args:
        heat: (labels, ...) float32.
        box: (2 * dims, ...) float32.
    """
    peaks = find_peaks(heat, threshold, most)
    boxes = peak_boxes(heat, box, peaks, 0, 4)
    stay = suppress(boxes, peaks.label, iou_limit)
    found = peak_buffers(heat.shape, most)
    found_boxes = upload(np.full((most, box.shape[0]), np.nan, np.float32))
    keep = upload(np.ones(most, np.bool_))
    find_peaks_on_device(upload(heat), threshold, found)
    boxes_on_device(upload(np.concatenate([heat, box])), heat.shape[0], found, 4, found_boxes)
    suppress_on_device(found_boxes, found.label, found.count, iou_limit, suppress_buffer(most), keep)
    count = int(found.count.copy_to_host()[0])
    kept = keep.copy_to_host()
    return {
        "count": (np.array([peaks.score.size]), np.array([count])),
        "score": (peaks.score, found.score.copy_to_host()[:count]),
        "label": (peaks.label, found.label.copy_to_host()[:count]),
        "cell": (
            peaks.cell,
            np.stack(np.unravel_index(found.place.copy_to_host()[:count], heat.shape)[1:], axis=1),
        ),
        "box": (boxes, found_boxes.copy_to_host()[:count]),
        "stays": (stay, kept[:count]),
        "beyond": (np.zeros(most - count, np.bool_), kept[count:]),
    }


def joined(rise: Array, seed: Sequence[int]) -> Both:
    """The component around a voxel."""
    mask = upload(np.ones(rise.shape, np.bool_))
    component_on_device(upload(rise), seed, empty(rise.shape, np.int32), mask)
    return component(rise, seed), mask.copy_to_host()


def counted(values: Array) -> Both:
    """Counts of values, or of the leading halves of float32."""
    counts = zeros((1 << 16,), np.int64)
    count_values_on_device(upload(values), counts)
    return count_values(values), counts.copy_to_host()


def counted_halves(values: Array) -> Both:
    """Counts of the trailing halves within the most frequent leading half and the rarest one."""
    leading = count_values(values)
    halves = [int(leading.argmax()), int(np.flatnonzero(leading)[0])]
    row_of = np.full(1 << 16, -1, np.int32)
    row_of[halves] = [0, 1]
    counts = zeros((2, 1 << 16), np.int64)
    count_halves_on_device(upload(values), upload(row_of), counts)
    return count_halves(values, halves), counts.copy_to_host()


def summed(pixels: Array) -> Both:
    """Sums for the statistics.

    Args:
        pixels: (planes, H, W, channels).
    """
    low, high = (-400.0, 600.0) if pixels.dtype == np.float32 else stored_range(pixels.dtype)
    sums = np.zeros((pixels.shape[0], pixels.shape[3], COLUMNS), np.int64)
    add_statistics(pixels, low, high, sums, 0, pixels.shape[0] * pixels.shape[1])
    found = zeros(sums.shape, np.int64)
    add_statistics_on_device(upload(pixels), low, high, found)
    return sums, found.copy_to_host()


def assert_same_bytes(both: Both) -> None:
    """Equal shapes and bytes; a 0 may have another sign."""
    wanted, found = both
    assert wanted.shape == found.shape
    np.testing.assert_array_equal(found, wanted)
