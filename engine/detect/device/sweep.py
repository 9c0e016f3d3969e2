"""One way through all tiles of a study on the GPU: upload, prepare, answer, stitch, decode; the host only queues."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.detect.device.context import CONTEXT
from engine.detect.device.count import DeviceCounter
from engine.detect.device.decode import Decoder
from engine.detect.device.faults import device_faults
from engine.detect.device.plan import Part, Plan, within
from engine.detect.device.replay import Replay
from engine.detect.device.resident import Resident
from engine.detect.device.task import Task
from engine.detect.look import Looked
from engine.detect.pace import Pace
from engine.errors import BudgetExceeded, Cancelled
from engine.prepare.percentiles import PoolCounter
from kernels import device_arrays as gpu
from kernels.prepare import NOWHERE, prepare_on_device, prepare_tables
from kernels.reach import mark_reaching_on_device
from kernels.sound import find_unsound_on_device
from kernels.stitch import stitch_on_device
from kernels.weights import border_ramp
from kernels.window import ValueWindow


def sweep(task: Task, plan: Plan, resident: Resident) -> Looked:
    """Looks at all tiles by one plan, as long as the budget lasts.

    Raises:
        DeviceOutOfMemory: the plan is too large; nothing of it is left on the GPU.
        DeviceLost: a new context is needed.
        BackendError: BE-RUN or BE-VALUES.
    """
    stopped_by: BudgetExceeded | Cancelled | None = None
    with task.watch.stage("prepare"):
        way = _Sweep(task, plan, resident)
    try:
        for part in plan.parts:
            way.answer(part)
    except (BudgetExceeded, Cancelled) as stop:
        stopped_by = stop
    with task.watch.stage("detect"), device_faults("answering tiles"):
        resident.require_sound()
    with task.watch.stage("merge"), device_faults("decoding maps"):
        candidates = way.decoder.candidates(way.stitched, task.card, resident.stream)
    return Looked(candidates, task.layout.coverage(way.done), stopped_by, way.done, resident.backend)


class _Sweep:
    """What one sweep holds on the GPU, beside the network and its buffers."""

    def __init__(self, task: Task, plan: Plan, resident: Resident) -> None:
        layout, pixels = task.layout, task.scan.pixels
        self._task, self._plan, self._resident = task, plan, resident
        self._window: ValueWindow | None = None  # one of percentiles needs the values first
        self._pace = Pace(task.budget, queued=1, most_views=layout.most_views)
        self.done = 0
        maps = len(task.card.labels) + 2 * len(layout.tile)
        places = task.places(plan.batch)
        with device_faults("the stored values and maps of this study"):
            self._values = gpu.empty((plan.most_planes * pixels[0].size,), pixels.dtype)
            self.stitched = gpu.zeros((maps, *layout.cells_shape), np.float32, resident.stream)
            self._weight = gpu.zeros(layout.cells_shape, np.float32, resident.stream)
            self._ramps = [
                gpu.upload(border_ramp(side // layout.stride, shared), resident.stream)
                for side, shared in zip(layout.tile, layout.overlap_cells, strict=True)
            ]
            self._places = gpu.pinned(places.shape, np.int32)
            self.decoder = Decoder(task.card, layout.cells_shape)
        np.copyto(self._places, places)
        resident.expect_sound()

    def answer(self, part: Part) -> None:
        """Sends the stored values of a part, and queues all its batches.

        Raises:
            BudgetExceeded: what is queued is finished nevertheless, and counts as done.
            Cancelled: as above.
        """
        task, batch, views = self._task, self._plan.batch, self._task.layout.flips
        with task.watch.stage("prepare"), device_faults("sending stored values"):
            steps = self._steps(part)
        replay = Replay(steps, self._resident.network, self._resident.stream, -(-len(part.tiles) // batch) * len(views))
        try:
            for first in range(part.tiles.start, part.tiles.stop, batch):
                end = min(first + batch, part.tiles.stop)
                with (
                    self._pace.batch() as looked_at,
                    task.watch.stage("detect"),
                    device_faults("answering tiles"),
                ):
                    looked_at.views = self._look(replay, first // batch, end - first)
                    self._wait_for_the_one_before(first // batch)
                self.done = end
                task.watch.share = self.done / len(task.layout.origins)
        finally:
            replay.close()

    def _look(self, replay: Replay, number: int, tiles: int) -> int:
        """Queues one batch of so many tiles in their views; in how many. To look again the host waits for it."""
        layout, resident = self._task.layout, self._resident
        first = len(layout.flips)
        if layout.again_flips:
            resident.expect_nothing_shown()
        for places in self._places[number, :first]:
            gpu.copy_in(places, resident.places, resident.stream)
            replay.queue()
        if not layout.again_flips or not (shown := resident.shown())[:tiles].any():
            return first
        for places in self._places[number, first:]:
            places[~shown, :3] = NOWHERE
            gpu.copy_in(places, resident.places, resident.stream)
            replay.queue()
        return layout.most_views

    def _steps(self, part: Part) -> Callable[[], None]:
        """Sends the stored values of a part; what comes back queues one batch or view of it."""
        task, resident = self._task, self._resident
        pixels, stream = task.scan.pixels, resident.stream
        planes = pixels[part.planes.start : part.planes.stop]
        source = self._values[: planes.size]
        CONTEXT.uploader().send(planes.reshape(-1), source, stream, task.pool, lambda: task.budget.check("prepare"))
        source = source.reshape(planes.shape)
        axes = [within(task.axes[0], part.planes), *task.axes[1:]]
        if self._window is None:
            whole = len(planes) == len(pixels)
            counter = DeviceCounter(source, stream) if whole else PoolCounter(pixels, task.pool)
            self._window = task.window(counter, resident.tensor_type)
        tables = prepare_tables(planes.shape, pixels.dtype, axes, self._window, stream)
        layout = task.layout

        def queue() -> None:
            prepare_on_device(source, tables, resident.places, resident.tiles, stream)
            resident.network.enqueue(resident.tiles, resident.heat, resident.box, stream)
            find_unsound_on_device(resident.heat, resident.box, resident.unsound, stream)
            if layout.again_flips:
                mark_reaching_on_device(resident.heat, layout.again_from, resident.reached, stream)
            maps = (self.stitched, self._weight)
            stitch_on_device(resident.heat, resident.box, self._ramps, resident.places, layout.stride, *maps, stream)

        return queue

    def _wait_for_the_one_before(self, number: int) -> None:
        """The host stays one batch ahead: the GPU never waits for it, and a budget that runs out is noticed soon."""
        turns = self._resident.turns
        gpu.record(turns[number % 2], self._resident.stream)
        if number > 0:
            gpu.wait_event(turns[(number - 1) % 2])
