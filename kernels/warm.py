"""Compiles every kernel for every form of pixels into the cache, so that no study waits for the compiler."""

import time
from collections.abc import Callable

import numpy as np

from kernels.boxes import peak_boxes
from kernels.cache_lock import alone_in_the_cache
from kernels.component import component, longest_distance, surface_points
from kernels.peaks import find_peaks
from kernels.percentiles import count_halves, count_values
from kernels.prepare import prepare
from kernels.stitch import stitch
from kernels.suppress import suppress
from kernels.weights import axis_weights, border_ramp
from kernels.window import value_window

STORED_FORMS = (np.uint8, np.uint16, np.int16, np.float32)
"""Pixel types that a Scan may have."""


def warm() -> list[tuple[str, float]]:
    """Calls each kernel on one pixel; a second process that asks meanwhile waits, and then finds the cache full.

    Returns:
        (what was compiled, seconds) in the order done; a few milliseconds where the cache had it.
    """
    steps: list[tuple[str, Callable[[], object]]] = [
        *((f"prepare {np.dtype(form).name}", lambda form=form: _prepare(form)) for form in STORED_FORMS),
        ("stitch", _stitch),
        ("peaks and boxes", _peaks),
        *((f"percentiles {np.dtype(form).name}", lambda form=form: _percentiles(form)) for form in STORED_FORMS),
        ("component", _component),
        ("suppress", lambda: suppress(np.ones((1, 4), np.float32), np.zeros(1, np.int64), 0.5)),
    ]
    timed = []
    with alone_in_the_cache():
        for name, step in steps:
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


def _component() -> None:
    rise = np.ones((1, 1, 1), np.float32)
    longest_distance(surface_points(rise, component(rise, (0, 0, 0)), (1.0, 1.0, 1.0)))
