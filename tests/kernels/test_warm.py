"""Warming leaves nothing to compile for the arrays that the engine hands over."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kernels.boxes import peak_boxes, write_boxes
from kernels.component import component, farthest, find_crossings, grow, longest_distance, surface_points
from kernels.difference import (
    beyond,
    beyond_of_rows,
    find_shifts,
    find_shifts_of_rows,
    value_range,
    value_range_of_rows,
)
from kernels.peaks import find_peaks, mark_peaks
from kernels.percentiles import count_each, count_halves, count_leading, count_trailing, count_values
from kernels.prepare import prepare, prepare_rows
from kernels.project import project, project_rows
from kernels.reslice import reslice, reslice_rows
from kernels.screen import line_of, ramp_of
from kernels.show import show, show_colour, show_colour_rows, show_rows, tint, tint_rows
from kernels.shrink import shrink, shrink_rows
from kernels.stitch import stitch, stitch_rows
from kernels.suppress import mark_suppressed, suppress
from kernels.texture import add_texture, fill_grey, grey_of_patches, texture_of_patches
from kernels.warm import COLOUR_FORMS, STORED_FORMS, warm
from kernels.weights import axis_weights, border_ramp
from kernels.window import value_window


def test_after_warming_no_call_compiles_again() -> None:
    timed = warm()
    assert all(seconds >= 0 for _, seconds in timed)
    assert len({name for name, _ in timed}) == len(timed) == 7 * len(STORED_FORMS) + len(COLOUR_FORMS) + 7
    by_form = (prepare_rows, fill_grey, count_each)
    drawing = (show_rows, project_rows, reslice_rows)
    heads = (stitch_rows, mark_peaks, write_boxes, mark_suppressed)
    differences = (find_shifts_of_rows, value_range_of_rows, beyond_of_rows)
    for_all = (count_leading, count_trailing, add_texture, *heads, *differences, grow, find_crossings, farthest)
    kernels = (*by_form, *for_all, *drawing, show_colour_rows, shrink_rows, tint_rows)
    compiled = [len(kernel.signatures) for kernel in kernels]  # type: ignore[attr-defined]
    for form in STORED_FORMS:
        _picture(form)
        _volume(form)
        count_values(np.ones((2, 3), form))
        _sketch(form)
        _screen(form)
    count_halves(np.ones((2, 3), np.float32), [1, 2])
    _detect()
    _measure()
    assert [len(kernel.signatures) for kernel in kernels] == compiled  # type: ignore[attr-defined]
    forms = len(STORED_FORMS)
    drawn = [*(forms for _ in drawing), len(COLOUR_FORMS), 2 * forms - 1, 1]
    assert compiled == [forms, forms, forms - 1, *(1 for _ in for_all), *drawn]


@pytest.mark.deep  # compiles everything once more
def test_processes_that_warm_one_cache_at_once_take_turns(tmp_path: Path) -> None:
    script = "from kernels.warm import warm; print(sum(seconds for _, seconds in warm()))"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    processes = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    spent_s = sorted(float(process.communicate()[0]) for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert spent_s[0] < spent_s[1] / 3, "the second found the cache full"


def _picture(form: type[np.generic]) -> None:
    pixels = np.ones((6, 5, 3), form)
    pixels.setflags(write=False)
    batch = np.empty((2, 3, 3, 3), np.float32)
    window = value_window(0.0, 2.0, mean=(0.1, 0.2, 0.3), std=(1.0, 1.0, 1.0))
    prepare(pixels, (axis_weights(6, 2.0), axis_weights(5, 0.9)), window, (np.int64(1), -1), batch[1], 0, 3)


def _volume(form: type[np.generic]) -> None:
    axes = tuple(axis_weights(length, 1.3) for length in (4, 5, 6))
    prepare(np.ones((4, 5, 6), form), axes, value_window(0.0, 2.0), (0, 0, 0), np.empty((1, 2, 2, 2), np.float32), 0, 4)


def _sketch(form: type[np.generic]) -> None:
    places, grey = np.array([(0, 0, 5, 4), (0, 4, 3, 2)]), np.empty(26, np.float32)
    grey_of_patches(np.ones((5, 6, 3), form), (np.float64(0.0), 9), (-np.inf, np.inf), places, grey)
    texture_of_patches(grey, places)


def _screen(form: type[np.generic]) -> None:
    """What the viewport asks of a volume of this form: read-only arrays, lines with and without a share."""
    voxels = np.ones((3, 4, 6), form)
    voxels.setflags(write=False)
    line, ramp, out = line_of(np.array([0.2, 1.1]), 3, 1, smooth=True), ramp_of(-5.0, 5.0), np.zeros((2, 2), np.uint32)
    show(voxels, 24, line, line, ramp, np.zeros(257, np.uint32), out, 0, 2)
    if form in COLOUR_FORMS:
        show_colour(voxels, 24, line, line, ramp, out, 0, 2)
    flat = np.zeros((2, 2), np.float32)
    project(voxels, 0, (24, 6, 1), 2, flat, 0, 2, largest=False)
    way = np.array([0.0, 0.5, 0.5])
    reslice(voxels, (0, 0, 0), way, way, (1, 0, 0), 2, flat, 0, 2, largest=False, smooth=False)
    for made in {np.dtype(form), np.dtype(np.float32)}:
        shrink(voxels[0], (2, 3), np.empty((2, 2), made), 0, 2)
    tint(flat, line_of(np.array([0.2, 1.1]), 2, 1, smooth=True), line, ramp, np.zeros(257, np.uint32), out, 0, 1)


def _detect() -> None:
    maps, weight = np.zeros((3, 2, 4, 4), np.float32), np.zeros((2, 4, 4), np.float32)
    stitch(np.ones((3, 2, 2, 2), np.float32), [border_ramp(2, 1)] * 3, (0, 1, 1), maps, weight)
    peak_boxes(maps[:1], np.ones((6, 2, 4, 4), np.float32), find_peaks(maps[:1], 0.5, 10), 1, np.int64(4))
    suppress(np.ones((4, 6), np.float32), np.zeros(4, np.int64), 0.3)
    plane, shifts = np.ones((8, 9), np.float32), np.empty((2, 3, 2), np.int32)
    find_shifts(plane, plane, 4, (0, 0), 2, shifts, 0, 2)
    value_range(plane, 1, low := np.empty_like(plane), high := np.empty_like(plane), 0, 8)
    beyond((plane, low, high), (plane, low, high), 4, shifts, np.zeros_like(plane), 0, 8)


def _measure() -> None:
    rise = np.ones((3, 4, 5), np.float32)
    longest_distance(surface_points(rise, component(rise, np.array([0, 1, 1])), (1.0, 0.5, 0.5)))
