"""The planes of a series by all decoder processes at once, straight into the memory that becomes the volume."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from engine.intake.decoded import Pixels
from engine.intake.entry import Entry
from engine.intake.fill import fill
from engine.intake.grid import Grid
from engine.intake.isolated.jobs import ReadPlanes as ReadPlanesJob
from engine.intake.isolated.line import Line, Pending
from engine.intake.isolated.memory import SharedMemory
from engine.intake.plane import Plan, Plane
from engine.intake.series import Slices
from engine.intake.volume import ReadPlanes

_JOB_S = 0.05
"""A job takes about so long: asking costs little, a person can stop it, and all processes end at nearly one time."""

_JOBS_A_PROCESS = 2
"""One that it works on, and one that waits for it."""

_FIRST_PLACES = 2
"""Of the jobs that show how long one takes."""

_MOST_PLACES = 64
"""In one job."""


def planes_in(line: Line, on_slice: Callable[[], None], on_plane: Callable[[Plane, Entry], None]) -> ReadPlanes:
    """Reads in decoder processes.

    A straight and even series is there once: its slices are written where the scan has them. Of another the stored
    slices lie in such memory and are resampled from it here.

    Args:
        line: of the processes.
        on_slice: called between jobs and while one is awaited; may raise to stop.
        on_plane: told of each plane that is there, and of its file.
    """

    def read(together: Sequence[Slices], plan: Plan, grid: Grid) -> tuple[Pixels, list[Plane]]:
        first = together[0][0]
        shape = (len(together), first.rows, first.columns)
        with line.spare.take(math.prod(shape) * plan.dtype.itemsize) as memory:
            mapping = memory.mapped()
            stored = np.frombuffer(mapping, plan.dtype, math.prod(shape)).reshape(shape)
            arriving = _told(_in_order(line, together, plan, memory, on_slice), together, on_plane)
            planes: list[Plane] = []
            if grid.is_stored:
                voxels = stored
                planes.extend(arriving)
            else:
                voxels = np.empty(grid.shape, plan.dtype)
                fill(voxels, grid, _values(stored, arriving, planes), outside_is_high=plan.outside_is_high)
            line.spare.follow(mapping, memory)  # only now: after an error a process may still write
        return voxels, planes

    return read


def _told(
    arriving: Iterator[Plane], together: Sequence[Slices], on_plane: Callable[[Plane, Entry], None]
) -> Iterator[Plane]:
    for plane, place in zip(arriving, together, strict=True):
        on_plane(plane, place[0].entry)
        yield plane


def _values(stored: Pixels, arriving: Iterator[Plane], planes: list[Plane]) -> Iterator[Pixels]:
    """The values of each plane as soon as it is there; what it says beside them is kept."""
    for values, plane in zip(stored, arriving, strict=True):
        planes.append(plane)
        yield values


def _in_order(
    line: Line, together: Sequence[Slices], plan: Plan, memory: SharedMemory, on_slice: Callable[[], None]
) -> Iterator[Plane]:
    """Every plane in its order, while the processes are some jobs ahead."""
    waiting: deque[tuple[float, Pending]] = deque()
    at, places = 0, _FIRST_PLACES
    try:
        while at < len(together) or waiting:
            while at < len(together) and len(waiting) < _JOBS_A_PROCESS * line.processes:
                job = ReadPlanesJob(tuple(together[at : at + places]), at, plan)
                waiting.append((time.monotonic(), line.ask(job, memory)))
                at += places
            on_slice()
            asked_s, pending = waiting[0]
            planes = pending.results(on_slice)
            waiting.popleft()
            job_s = (time.monotonic() - asked_s) / _JOBS_A_PROCESS
            left = (len(together) - at) // (_JOBS_A_PROCESS * line.processes)
            places = max(1, min(int(len(planes) * _JOB_S / job_s), 8 * places, _MOST_PLACES, left))
            yield from planes
    finally:
        for _, pending in waiting:
            pending.drop()
