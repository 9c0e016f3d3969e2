"""What an outcome says of a study that the device path answered, or could not. In the simulator as on a GPU."""

import pytest

from engine.clock import SystemClock
from engine.detect.choose import take_first
from engine.detect.device.detector import DeviceDetector
from engine.detect.loading import Detectors
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.outcome import Status
from engine.pipeline import Bench
from engine.prepare.pool import RowPool
from engine.registry.shelf import Shelf
from tests.engine.detect.device.onnx_network import Opener
from tests.engine.tiny_model import picture

pytestmark = [pytest.mark.simulator, pytest.mark.gpu, pytest.mark.usefixtures("lane")]


class OnDevice(OnnxCpu):
    """A back end whose detectors look on the device."""

    name = "device"

    def __init__(self, **opening):
        self._opening = opening

    def load(self, graph, card, threads):
        on_cpu = super().load
        opener = Opener(lambda _: graph, card, **self._opening)
        return DeviceDetector(card, opener, lambda: on_cpu(graph, card, threads))


def outcome_of(home, found, **opening):
    with RowPool(1) as pool:
        detectors = Detectors((OnDevice(**opening),), take_first, 1)
        bench = Bench(Shelf.of(home), detectors, pool, SystemClock())
        outcome = bench.attempt(found).outcome()
        bench.close()
    return outcome


@pytest.mark.parametrize(
    ("opening", "doubts", "backend"),
    [
        ({}, (), "onnx on the host"),
        ({"lost": 2}, ("gpu-lost",), "onnxruntime"),
        ({"short": 1 << 30}, ("gpu-out-of-memory",), "onnxruntime"),
    ],
)
def test_an_outcome_names_who_answered_and_what_became_of_the_gpu(spotted_home, tmp_path, opening, doubts, backend):
    outcome = outcome_of(spotted_home, picture(tmp_path / "part.png", (40, 40), ((20, 12),)), **opening)
    assert (outcome.status, outcome.coverage, outcome.doubts) == (Status.ANSWERED, 1.0, doubts)
    assert [region.box_px for region in outcome.regions] == [(10.0, 18.0, 18.0, 26.0)]
    assert outcome.backend.startswith(backend)
