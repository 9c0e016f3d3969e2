"""A package's own graph on the GPU by torch: the whole device path on cards that no TensorRT here supports."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec

from engine.detect.device.detector import DeviceDetector
from engine.detect.device.network import DeviceOutOfMemory
from engine.detect.device.probe import probe_gpus
from engine.detect.onnx_cpu import OnnxCpu
from kernels.device_arrays import handle


class TorchNetwork:
    """A `DeviceNetwork`."""

    capturable = False  # torch allocates while it runs
    precision = "fp32"

    def __init__(self, graph, card):
        import torch  # noqa: PLC0415  # only where there is a GPU

        from engine.detect.torch_graph import TorchGraph  # noqa: PLC0415  # imports torch

        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.deterministic = True
        self.batch = card.input.batch
        self.backend = f"torch {torch.__version__} fp32 cuda"
        self._torch = torch
        self._graph = TorchGraph.read(graph, card).on("cuda")

    def enqueue(self, tiles, heat, box, stream):
        torch = self._torch
        try:
            with torch.cuda.stream(torch.cuda.ExternalStream(handle(stream))):
                found_heat, found_box = self._graph.answer(torch.as_tensor(tiles, device="cuda"))
                torch.as_tensor(heat, device="cuda").copy_(found_heat)
                torch.as_tensor(box, device="cuda").copy_(found_box)
        except torch.cuda.OutOfMemoryError as error:
            raise DeviceOutOfMemory.of("torch's layers") from error

    def close(self):
        self._graph = None
        self._torch.cuda.empty_cache()


class TorchOnGpu(OnnxCpu):
    """A back end of the checks alone: the device path with torch as its network."""

    name = "device path with torch"

    def why_not(self):
        table = probe_gpus()
        if not table.gpus:
            return table.why_none
        for library in ("torch", "onnx"):
            if find_spec(library) is None:
                return f"{library} is not installed"
        import torch  # noqa: PLC0415  # only where there is a GPU

        return None if torch.cuda.is_available() else f"torch {torch.__version__} finds no GPU"

    def identity(self):
        gpu = probe_gpus().gpus[0]
        return f"torch {version('torch')} fp32 {gpu.target} {gpu.name} driver {gpu.driver}"

    def load(self, graph, card, threads):
        on_cpu = super().load
        return DeviceDetector(card, lambda _batch: TorchNetwork(graph, card), lambda: on_cpu(graph, card, threads))
