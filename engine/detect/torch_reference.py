"""The reference: a package's own `model.onnx` computed by torch, for the parity check only.

The graph is walked node by node in fp32, so that what the other run times fuse and rearrange can be held against it. It
needs the extra `learn` and is never chosen by itself.
"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from engine.detect.foreign.table import CENTER
from engine.detect.protocol import Detector, FloatArray, Precision, RawOutput
from engine.detect.terms import require_answer, require_tiles
from engine.domain.model_card import ModelCard
from engine.errors import BackendError

if TYPE_CHECKING:
    from engine.detect.torch_graph import TorchGraph


class TorchReference:
    """The back end `torch`."""

    name = "torch"
    precision: Precision = "fp32"

    def why_not(self) -> str | None:
        for library in ("torch", "onnx"):
            try:
                version(library)
            except PackageNotFoundError:
                return f"{library} is not installed; the extra `learn` has it, and only the parity check needs it"
        return None

    def why_not_yet(self, card: ModelCard) -> str | None:  # noqa: ARG002  # it loads every model at once
        return None

    def begin(self, graph: bytes, card: ModelCard) -> None:
        """There is nothing to wait for."""

    def identity(self) -> str:
        return f"torch {version('torch')} cpu {platform.machine()}"

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        if reason := self.why_not():
            raise BackendError("BE-ABSENT", f"The back end 'torch' does not work here: {reason}.", "Leave it out.")
        if card.head.kind != CENTER:
            raise BackendError(
                "BE-LOAD",
                f"torch does not know the head '{card.head.kind}' of {card.name}.",
                "The other run times are not concerned; check them against the golden cases alone.",
            )
        from engine.detect.torch_graph import TorchGraph  # noqa: PLC0415  # importing torch takes seconds

        return _TorchDetector(TorchGraph.read(graph, card), card, threads)


class _TorchDetector:
    """A graph ready to be walked."""

    def __init__(self, graph: TorchGraph, card: ModelCard, threads: int) -> None:
        self._graph = graph
        self._card = card
        self._threads = threads

    @property
    def backend(self) -> str:
        return f"torch {version('torch')} cpu"

    def run(self, tiles: FloatArray) -> RawOutput:
        import torch  # noqa: PLC0415  # as in TorchReference.load

        require_tiles(self._card, tiles)
        torch.set_num_threads(self._threads)
        try:
            heat, box = self._graph.answer(torch.from_numpy(tiles))
        except (RuntimeError, MemoryError) as error:
            raise BackendError(
                "BE-RUN",
                f"torch failed while running {self._card.name}: {str(error)[:300]}",
                "Run the check again; if it fails again, run `fovea doctor`.",
            ) from error
        raw = RawOutput(heat=heat.numpy(), box=box.numpy())
        require_answer(self._card, raw)
        return raw

    def close(self) -> None:
        """Its weights go with it."""
