"""The rows of the conformance table: every back end, and the device path with a network on the host."""

import hashlib
import os
from dataclasses import replace

import numpy as np
import pytest

from engine.detect.choose import backends, full_name
from engine.detect.device.detector import DeviceDetector
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.model_card import Effort, HeadSpec, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from tests.engine.detect.device.onnx_network import OnnxNetwork
from tests.engine.tiny_model import card_with, noisy_graph_of
from tests.gpu.plans import wait_for_plan
from tests.gpu.torch_network import TorchOnGpu


class SimulatedDevice(OnnxCpu):
    """The device path in numba-cuda's simulator; the network itself is ONNX Runtime on the host. Never a GPU."""

    name = "device in the simulator"

    def why_not(self):
        return None if os.environ.get("NUMBA_ENABLE_CUDASIM") == "1" else "runs in the simulator: make check"

    def identity(self):
        return f"simulator, {super().identity()}"

    def load(self, graph, card, threads):
        load = super().load
        load(graph, card, threads)  # a device back end refuses what does not fit when it makes its plan

        def open_network(batch):
            assert batch == card.input.batch
            return OnnxNetwork(graph, batch, "fp32", lambda _answered: None)

        return DeviceDetector(card, open_network, lambda: load(graph, card, threads))


def rows():
    """Each back end as a parameter of a test, with the lane that it runs in."""
    lanes = {
        "torch": [pytest.mark.learn],
        "tensorrt": [pytest.mark.gpu],
        TorchOnGpu.name: [pytest.mark.gpu],
        SimulatedDevice.name: [pytest.mark.simulator],
    }
    return [
        pytest.param(backend, id=full_name(backend), marks=lanes.get(backend.name, []))
        for backend in (*backends(), TorchOnGpu(), SimulatedDevice())
    ]


def loaded(backend, graph, card):
    """A model on a back end, waited for where a plan is made first."""
    wait_for_plan(backend, graph, card)
    return backend.load(graph, card, 1)


def model(tile=(16, 16), *, batch=1, channels=1, graph_of=noisy_graph_of):
    """A network that answers noise to noise: the graph, and the card that fits it."""
    card = card_with(
        input=InputSpec(channels, tile, batch, None, 10.0, 90.0, (0.2,) * channels, (0.7,) * channels),
        head=HeadSpec("center", 4, 0.3, 20),
        labels=("spot", "scratch"),
        threshold=0.3,
        unsure_threshold=0.3,
    )
    graph = graph_of(card)
    # Plans are kept by the model's hash: another graph has to be another model.
    return graph, replace(card, hash=hashlib.sha256(graph).hexdigest())


def tiles_for(card, seed=3):
    shape = (card.input.batch, card.input.channels, *card.input.tile)
    return np.random.default_rng(seed).random(shape, np.float32)


def study(card, shape=(22, 26)):
    """A noisy study, laid out for a model."""
    pixels = np.random.default_rng(8).integers(0, 100, shape).astype(np.uint8)
    scan = Scan(pixels, "image", "photo", "MONOCHROME2", Provenance(("a",), "made here"))
    return scan, lay_out(scan, card.input, card.head.stride, Effort("full", 0.25, ("", "yx")))
