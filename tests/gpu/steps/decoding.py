"""What comes behind the network, and the other kernels, on the device beside the CPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kernels.boxes import boxes_on_device, peak_boxes
from kernels.component import component, component_on_device
from kernels.device_arrays import Stream, empty, upload, zeros
from kernels.peaks import find_peaks, find_peaks_on_device, peak_buffers
from kernels.percentiles import count_values, count_values_on_device
from kernels.statistics import COLUMNS, add_statistics, add_statistics_on_device, stored_range
from kernels.stitch import stitch, stitch_on_device
from kernels.suppress import suppress, suppress_buffer, suppress_on_device
from kernels.weights import border_ramp
from tests.gpu.report import Report
from tests.gpu.timing import Work, device_time, host_time

THRESHOLD, IOU_LIMIT = 0.9, 0.3

Pair = tuple[str, Work, Callable[[], object]]
"""What it is, the twin, and the definition."""


def step(report: Report) -> None:
    """Times the twins and their definitions on one volume's maps."""
    report.section("Behind the network, and the other kernels")
    cells = (6, 8, 8) if report.rehearsal else (75, 128, 128)
    voxels = (3, 10, 12) if report.rehearsal else (300, 512, 512)
    rows = []
    most = 20 if report.rehearsal else 800
    for name, twin, definition in [*_heads(cells, most), *_of_pixels(voxels)]:
        device, host = device_time([twin]), host_time(definition, rounds=3)
        rows.append((name, device.ms, device.spread_ms, host.ms, f"{host.ms / device.ms:.0f}x"))
    report.table(["work", "device ms", "spread ms", "CPU ms (1 thread)", "CPU / device"], rows)


def _heads(cells: tuple[int, int, int], most: int) -> list[Pair]:
    generator = np.random.default_rng()
    heat = generator.random((1, *cells), np.float32)
    box = generator.random((6, *cells), np.float32) * 20.0
    maps, found = upload(np.concatenate([heat, box])), peak_buffers(heat.shape, most)
    boxes, words, keep = empty((most, 6), np.float32), suppress_buffer(most), empty((most,), np.bool_)
    size = tuple(min(side, 24) for side in cells)
    tile_heat = generator.random((4, 1, *size), np.float32)
    tile_box = generator.random((4, 6, *size), np.float32)
    ramps = [border_ramp(side, 4) for side in size]
    places = np.zeros((4, 4), np.int32)
    device_tiles = (upload(tile_heat), upload(tile_box), [upload(ramp) for ramp in ramps], upload(places))
    stitched, weight = zeros((7, *cells), np.float32), zeros(cells, np.float32)
    host_maps, host_weight = np.zeros((7, *cells), np.float32), np.zeros(cells, np.float32)

    def decode(stream: Stream) -> None:
        find_peaks_on_device(maps[:1], THRESHOLD, found, stream)
        boxes_on_device(maps, 1, found, 4, boxes, stream)
        suppress_on_device(boxes, found.label, found.count, IOU_LIMIT, words, keep, stream)

    def decode_on_cpu() -> object:
        peaks = find_peaks(heat, THRESHOLD, most)
        return suppress(peak_boxes(heat, box, peaks, 0, 4), peaks.label, IOU_LIMIT)

    def stitch_on_cpu() -> None:
        for own_heat, own_box in zip(tile_heat, tile_box, strict=True):
            stitch(np.concatenate([own_heat, own_box]), ramps, (0, 0, 0), host_maps, host_weight)

    return [
        (f"peaks, boxes and suppression in maps of {cells}", decode, decode_on_cpu),
        (
            f"four tiles of {size} stitched",
            lambda stream: stitch_on_device(*device_tiles, 4, stitched, weight, stream),
            stitch_on_cpu,
        ),
    ]


def _of_pixels(shape: tuple[int, int, int]) -> list[Pair]:
    generator = np.random.default_rng()
    pixels: Any = generator.normal(0, 300, shape).astype(np.int16)
    pixels[:, : shape[1] // 3] = -1024  # air around a patient
    stored, counts = upload(pixels), zeros((1 << 16,), np.int64)
    planes = pixels[..., None]
    low, high = stored_range(pixels.dtype)
    sums, host_sums = (make((shape[0], 1, COLUMNS), np.int64) for make in (zeros, np.zeros))
    rise = (0.3 - generator.random(tuple(min(side, 96) for side in shape), np.float32)).astype(np.float32)
    rise[1, 1, 1] = 1.0
    on_device = upload(rise), empty(rise.shape, np.int32), empty(rise.shape, np.bool_)
    return [
        (f"counts of {shape} int16", lambda s: count_values_on_device(stored, counts, s), lambda: count_values(pixels)),
        (
            f"statistics of {shape} int16",
            lambda s: add_statistics_on_device(stored.reshape(planes.shape), low, high, sums, s),
            lambda: add_statistics(planes, low, high, host_sums, 0, shape[0] * shape[1]),
        ),
        (
            f"component in {rise.shape}",
            lambda s: component_on_device(on_device[0], (1, 1, 1), on_device[1], on_device[2], s),
            lambda: component(rise, (1, 1, 1)),
        ),
    ]
