"""A plan on the GPU: TensorRT's engine and context behind the Protocol of the device path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from engine.detect.device.network import DeviceArray, DeviceLost, DeviceOutOfMemory, Stream
from engine.detect.protocol import Precision
from engine.detect.tensorrt.journal import Journal
from engine.detect.tensorrt.make import Make
from engine.detect.tensorrt.plan_file import PlanRejected
from engine.detect.terms import BOX, HEAT, INPUT, require_graph
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from kernels.device_arrays import address, handle

_MEMORY = ("out of memory", "outofmemory", "out_of_memory", "cudamalloc")
_LOST = ("cuda runtime", "cuda driver", "cudaerror", "illegal", "launch failure", "unspecified")


class TensorRtNetwork:
    """A model on the GPU; `open_plan` makes it. Calls come from one thread at a time."""

    def __init__(self, card: ModelCard, backend: str, precision: Precision, parts: _Parts) -> None:
        self.backend = backend
        self.precision = precision
        self.batch = card.input.batch
        self.workspace_bytes = int(parts.engine.device_memory_size_v2)
        self.capturable = False
        self._parts: _Parts | None = parts

    def enqueue(self, tiles: DeviceArray, heat: DeviceArray, box: DeviceArray, stream: Stream) -> None:
        if self._parts is None:
            raise DeviceLost.of("the network was closed")
        context, journal = self._parts.context, self._parts.journal
        journal.errors.clear()
        for name, array in ((INPUT, tiles), (HEAT, heat), (BOX, box)):
            context.set_tensor_address(name, address(array))
        if not context.execute_async_v3(handle(stream)):
            _raise(journal, f"running {self.backend}")
        # Before its first run a context compiles kernels, which no CUDA graph can hold. Not asked while one records.
        self.capturable = self.capturable or self._parts.is_capturable(stream)

    def close(self) -> None:
        if self._parts is not None:
            self._parts.drop()
            self._parts = None


class _Parts:
    """TensorRT's objects, each of which needs those before it for as long as it lives."""

    def __init__(self, journal: Journal, runtime: Any, engine: Any, context: Any) -> None:
        self.journal = journal
        self.runtime = runtime
        self.engine = engine
        self.context = context

    def is_capturable(self, stream: Stream) -> bool:
        """Whether a CUDA graph can hold a run; the full SDK has no such question, and networks of one shape can."""
        asked = getattr(self.context, "is_stream_capturable", None)
        return True if asked is None else bool(asked(handle(stream)))

    def drop(self) -> None:
        """Lets go of them in the order that their library wants."""
        self.context = None
        self.engine = None
        self.runtime = None


def open_plan(make: Make, plan: bytes, card: ModelCard, backend: str, precision: Precision) -> TensorRtNetwork:
    """Puts a plan onto the GPU.

    Args:
        make: the make that it was built by.
        plan: this program's own build, its seal checked.
        card: what it has to take and to answer.
        backend: as written into outcomes.
        precision: that it was built in.

    Raises:
        PlanRejected: TensorRT does not take it; the reason is TensorRT's own.
        DeviceOutOfMemory: its weights or its workspace do not fit.
        DeviceLost: the GPU or its driver does not answer, which says nothing about the plan.
        ModelError: MD-GRAPH, its tensors are not those of the manifest.
    """
    trt = make.load()
    journal = Journal.of(trt)
    runtime = trt.Runtime(journal.logger)
    engine = None if runtime is None else runtime.deserialize_cuda_engine(plan)
    if engine is None:
        _raise_for_device(journal, "the plan")
        raise PlanRejected(f"is not taken by {make.name} {make.version}: {journal.cause()}")
    require_graph(card, _tensors(engine, trt, precision))
    context = engine.create_execution_context()
    if context is None:
        _raise(journal, "the workspace of the network")
    return TensorRtNetwork(card, backend, precision, _Parts(journal, runtime, engine, context))


def _tensors(engine: Any, trt: Any, precision: Precision) -> Mapping[str, tuple[tuple[int, ...], bool]]:
    """Shape of each tensor, and whether it has the type that the precision wants."""
    names = [engine.get_tensor_name(number) for number in range(engine.num_io_tensors)]
    wanted = dict.fromkeys(names, trt.float32) | ({INPUT: trt.float16} if precision == "fp16" else {})
    return {
        name: (tuple(engine.get_tensor_shape(name)), engine.get_tensor_dtype(name) == wanted[name]) for name in names
    }


def _raise(journal: Journal, what: str) -> NoReturn:
    """The fault that TensorRT's log speaks of."""
    _raise_for_device(journal, what)
    raise BackendError(
        "BE-RUN",
        f"TensorRT failed at {what}: {journal.cause()}",
        "Run the study again; if it fails again, run `fovea doctor`.",
    )


def _raise_for_device(journal: Journal, what: str) -> None:
    if journal.speaks_of(*_MEMORY):
        raise DeviceOutOfMemory.of(what)
    if journal.speaks_of(*_LOST):
        raise DeviceLost.of(f"{what}: {journal.cause()}")
