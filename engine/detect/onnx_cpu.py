"""The embedded default: ONNX Runtime on the CPU, in fp32 and with its workers asleep between runs."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import partial
from typing import Any

import onnxruntime

from engine.detect.foreign.detector import ForeignDetector, require_tensors
from engine.detect.foreign.table import CENTER, head_named
from engine.detect.protocol import Detector, FloatArray, Precision, RawOutput
from engine.detect.terms import BOX, HEAT, INPUT, require_answer, require_graph, require_tiles
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, ModelError

_BACKEND = f"onnxruntime {onnxruntime.__version__} cpu"
"""As written into outcomes."""


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
        return load_session(graph, card, threads, _BACKEND)


def load_session(graph: bytes, card: ModelCard, threads: int, backend: str) -> Detector:
    """A graph with the head of its card; arguments as `Backend.load`, and `backend` as outcomes name it."""
    try:
        session = onnxruntime.InferenceSession(graph, _options(threads), providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
        raise BackendError(
            "BE-LOAD",
            f"ONNX Runtime {onnxruntime.__version__} refused {card.name}: {_first_line(error)}",
            "Verify the package with `fovea models verify`, or use the version before.",
        ) from error
    nodes = (*session.get_inputs(), *session.get_outputs())
    if card.head.kind != CENTER:
        return _foreign(session, card, nodes, backend)
    require_graph(card, {node.name: (node.shape, node.type == "tensor(float)") for node in nodes})
    return _OnnxDetector(session, card, backend)


def graph_says(graph: bytes) -> dict[str, dict[str, Any]]:
    """What a graph itself says for a manifest: channels, tile and batch, and what it calls its tensors.

    Raises:
        ModelError: MD-GRAPH, it cannot be loaded, or its input is not one batch of tiles of a fixed size.
    """
    try:
        session = onnxruntime.InferenceSession(graph, _options(1), providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
        raise _no_form(f"ONNX Runtime refused it: {_first_line(error)}") from error
    (first, *others), outputs = session.get_inputs(), [node.name for node in session.get_outputs()]
    if others or len(first.shape) not in (4, 5) or not all(isinstance(side, int) for side in first.shape):
        raise _no_form(
            f"its input '{first.name}' is {first.shape}, wanted is (batch, channels, height, width), all fixed"
        )
    batch, channels, *tile = first.shape
    says: dict[str, dict[str, Any]] = {"input": {"channels": channels, "tile": tile, "batch": batch}}
    if (first.name, *outputs) == (INPUT, HEAT, BOX):
        return {**says, "head": {"kind": CENTER}}
    return {**says, "head": {"input": first.name, "outputs": outputs}}


def _no_form(what: str) -> ModelError:
    return ModelError("MD-GRAPH", f"The graph cannot be packed: {what}.", "Export it again with fixed shapes.")


class _OnnxDetector:
    """A loaded session. Calls from several threads are allowed, as ONNX Runtime allows them."""

    def __init__(self, session: Any, card: ModelCard, backend: str) -> None:
        self._session = session
        self._card = card
        self.backend = backend

    def run(self, tiles: FloatArray) -> RawOutput:
        require_tiles(self._card, tiles)
        heat, box = _run(self._session, self._card, [HEAT, BOX], INPUT, tiles)
        raw = RawOutput(heat=heat, box=box)
        require_answer(self._card, raw)
        return raw

    def close(self) -> None:
        self._session = None


def _foreign(session: Any, card: ModelCard, nodes: Sequence[Any], backend: str) -> Detector:
    """The session with a head of another design."""
    head = head_named(card.head.kind)
    found = {node.name: (node.shape, node.type.removeprefix("tensor(").removesuffix(")")) for node in nodes}
    require_tensors(card, head, found)
    return ForeignDetector(card, head, backend, partial(_run, session, card), lambda: None)


def _run(session: Any, card: ModelCard, outputs: Sequence[str], name: str, tiles: FloatArray) -> Sequence[Any]:
    try:
        answers: Sequence[Any] = session.run(list(outputs), {name: tiles})
    except Exception as error:  # ONNX Runtime raises its own untyped family; this is its only door
        raise BackendError(
            "BE-RUN",
            f"ONNX Runtime failed while running {card.name}: {_first_line(error)}",
            "Run the study again; if it fails again, run `fovea doctor`.",
        ) from error
    return answers


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
