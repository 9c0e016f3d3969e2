"""A study and a model that can be looked at on the CPU, and on the device path in the simulator."""

from dataclasses import replace

import numpy as np

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.device.detector import DeviceDetector
from engine.detect.look import StandIn, look, look_in_batches
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.model_card import Effort, HeadSpec, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from tests.engine.detect.device.onnx_network import Opener
from tests.engine.tiny_model import card_with, noisy_graph_of

PICTURE = ((22, 26), (16, 16))
VOLUME = ((12, 9, 10), (8, 8, 8))
"""Shape and tile of each: some tiles, and few pixels, of which the simulator does a few thousand a second."""


def card_of(tile, batch, *, most=20, spacing_mm=None, kind="values", std=0.7, channels=1):
    return card_with(
        input=InputSpec(
            channels, tile, batch, spacing_mm, 10.0, 90.0, (0.2, 0.5, 0.1)[:channels], (std,) * channels, kind
        ),
        head=HeadSpec("center", 4, 0.3, most),
        labels=("spot", "scratch"),
        threshold=0.3,
        unsure_threshold=0.3,
    )


def scan_of(shape, dtype=np.uint8, spacing_mm=None):
    """Noise with an even part, whose cells all tie."""
    pixels = np.random.default_rng(8).integers(0, 100, shape).astype(dtype)
    pixels[..., shape[1] // 2 :, :] = 90
    colour = shape[-1] == 3
    kind = "image" if len(shape) == 2 or colour else "volume"
    return Scan(
        pixels,
        kind,
        "photo",
        "RGB" if colour else "MONOCHROME2",
        Provenance(("a",), "made here"),
        spacing_mm=spacing_mm,
    )


class BothWays:
    """One study and one model, by the CPU and by the device path.

    Args:
        scan: the study.
        card: the model's.
        flips: the views of each tile.
        again: further ones of tiles that show something, and the heat that does.
        graph_of: makes the graph for a card.
        opening: of the `Opener`.
    """

    def __init__(self, scan, card, flips=("",), again=((), 1.0), graph_of=noisy_graph_of, **opening):
        self.scan, self.card = scan, card
        self.layout = lay_out(scan, card.input, card.head.stride, Effort("full", 0.25, flips, *again))
        self.loaded_on_cpu = []
        self._graph_of = graph_of
        self.opener = Opener(graph_of, card, **opening)
        self.detector = DeviceDetector(card, self.opener, self.load_on_cpu)

    def load_on_cpu(self):
        self.loaded_on_cpu.append(OnnxCpu().load(self._graph_of(self.card), self.card, 1))
        return self.loaded_on_cpu[-1]

    def by_cpu(self, budget=None):
        return self._looked(OnnxCpu().load(self._graph_of(self.card), self.card, 1), budget)

    def by_device(self, budget=None):
        return self._looked(self.detector, budget)

    def _looked(self, detector, budget):
        watch = Stopwatch(SystemClock())
        with RowPool(1) as pool:
            budget = budget or Budget()
            looked = look(self.scan, self.card, self.layout, detector, pool, budget, watch)
            if isinstance(looked, StandIn):
                doubts, of = (looked.doubt,), (self.scan, self.card, self.layout, looked.detector)
                looked = replace(look_in_batches(*of, pool, budget, watch), doubts=doubts)
            return looked
