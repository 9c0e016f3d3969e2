"""The embedded default: ONNX Runtime on the CPU, in fp32 and with its workers asleep between runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime

from engine.detect.protocol import Detector, FloatArray, RawOutput
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, ModelError

_INPUT, _HEAT, _BOX = "image", "heat", "box"


class OnnxCpu:
    """The back end `onnx-cpu`."""

    name = "onnx-cpu"

    def why_not(self) -> str | None:
        return None

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        try:
            session = onnxruntime.InferenceSession(graph, _options(threads), providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
            raise BackendError(
                "BE-LOAD",
                f"ONNX Runtime {onnxruntime.__version__} refused {card.name}: {_first_line(error)}",
                "Verify the package with `fovea models verify`, or use the version before.",
            ) from error
        _check_graph(session, card)
        return _OnnxDetector(session, card)


class _OnnxDetector:
    """A loaded session. Calls from several threads are allowed, as ONNX Runtime allows them."""

    def __init__(self, session: Any, card: ModelCard) -> None:
        self._session = session
        self._shape = (card.input.batch, card.input.channels, *card.input.tile)
        self._name = card.name

    @property
    def backend(self) -> str:
        return f"onnxruntime {onnxruntime.__version__} cpu"

    def run(self, tiles: FloatArray) -> RawOutput:
        if tiles.shape != self._shape or tiles.dtype != np.float32:
            raise BackendError(
                "BE-SHAPE",
                f"{self._name} takes {self._shape} float32, it was given {tiles.shape} {tiles.dtype}.",
                "This is a fault in Fovea: report it with the log.",
            )
        try:
            heat, box = self._session.run([_HEAT, _BOX], {_INPUT: tiles})
        except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
            raise BackendError(
                "BE-RUN",
                f"ONNX Runtime failed while running {self._name}: {_first_line(error)}",
                "Run the study again; if it fails again, run `fovea doctor`.",
            ) from error
        if not (np.isfinite(heat).all() and np.isfinite(box).all() and heat.min() >= 0.0 and heat.max() <= 1.0):
            raise BackendError(
                "BE-VALUES",
                f"{self._name} returned values that are no probabilities or no numbers.",
                "Verify the package with `fovea models verify`.",
            )
        return RawOutput(heat=heat, box=box)

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


def _check_graph(session: Any, card: ModelCard) -> None:
    dims = len(card.input.tile)
    cells = [side // card.head.stride for side in card.input.tile]
    wanted = {
        _INPUT: [card.input.batch, card.input.channels, *card.input.tile],
        _HEAT: [card.input.batch, len(card.labels), *cells],
        _BOX: [card.input.batch, 2 * dims, *cells],
    }
    found = {node.name: node for node in (*session.get_inputs(), *session.get_outputs())}
    for name, shape in wanted.items():
        node = found.get(name)
        if node is None:
            _misfit(card, f"has no tensor '{name}' (it has {', '.join(found)})")
        elif list(node.shape) != shape or node.type != "tensor(float)":
            _misfit(card, f"has '{name}' as {node.shape} {node.type}, the manifest wants {shape} tensor(float)")


def _misfit(card: ModelCard, what: str) -> None:
    raise ModelError(
        "MD-GRAPH",
        f"The graph of {card.name} {what}.",
        "Correct the manifest or export the graph again, then pack the model.",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
