"""The package's graph in int8 on the CPU, calibrated on images: for measuring what that would gain and cost here.

`fovea models profile` alone uses it. It answers no study: parity with the reference holds for the graph of a package,
and this one is made anew on each machine.

As in half precision (`engine.detect.tensorrt.precision`) the last convolution of each head stays in fp32, with all that
comes after it: scores and distances would otherwise have 256 steps.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import onnxruntime

from engine.detect.onnx_cpu import OnnxCpu, load_session
from engine.detect.protocol import Detector, FloatArray, Precision
from engine.domain.model_card import ModelCard
from engine.errors import BackendError

Calibration = Callable[[], Iterable[FloatArray]]
"""Batches of tiles as the network takes them; see `Detector.run`."""

_WEIGHTED = {"Conv", "ConvTranspose", "Gemm", "MatMul"}


class OnnxInt8:
    """ONNX Runtime with unsigned activations and signed weights of 8 bits, which it is fastest with on x86.

    A processor without VNNI saturates some of its sums of such products; what that costs is in the figures.

    Args:
        calibration: makes the batches whose values set the scales.
    """

    name = OnnxCpu.name
    precision: Precision = "int8"

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration

    def why_not(self) -> str | None:
        if find_spec("onnx") is None:
            return "onnx is not installed, which the graph is rewritten with; it is in the extras 'gpu' and 'learn'"
        return None

    def why_not_yet(self, card: ModelCard) -> str | None:  # noqa: ARG002  # it is quantised as it is loaded
        return None

    def begin(self, graph: bytes, card: ModelCard) -> None:
        """There is nothing to wait for."""

    def identity(self) -> str:
        return f"{OnnxCpu().identity()} int8"

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        quantised = in_int8(graph, self._calibration)
        return load_session(quantised, card, threads, f"onnxruntime {onnxruntime.__version__} cpu int8")


@lru_cache(maxsize=2)
def in_int8(graph: bytes, calibration: Calibration) -> bytes:
    """The graph with its weights and activations quantised; names, shapes and types of its tensors stay.

    Args:
        graph: `model.onnx`, fp32.
        calibration: makes the batches whose smallest and largest values set the scales.

    Raises:
        BackendError: BE-PRECISION, it has no such variant.
    """
    # Late: both need onnx, which only the extras bring along.
    import onnx  # noqa: PLC0415
    from onnxruntime.quantization import QuantType, quantize_static  # noqa: PLC0415
    from onnxruntime.quantization.shape_inference import quant_pre_process  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        source, prepared, quantised = (Path(folder) / f"{name}.onnx" for name in ("source", "prepared", "int8"))
        try:
            source.write_bytes(graph)
            quant_pre_process(source, prepared, skip_symbolic_shape=True)
            model = onnx.load(prepared)
            quantize_static(
                model,
                quantised,
                _Batches(_first_input(model), calibration()),
                per_channel=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                nodes_to_exclude=_last_nodes(model),
            )
            return quantised.read_bytes()
        except BackendError:
            raise
        except Exception as error:  # the quantiser raises an untyped family; this is its only door
            first = str(error).strip().splitlines()[0][:200] if str(error).strip() else ""
            raise BackendError(
                "BE-PRECISION",
                f"The graph has no variant in int8: {type(error).__name__}: {first}.",
                "Use it in fp32.",
            ) from error


class _Batches:
    """What onnxruntime's calibration asks for, one batch after the other."""

    def __init__(self, name: str, batches: Iterable[FloatArray]) -> None:
        self._name = name
        self._batches = iter(batches)

    def get_next(self) -> dict[str, FloatArray] | None:
        """The next batch by the name of the input; None after the last."""
        tiles = next(self._batches, None)
        return None if tiles is None else {self._name: tiles}


def _first_input(model: Any) -> str:
    given = {weight.name for weight in model.graph.initializer}
    return str(next(value.name for value in model.graph.input if value.name not in given))


def _last_nodes(model: Any) -> list[str]:
    """Names of the nodes that no convolution comes after; each node gets a name for that."""
    before_a_weight: set[str] = set()
    last = []
    for number, node in reversed(list(enumerate(model.graph.node))):
        node.name = node.name or f"node_{number}"
        leads_on = not before_a_weight.isdisjoint(node.output)
        if not leads_on:
            last.append(node.name)
        if leads_on or node.op_type in _WEIGHTED:
            before_a_weight.update(node.input)
    return last
