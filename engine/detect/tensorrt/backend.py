"""The back end `tensorrt`: whichever make is here, on the first GPU, from plans of this home."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from engine.detect.device.detector import DeviceDetector
from engine.detect.device.network import DeviceNetwork
from engine.detect.device.probe import Gpu, GpuTable, probe_gpus
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Detector, Precision
from engine.detect.tensorrt.make import INSTALL_RTX, Make, find_make, what_to_install
from engine.detect.tensorrt.making import make_in_background
from engine.detect.tensorrt.network import open_plan
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.tensorrt.plan_file import PlanRejected
from engine.detect.tensorrt.plan_key import PlanKey
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from engine.places import Home, default_home
from engine.registry.sums import sha256

_log = logging.getLogger(__name__)

_NEEDED = ("onnx", "numba_cuda")
"""Modules of the extra `gpu` beside TensorRT itself."""


@dataclass(frozen=True, slots=True)
class TensorRt:
    """TensorRT in one precision.

    Args:
        precision: in what its networks compute.
        home: whose plans it uses; None is the one that is set when it is asked.
        probe: which GPUs there are; replaceable in tests.
    """

    precision: Precision = "fp32"
    home: Home | None = None
    probe: Callable[[], GpuTable] = probe_gpus

    name = "tensorrt"

    def why_not(self) -> str | None:
        found = _find(self.probe)
        return found if isinstance(found, str) else None

    def why_not_yet(self, card: ModelCard) -> str | None:
        make, gpu = self._require()
        standing = self._cache().state(self._key(card, make, gpu))
        return {
            "ready": None,
            "building": f"its {self.precision} plan is being built",
            "failed": f"its {self.precision} plan could not be built: {standing.detail}",
            "missing": f"it has no {self.precision} plan for this GPU yet",
        }[standing.state]

    def begin(self, graph: bytes, card: ModelCard) -> None:
        make, gpu = self._require()
        make_in_background(self._cache(), self._key(card, make, gpu), graph, make)

    def identity(self) -> str:
        make, gpu = self._require()
        return f"{_backend(make, self.precision, gpu)} {gpu.name} driver {gpu.driver or 'unknown'}"

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        make, gpu = self._require()
        opener = _Opener(make, gpu, self._cache(), self._key(card, make, gpu), graph, card)
        return DeviceDetector(card, opener, lambda: OnnxCpu().load(graph, card, threads))

    def _require(self) -> tuple[Make, Gpu]:
        found = _find(self.probe)
        if isinstance(found, str):
            raise BackendError("BE-ABSENT", f"TensorRT does not work here: {found}", "Leave --backend out.")
        return found

    def _cache(self) -> PlanCache:
        return PlanCache(self.home or default_home())

    def _key(self, card: ModelCard, make: Make, gpu: Gpu) -> PlanKey:
        return PlanKey.of(card.hash, make, self.precision, (gpu.capability,), gpu.driver)


@lru_cache(maxsize=8)
def _find(probe: Callable[[], GpuTable]) -> tuple[Make, Gpu] | str:
    """The make and the GPU that answer, or why there is none; asked once, since each study asks."""
    table = probe()
    if not table.gpus:
        return table.why_none
    gpu = table.gpus[0]
    make = find_make(gpu.capability)
    if make is None:
        return f"no make of TensorRT is installed; {what_to_install(gpu.capability)}"
    if reason := make.why_not(gpu.capability):
        return reason
    if lacking := [name for name in _NEEDED if find_spec(name) is None]:
        return f"{' and '.join(lacking)} is not installed; {INSTALL_RTX}"
    try:
        make.load()
    except BackendError as error:
        return error.message
    return make, gpu


@dataclass(frozen=True, slots=True)
class _Opener:
    """Puts the plan of a model onto the GPU, each time that the device path asks for it."""

    make: Make
    gpu: Gpu
    cache: PlanCache
    key: PlanKey
    graph: bytes
    card: ModelCard

    def __call__(self, batch: int) -> DeviceNetwork:
        """See `engine.detect.device.network.OpenNetwork`."""
        if batch != self.card.input.batch:
            raise self._not_loaded(f"its plan takes {self.card.input.batch} tiles in one call, not {batch}")
        path = self.cache.find(self.key)
        if path is None:
            raise self._not_loaded(f"it has no {self.key.precision} plan for this GPU yet")
        try:
            plan = self.cache.read(path, sha256(self.graph))
            backend = _backend(self.make, self.key.precision, self.gpu)
            return open_plan(self.make, plan, self.card, backend, self.key.precision)
        except PlanRejected as rejected:
            self._make_again(path, str(rejected))
            raise self._not_loaded(f"its plan {rejected}; it was set aside and is made again") from rejected

    def _make_again(self, path: Path, reason: str) -> None:
        try:
            self.cache.set_aside(path, reason)
        except OSError as error:
            _log.warning("The plan %s cannot be set aside: %s", path.name, error)
        else:
            make_in_background(self.cache, self.key, self.graph, self.make)

    def _not_loaded(self, why: str) -> BackendError:
        return BackendError(
            "BE-LOAD",
            f"{self.make.name} does not answer with {self.card.name}: {why}.",
            f'The CPU answers meanwhile; `fovea models build "{self.card.name}"` makes the plan at once.',
        )


def _backend(make: Make, precision: Precision, gpu: Gpu) -> str:
    """As written into outcomes."""
    return f"{make.name} {make.version} {precision} {gpu.target}"
