"""A run time for the tests: ONNX Runtime under another name, whose tensors or answers are off by what a test says."""

import numpy as np

from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import RawOutput
from engine.errors import BackendError
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool


class Altered(OnnxCpu):
    """The back end.

    Args:
        heat: is added to every probability.
        box: is added to every distance.
        prepare: is added to the tensors that it makes itself; None leaves them to the CPU.
        precision: in what it says that it computes.
        waits: what it waits for.
        fails: whether it cannot load a model.
        name: what it is called.
    """

    def __init__(self, *, heat=0.0, box=0.0, prepare=None, precision="fp32", waits=None, fails=False, name="altered"):
        self._off = heat, box
        self._prepare, self._waits, self._fails = prepare, waits, fails
        self.precision, self.name = precision, name

    def identity(self):
        return f"{self.name} by {self._off} {self._prepare} {self.precision} {self._fails}"

    def why_not_yet(self, _card):
        return self._waits

    def load(self, graph, card, threads):
        if self._fails:
            raise BackendError("BE-LOAD", "The card fell off the bus.")
        detector = super().load(graph, card, threads)
        if self._prepare is None:
            return AlteredDetector(detector, *self._off)
        return PreparingDetector(detector, *self._off, card.input, self._prepare)


class AlteredDetector:
    """Answers."""

    backend = "altered 1"

    def __init__(self, detector, heat, box):
        self._detector, self._heat, self._box = detector, np.float32(heat), np.float32(box)

    def run(self, tiles):
        raw = self._detector.run(tiles)
        return RawOutput(np.clip(raw.heat + self._heat, 0.0, 1.0), raw.box + self._box)

    def close(self):
        self._detector.close()


class PreparingDetector(AlteredDetector):
    """Makes its own tensors, as a device does."""

    def __init__(self, detector, heat, box, spec, prepare):
        super().__init__(detector, heat, box)
        self._spec, self._prepare = spec, np.float32(prepare)

    def prepared(self, scan, layout, origins):
        with RowPool(1) as pool:
            return TileMaker(scan, self._spec, layout, pool).make(origins) + self._prepare
