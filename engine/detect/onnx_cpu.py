"""The embedded default: ONNX Runtime on the CPU, in fp32 and with its workers asleep between runs."""

from __future__ import annotations

import platform
from typing import Any

import onnxruntime

from engine.detect.protocol import Detector, FloatArray, Precision, RawOutput
from engine.detect.terms import BOX, HEAT, INPUT, require_answer, require_graph, require_tiles
from engine.domain.model_card import ModelCard
from engine.errors import BackendError


class OnnxCpu:
    """The back end `onnx-cpu`."""

    name = "onnx-cpu"
    precision: Precision = "fp32"

    def why_not(self) -> str | None:
        return None

    def why_not_yet(self, card: ModelCard) -> str | None:  # noqa: ARG002  # it loads every model at once
        return None

    def begin(self, graph: bytes, card: ModelCard) -> None:
        """There is nothing to wait for."""

    def identity(self) -> str:
        return f"onnxruntime {onnxruntime.__version__} cpu {platform.machine()}"

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        try:
            session = onnxruntime.InferenceSession(graph, _options(threads), providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
            raise BackendError(
                "BE-LOAD",
                f"ONNX Runtime {onnxruntime.__version__} refused {card.name}: {_first_line(error)}",
                "Verify the package with `fovea models verify`, or use the version before.",
            ) from error
        nodes = (*session.get_inputs(), *session.get_outputs())
        require_graph(card, {node.name: (node.shape, node.type == "tensor(float)") for node in nodes})
        return _OnnxDetector(session, card)


class _OnnxDetector:
    """A loaded session. Calls from several threads are allowed, as ONNX Runtime allows them."""

    def __init__(self, session: Any, card: ModelCard) -> None:
        self._session = session
        self._card = card

    @property
    def backend(self) -> str:
        return f"onnxruntime {onnxruntime.__version__} cpu"

    def run(self, tiles: FloatArray) -> RawOutput:
        require_tiles(self._card, tiles)
        try:
            heat, box = self._session.run([HEAT, BOX], {INPUT: tiles})
        except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
            raise BackendError(
                "BE-RUN",
                f"ONNX Runtime failed while running {self._card.name}: {_first_line(error)}",
                "Run the study again; if it fails again, run `fovea doctor`.",
            ) from error
        raw = RawOutput(heat=heat, box=box)
        require_answer(self._card, raw)
        return raw

    def close(self) -> None:
        self._session = None


def _options(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    # Workers that spin after a run slow the stages that follow by 1.5 to 2 times.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
