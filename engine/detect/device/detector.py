"""A model on the GPU, as the engine sees it: answers batches from the host, and looks at whole scans by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np

from engine.budget import Budget
from engine.detect.device.context import CONTEXT
from engine.detect.device.faults import device_faults
from engine.detect.device.network import DeviceLost, DeviceOutOfMemory, OpenNetwork
from engine.detect.device.plan import Plan, plans
from engine.detect.device.resident import Resident
from engine.detect.device.sweep import sweep
from engine.detect.device.task import Task
from engine.detect.device.tiles import prepared_tiles
from engine.detect.look import Looked, StandIn
from engine.detect.protocol import Detector, FloatArray, RawOutput
from engine.detect.terms import require_answer, require_tiles
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import BackendError
from engine.prepare.layout import Layout
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from kernels.device_arrays import copy_in, copy_out, free_bytes, wait

_log = logging.getLogger(__name__)

OUT_OF_MEMORY, LOST, UNLOADED = "gpu-out-of-memory", "gpu-lost", "gpu-not-loaded"
"""Doubts: the answer came from the CPU, because the GPU could not give it."""


class DeviceDetector:
    """Keeps one model resident on the GPU, and a way to go on without it.

    Args:
        card: the model's.
        open_network: puts it onto the GPU.
        on_cpu: loads it on the CPU; called once, and only when the GPU cannot answer.

    Raises:
        BackendError: BE-LOAD, the run time refuses the model. A GPU that is full or lost at this moment is no error:
            it is asked again for each study.
    """

    def __init__(self, card: ModelCard, open_network: OpenNetwork, on_cpu: Callable[[], Detector]) -> None:
        self._card = card
        self._open = open_network
        self._load_on_cpu = on_cpu
        self._cpu: Detector | None = None
        self._resident: Resident | None = None
        self._absent: set[int] = set()
        self._backend = "gpu"
        CONTEXT.register(self)
        with CONTEXT.lock:
            try:
                self._residing(card.input.batch)
            except (DeviceOutOfMemory, DeviceLost) as error:
                _log.warning("%s is not on the GPU yet: %s", card.name, error)

    @property
    def backend(self) -> str:
        """Run time, version and precision of the network that was last on the GPU."""
        return self._backend

    def look(
        self, scan: Scan, card: ModelCard, layout: Layout, pool: RowPool, budget: Budget, watch: Stopwatch
    ) -> Looked | StandIn:
        """Looks at all tiles on the GPU; where it cannot, the CPU stands in with a doubt.

        An answer comes from one of them alone: what a GPU that failed had found so far is thrown away.

        Raises:
            BackendError: BE-RUN or BE-VALUES.
        """
        task = Task.of(scan, card, layout, pool, budget, watch)
        with CONTEXT.lock:
            looked, doubt = self._on_gpu(task)
            if doubt == LOST:  # once more, on a new context; nothing of the old one is referred to any more
                CONTEXT.renew()
                looked, doubt = self._on_gpu(task)
            if doubt == LOST:
                CONTEXT.renew()
            if looked is not None:
                return looked
            if self._cpu is None:
                self._cpu = self._load_on_cpu()
            return StandIn(self._cpu, doubt)

    def run(self, tiles: FloatArray) -> RawOutput:
        """Answers one batch that lies in the host's memory; see `Detector.run`.

        Raises:
            BackendError: also BE-GPU-MEMORY and BE-GPU-LOST.
        """
        require_tiles(self._card, tiles)
        with CONTEXT.lock:
            resident = self._residing(self._card.input.batch)
            heat, box = (np.empty(tuple(array.shape), np.float32) for array in (resident.heat, resident.box))
            with device_faults("answering tiles"):
                copy_in(tiles.astype(resident.tensor_type, copy=False), resident.tiles, resident.stream)
                resident.network.enqueue(resident.tiles, resident.heat, resident.box, resident.stream)
                copy_out(resident.heat, heat, resident.stream)
                copy_out(resident.box, box, resident.stream)
                wait(resident.stream)
        raw = RawOutput(heat, box)
        require_answer(self._card, raw)
        return raw

    def prepared(self, scan: Scan, layout: Layout, origins: Sequence[tuple[int, ...]]) -> FloatArray:
        """What the network is fed for one batch; see `PreparesTiles`."""
        with CONTEXT.lock:
            return prepared_tiles(self._residing(self._card.input.batch), self._card, scan, layout, origins)

    def let_go(self) -> None:
        """Frees the GPU; the next use puts the model there again."""
        if self._resident is not None:
            self._resident.close()
            self._resident = None

    def close(self) -> None:
        """Frees the GPU, and the CPU where it had to help."""
        with CONTEXT.lock:
            self.let_go()
        if self._cpu is not None:
            self._cpu.close()
            self._cpu = None

    def _on_gpu(self, task: Task) -> tuple[Looked | None, str]:
        """What was found, or the doubt of an answer that has to come from elsewhere."""
        try:
            return self._by_the_first_plan_that_fits(task), ""
        except DeviceOutOfMemory as error:
            _log.warning("%s is answered on the CPU: %s", task.card.name, error)
            return None, OUT_OF_MEMORY
        except DeviceLost as error:
            _log.error("%s: %s", task.card.name, error)
            return None, LOST
        except BackendError as error:
            if error.code != "BE-LOAD":
                raise
            _log.error("%s is answered on the CPU: %s", task.card.name, error)
            return None, UNLOADED

    def _by_the_first_plan_that_fits(self, task: Task) -> Looked:
        """Smaller batches, then smaller parts, until one fits or none is left."""
        tried: set[Plan] = set()
        while (plan := next((plan for plan in self._plans(task) if plan not in tried), None)) is not None:
            tried.add(plan)
            tiles, parts = len(task.layout.origins), len(plan.parts)
            _log.debug("%d tiles by batches of %d in %d part(s)", tiles, plan.batch, parts)
            try:
                return sweep(task, plan, self._residing(plan.batch))
            except DeviceOutOfMemory as error:
                _log.info("Batches of %d in %d part(s): %s", plan.batch, parts, error.message)
            except BackendError as error:
                if error.code != "BE-LOAD" or plan.batch == self._card.input.batch:
                    raise
                self._absent.add(plan.batch)
        raise DeviceOutOfMemory.of(f"{task.card.name} and a study of {task.scan.pixels.nbytes / 1e6:.0f} MB")

    def _plans(self, task: Task) -> tuple[Plan, ...]:
        resident = self._resident
        with device_faults("asking for free memory"):
            # What the buffers of a batch hold is free for those of another, and the plans count it again.
            free = free_bytes() + (resident.buffer_bytes if resident is not None else 0)
        tensor_type = resident.tensor_type if resident is not None else np.float32
        return plans(task.layout, task.axes[0], task.footprint(tensor_type), self._card.input.batch, free, self._absent)

    def _residing(self, batch: int) -> Resident:
        """The network for this batch with its buffers, put onto the GPU where it is not there."""
        resident = self._resident
        if resident is not None and resident.network.batch == batch:
            return resident
        del resident  # its buffers must be free before others are made
        self.let_go()
        network = self._open(batch)
        try:
            if network.batch != batch:
                raise BackendError(
                    "BE-LOAD",
                    f"{network.backend} has no network for {batch} tiles in one call, only for {network.batch}.",
                    "Answer with `--backend onnx-cpu`.",
                )
            self._resident = Resident(network, self._card)
        except BackendError:
            network.close()
            raise
        self._backend = self._resident.backend
        return self._resident
