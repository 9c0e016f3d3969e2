"""The same work queued again and again: call by call at first, then as a recorded graph where that can be."""

from __future__ import annotations

import logging
from collections.abc import Callable

from engine.detect.device.faults import device_faults
from engine.detect.device.graph import Graph, NotRecorded, record
from engine.detect.device.network import DeviceLost, DeviceNetwork, Stream
from kernels.cuda_compiled import simulated
from kernels.device_arrays import handle

_log = logging.getLogger(__name__)

LEAST_CALLS = 8
"""From so many on, recording is tried: making a graph ready takes as long as queueing a few calls one by one."""


class Replay:
    """Queues one batch each time it is asked.

    Args:
        work: queues a batch on the stream, each time with the same arguments.
        network: whose run is part of the work.
        stream: what the work is queued on.
        calls: how often it will be asked.
    """

    def __init__(self, work: Callable[[], None], network: DeviceNetwork, stream: Stream, calls: int) -> None:
        self._work = work
        self._network = network
        self._stream = stream
        self._may_record = calls >= LEAST_CALLS and not simulated()
        self._warm = False
        self._graph: Graph | None = None

    def queue(self) -> None:
        """Queues the work once.

        Raises:
            DeviceOutOfMemory: see `DeviceNetwork.enqueue`.
            DeviceLost: as above.
            BackendError: as above.
        """
        if self._warm and self._may_record and self._network.capturable:
            self._may_record = False
            self._graph = self._recorded()
        if self._graph is None:
            self._work()
            self._warm = True
        elif status := self._graph.launch():
            raise DeviceLost.of(f"launching a graph failed with CUDA error {status}")

    def close(self) -> None:
        """Frees the graph; what was queued is done nevertheless."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None

    def _recorded(self) -> Graph | None:
        def work() -> None:
            # What the driver refuses while it records is said of the recording, and not of the GPU.
            with device_faults("recording"):
                self._work()

        try:
            return record(handle(self._stream), work)
        except NotRecorded as reason:
            _log.info("The GPU's work is queued call by call: %s", reason)
            return None
