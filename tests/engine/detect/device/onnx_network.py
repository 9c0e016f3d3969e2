"""A real network behind the device path's Protocol, by ONNX Runtime: its batches are copied to the host and back."""

from dataclasses import replace

import numpy as np
import onnxruntime

from engine.detect.device.network import DeviceLost, DeviceOutOfMemory
from engine.errors import BackendError
from kernels.device_arrays import copy_in, copy_out


class OnnxNetwork:
    """Answers what lies on the GPU, unchecked as a GPU's own run time does.

    Args:
        graph: content of `model.onnx`.
        batch: of the graph.
        precision: of the tensor; the graph itself counts in float32.
        before: called before each batch with how many were answered; may raise.
    """

    backend = "onnx on the host"
    capturable = False

    def __init__(self, graph, batch, precision, before):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.batch, self.precision = batch, precision
        self.answered, self.closed = 0, False
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._before = before

    def enqueue(self, tiles, heat, box, stream):
        self._before(self.answered)
        host = np.empty(tuple(tiles.shape), np.float16 if self.precision == "fp16" else np.float32)
        copy_out(tiles, host, stream)
        found_heat, found_box = self._session.run(["heat", "box"], {"image": host.astype(np.float32)})
        copy_in(found_heat, heat, stream)
        copy_in(found_box, box, stream)
        self.answered += 1

    def close(self):
        self.closed = True


class Opener:
    """Opens networks as a GPU does that is too small or gets lost, and remembers them.

    Args:
        graph_of: makes the graph for a card.
        card: of the model.
        batches: those that there is a plan for, beside the card's.
        full: how many networks find no memory before one does.
        short: how many batches find no memory before one does.
        lost: how many batches find the GPU gone before one does.
        answered: batches that a network answers before `short`, `lost` and `then` apply.
        then: called before every later batch.
        precision: of the tensors.
    """

    def __init__(self, graph_of, card, *, batches=(), full=0, short=0, lost=0, answered=0, then=None, precision="fp32"):
        self._graph_of, self._card, self._precision = graph_of, card, precision
        self._batches = {card.input.batch, *batches}
        self._answered, self._then = answered, then
        self.full, self.short, self.lost = full, short, lost
        self.refused = 0  # how many plans are refused before one is not
        self.opened = []

    def __call__(self, batch):
        if batch not in self._batches:
            raise BackendError("BE-LOAD", f"There is no plan for a batch of {batch}.", "Build one.")
        if self.refused > 0:
            self.refused -= 1
            raise BackendError("BE-LOAD", "The plan is damaged.", "It is built again.")
        if self.full > 0:
            self.full -= 1
            raise DeviceOutOfMemory.of("the weights")
        card = replace(self._card, input=replace(self._card.input, batch=batch))
        network = OnnxNetwork(self._graph_of(card), batch, self._precision, self._before)
        self.opened.append(network)
        return network

    def _before(self, answered):
        if answered < self._answered:
            return
        if self._then is not None:
            self._then()
        if self.short > 0:
            self.short -= 1
            raise DeviceOutOfMemory.of("a batch")
        if self.lost > 0:
            self.lost -= 1
            raise DeviceLost.of("the card fell off the bus")
