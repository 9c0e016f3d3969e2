"""A package's graph against its manifest: nothing hidden in it, names and shapes as stated, and who can compute it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec

from engine.detect.foreign.table import CENTER
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.torch_reference import TorchReference
from engine.errors import BackendError, ModelError
from engine.registry.graph_file import read_graph_file
from engine.registry.package import Package


@dataclass(frozen=True, slots=True)
class GraphVerdict:
    """What was found; the embedded run time takes the graph, or there is no verdict.

    Args:
        operators: that the graph uses.
        obstacles: by name of a run time, why it does not take the graph; those that do are left out.
    """

    operators: tuple[str, ...]
    obstacles: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        said = [f"{len(self.operators)} operators, tensors as the manifest says"]
        return "; ".join([*said, *(f"not for {name}: {reason}" for name, reason in self.obstacles)])


def judge_graph(package: Package) -> GraphVerdict:
    """Looks through the graph before any run time does, then lets each say whether it takes it.

    Raises:
        ModelError: MD-GRAPH, it is no ONNX graph, its weights lie elsewhere, or its tensors are not the manifest's.
        BackendError: BE-LOAD, the embedded run time does not take it.
    """
    content, card = package.graph(), package.card
    graph = read_graph_file(content)
    if graph.elsewhere:
        raise ModelError(
            "MD-GRAPH",
            f"The weights '{graph.elsewhere[0]}' of {card.name} lie in another file.",
            "Save the graph with its weights inside model.onnx, and pack the model again.",
        )
    if graph.foreign:
        raise ModelError(
            "MD-GRAPH",
            f"{card.name} uses the operator {graph.foreign[0]}, which is not one of ONNX's own.",
            "Export the model with plain ONNX operators, and pack it again.",
        )
    with closing(OnnxCpu().load(content, card, threads=1)):
        pass
    return GraphVerdict(graph.operators, tuple(_obstacles(package, content)))


def _obstacles(package: Package, content: bytes) -> Iterable[tuple[str, str]]:
    if TorchReference().why_not() is None:
        try:
            TorchReference().load(content, package.card, threads=1).close()
        except BackendError as error:
            yield TorchReference.name, error.message.rstrip(".")
    if package.card.head.kind != CENTER:
        yield "tensorrt", f"its device path does not decode the head '{package.card.head.kind}'"
    elif find_spec("onnx") is not None:
        # Imported where it is there: the base installation has no ONNX library, and no TensorRT either.
        import onnx  # noqa: PLC0415

        from engine.detect.tensorrt.graph_check import obstacles  # noqa: PLC0415

        if found := obstacles(onnx.load_model_from_string(content)):
            yield "tensorrt", str(found[0])
