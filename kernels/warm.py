"""Compiles every kernel for every form of pixels into the cache, so that no study waits for the compiler."""

import time
from collections.abc import Callable

import numpy as np

from kernels.boxes import peak_boxes
from kernels.cache_lock import alone_in_the_cache
from kernels.component import component, longest_distance, surface_points
from kernels.difference import beyond, find_shifts, value_range
from kernels.peaks import find_peaks
from kernels.percentiles import count_halves, count_values
from kernels.prepare import prepare
from kernels.project import project
from kernels.reslice import reslice
from kernels.screen import line_of, ramp_of
from kernels.show import show, show_colour, tint
from kernels.shrink import shrink
from kernels.stitch import stitch
from kernels.suppress import suppress
from kernels.texture import grey_of_patches, texture_of_patches
from kernels.weights import axis_weights, border_ramp
from kernels.window import value_window

STORED_FORMS = (np.uint8, np.uint16, np.int16, np.float32)
"""Pixel types that a Scan may have."""


COLOUR_FORMS = (np.uint8, np.uint16, np.float32)
"""Pixel types of pictures in colour, and of their smaller levels."""

Step = tuple[str, Callable[[], object]]


def warm() -> list[tuple[str, float]]:
    """Calls each kernel on one pixel; a second process that asks meanwhile waits, and then finds the cache full.

    Returns:
        (what was compiled, seconds) in the order done; a few milliseconds where the cache had it.
    """
    return _timed([*_answering(), *_drawing()])


def warm_drawing(between: Callable[[], object]) -> list[tuple[str, float]]:
    """As `warm`, for what fills the screen alone.

    Args:
        between: called before each kernel; may raise to stop.
    """
    return _timed(_drawing(), between)


def _answering() -> list[Step]:
    return [
        *((f"prepare {np.dtype(form).name}", lambda form=form: _prepare(form)) for form in STORED_FORMS),
        ("stitch", _stitch),
        ("peaks and boxes", _peaks),
        *((f"percentiles {np.dtype(form).name}", lambda form=form: _percentiles(form)) for form in STORED_FORMS),
        *((f"grey {np.dtype(form).name}", lambda form=form: _grey(form)) for form in STORED_FORMS),
        ("texture", lambda: texture_of_patches(np.ones(1, np.float32), np.array([[0, 0, 1, 1]]))),
        ("component", _component),
        ("difference", _difference),
        ("suppress", lambda: suppress(np.ones((1, 4), np.float32), np.zeros(1, np.int64), 0.5)),
    ]


def _drawing() -> list[Step]:
    """The most frequent first: what a photograph and a plane need is there before what an oblique cut does."""
    forms = [(np.dtype(form).name, form) for form in STORED_FORMS]
    return [
        *((f"show {name}", lambda form=form: _show(form)) for name, form in forms),
        *((f"shrink {name}", lambda form=form: _shrink(form)) for name, form in forms),
        *((f"show {np.dtype(form).name} colour", lambda form=form: _show_colour(form)) for form in COLOUR_FORMS),
        *((f"project {name}", lambda form=form: _project(form)) for name, form in forms),
        *((f"reslice {name}", lambda form=form: _reslice(form)) for name, form in forms),
        ("tint", _tint),
    ]


def _timed(steps: list[Step], between: Callable[[], object] = tuple) -> list[tuple[str, float]]:
    timed = []
    with alone_in_the_cache():
        for name, step in steps:
            between()
            started_s = time.perf_counter()
            step()
            timed.append((name, time.perf_counter() - started_s))
    return timed


def _prepare(form: type[np.generic]) -> None:
    axis = axis_weights(1, 1.0)
    out = np.empty((1, 1, 1), np.float32)
    prepare(np.ones((1, 1), form), (axis, axis), value_window(0.0, 1.0), (0, 0), out, 0, 1)


def _stitch() -> None:
    ramp = border_ramp(1, 0)
    maps, weight = np.zeros((1, 1, 1), np.float32), np.zeros((1, 1), np.float32)
    stitch(np.ones((1, 1, 1), np.float32), (ramp, ramp), (0, 0), maps, weight)


def _peaks() -> None:
    heat = np.ones((1, 1, 1), np.float32)
    peak_boxes(heat, np.ones((4, 1, 1), np.float32), find_peaks(heat, 0.5), 0, 4)


def _percentiles(form: type[np.generic]) -> None:
    values = np.ones(1, form)
    count_values(values)
    if values.dtype == np.float32:
        count_halves(values, [0])


def _grey(form: type[np.generic]) -> None:
    grey_of_patches(np.ones((1, 1, 1), form), (0.0, 1.0), (0.0, 1.0), np.array([[0, 0, 1, 1]]), np.empty(1, np.float32))


def _component() -> None:
    rise = np.ones((1, 1, 1), np.float32)
    longest_distance(surface_points(rise, component(rise, (0, 0, 0)), (1.0, 1.0, 1.0)))


def _difference() -> None:
    plane, shifts = np.ones((1, 1), np.float32), np.zeros((1, 1, 2), np.int32)
    find_shifts(plane, plane, 1, (0, 0), 0, shifts, 0, 1)
    value_range(plane, 0, plane, plane.copy(), 0, 1)
    beyond((plane, plane, plane), (plane, plane, plane), 1, shifts, plane.copy(), 0, 1)


def _show(form: type[np.generic]) -> None:
    line, colours = line_of(np.zeros(1), 1, 1, smooth=False), np.zeros(257, np.uint32)
    show(np.ones(1, form), 0, line, line, ramp_of(0.0, 1.0), colours, np.empty((1, 1), np.uint32), 0, 1)


def _show_colour(form: type[np.generic]) -> None:
    line = line_of(np.zeros(1), 1, 3, smooth=False)
    show_colour(np.ones(3, form), 0, line, line, ramp_of(0.0, 1.0), np.empty((1, 1), np.uint32), 0, 1)


def _shrink(form: type[np.generic]) -> None:
    for made in {np.dtype(form), np.dtype(np.float32)}:
        shrink(np.ones((2, 2), form), (2, 2), np.empty((1, 1), made), 0, 1)


def _project(form: type[np.generic]) -> None:
    project(np.ones(1, form), 0, (1, 1, 1), 1, np.empty((1, 1), np.float32), 0, 1)


def _reslice(form: type[np.generic]) -> None:
    way = (0.0, 0.0, 1.0)
    reslice(np.ones((1, 1, 1), form), (0.0, 0.0, 0.0), way, way, way, 1, np.empty((1, 1), np.float32), 0, 1)


def _tint() -> None:
    line = line_of(np.zeros(1), 1, 1, smooth=False)
    colours, out = np.zeros(257, np.uint32), np.zeros((1, 1), np.uint32)
    tint(np.ones((1, 1), np.float32), line, line, ramp_of(0.0, 1.0), colours, out, 0, 1)
