"""The planes of a series by all decoder processes at once, straight into the memory that becomes the volume."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from engine.domain.scan import Scan
from engine.intake.arriving import Arriving, OnArriving, arriving_scan
from engine.intake.decoded import Pixels
from engine.intake.entry import Entry
from engine.intake.fill import fill
from engine.intake.grid import Grid
from engine.intake.isolated.jobs import ReadPlanes as ReadPlanesJob
from engine.intake.isolated.line import Line, Pending
from engine.intake.isolated.memory import SharedMemory
from engine.intake.isolated.order import Order
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


OnPlane = Callable[[Plane, Entry], None]


def planes_in(
    line: Line, on_slice: Callable[[], None], on_plane: OnPlane, on_arriving: OnArriving | None = None
) -> ReadPlanes:
    """Reads in decoder processes.

    A straight and even series is there once: its slices are written where the scan has them. Of another the stored
    slices lie in such memory and are resampled from it here.

    Args:
        line: of the processes.
        on_slice: called between jobs and while one is awaited; may raise to stop.
        on_plane: told of each plane that is there, and of its file.
        on_arriving: shown a straight and even series while it is read, from the middle slice on; None where nobody
            looks, and then the slices are read in their order.
    """

    def read(together: Sequence[Slices], plan: Plan, grid: Grid) -> tuple[Pixels, list[Plane]]:
        first = together[0][0]
        shape = (len(together), first.rows, first.columns)
        watch = on_arriving if grid.is_stored else None
        take = line.spare.take if watch is None else line.spare.fresh  # no other patient may be seen in it
        with take(math.prod(shape) * plan.dtype.itemsize) as memory:
            mapping = memory.mapped()
            stored = np.frombuffer(mapping, plan.dtype, math.prod(shape)).reshape(shape)
            order = Order(len(together), 0 if watch is None else _middle(together, plan))
            arriving = _told(_as_asked(line, together, plan, memory, order, on_slice), together, on_plane)
            planes: dict[int, Plane] = {}
            if not grid.is_stored:
                voxels = np.empty(grid.shape, plan.dtype)
                fill(voxels, grid, _values(stored, arriving, planes), outside_is_high=plan.outside_is_high)
            else:
                voxels = stored
                seen = arriving if watch is None else _seen(arriving, stored, plan, grid, order, watch)
                planes.update(seen)
            line.spare.follow(mapping, memory)  # only now: after an error a process may still write
        return voxels, [planes[number] for number in range(len(together))]

    return read


Numbered = tuple[int, Plane]
"""A plane and its number in the series."""


def _middle(together: Sequence[Slices], plan: Plan) -> int:
    return next(number for number, place in enumerate(together) if any(one.entry == plan.middle for one in place))


def _told(arriving: Iterator[Numbered], together: Sequence[Slices], on_plane: OnPlane) -> Iterator[Numbered]:
    for number, plane in arriving:
        on_plane(plane, together[number][0].entry)
        yield number, plane


def _values(stored: Pixels, arriving: Iterator[Numbered], planes: dict[int, Plane]) -> Iterator[Pixels]:
    """The values of each plane as soon as it is there; what it says beside them is kept."""
    for number, plane in arriving:
        planes[number] = plane
        yield stored[number]


def _seen(
    arriving: Iterator[Numbered], stored: Pixels, plan: Plan, grid: Grid, order: Order, watch: OnArriving
) -> Iterator[Numbered]:
    """Shows the volume whenever a job's planes are there, from the moment on that its middle is known."""
    scan: Scan | None = None
    shown = (0, 0)
    for number, plane in arriving:
        if plane.middle is not None:
            scan = arriving_scan(plane.middle, stored, plan, grid)
        if scan is not None and order.arrived != shown:
            shown = order.arrived
            watch(Arriving(scan, *shown))
        yield number, plane


def _as_asked(
    line: Line,
    together: Sequence[Slices],
    plan: Plan,
    memory: SharedMemory,
    order: Order,
    on_slice: Callable[[], None],
) -> Iterator[Numbered]:
    """Every plane in the order asked for, while the processes are some jobs ahead."""
    waiting: deque[tuple[float, range, Pending]] = deque()
    places = _FIRST_PLACES
    try:
        while order.left or waiting:
            while order.left and len(waiting) < _JOBS_A_PROCESS * line.processes:
                numbers = order.take(places)
                job = ReadPlanesJob(tuple(together[numbers.start : numbers.stop]), numbers.start, plan)
                waiting.append((time.monotonic(), numbers, line.ask(job, memory)))
            on_slice()
            asked_s, numbers, pending = waiting[0]
            planes = pending.results(on_slice)
            waiting.popleft()
            order.arrive(numbers)
            job_s = (time.monotonic() - asked_s) / _JOBS_A_PROCESS
            left = order.left // (_JOBS_A_PROCESS * line.processes)
            places = max(1, min(int(len(planes) * _JOB_S / job_s), 8 * places, _MOST_PLACES, left))
            yield from zip(numbers, planes, strict=True)
    finally:
        for _, _, pending in waiting:
            pending.drop()
