"""The whole device path with a network that is one kernel: on a GPU as a CUDA graph, in the simulator call by call."""

from __future__ import annotations

import numpy as np
import pytest

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.device import replay as replay_module
from engine.detect.device.detector import DeviceDetector
from engine.detect.device.plan import RESERVE_BYTES
from engine.detect.look import look
from engine.domain.model_card import Effort
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from kernels import device_arrays as gpu
from tests.engine.detect.device.same import assert_same
from tests.gpu.cell_network import CellDetector, CellNetwork, card_of
from tests.gpu.lane import Lane

pytestmark = pytest.mark.gpu


def study_of(lane: Lane, *, deep: bool = True):
    """A study of at least eight batches, and its model."""
    small = ((12, 9, 10), (8, 8, 8)) if deep else ((22, 50), (16, 16))
    large = ((150, 300, 311), (32, 64, 64)) if deep else ((1500, 2011), (256, 256))
    shape, tile = large if lane.name == "device" else small
    blocks = np.random.default_rng().integers(-1000, 400, [side // 4 + 1 for side in shape])
    for axis in range(len(shape)):
        blocks = blocks.repeat(4, axis)
    pixels = blocks[tuple(map(slice, shape))].astype(np.int16)
    kind = "volume" if deep else "image"
    scan = Scan(pixels, kind, "CT", "MONOCHROME2", Provenance(("a",), "made here"))
    card = card_of(tile, batch=3, most=20)
    return scan, card, lay_out(scan, card.input, 4, Effort("full", 0.25, ("", "x")))


def looked_at(study, detector):
    scan, card, layout = study
    with RowPool() as pool:
        return look(scan, card, layout, detector, pool, Budget(), Stopwatch(SystemClock()))


def device_detector(card, **network):
    """A model on the GPU whose first network is as said, and every later one sound."""
    opened = []

    def open_network(batch):
        opened.append(CellNetwork(card, **(network if not opened else {})))
        return opened[-1]

    return DeviceDetector(card, open_network, lambda: CellDetector(card)), opened


@pytest.mark.simulator
@pytest.mark.parametrize("deep", [True, False])
def test_regions_have_the_bytes_of_the_cpu_and_come_by_graph_where_there_is_a_gpu(lane, monkeypatch, deep):
    study, graphs, record = study_of(lane, deep=deep), [], replay_module.record
    monkeypatch.setattr(replay_module, "record", lambda *given: graphs.append(record(*given)) or graphs[-1])
    detector, _ = device_detector(study[1])
    looked, wanted = looked_at(study, detector), looked_at(study, CellDetector(study[1]))
    detector.close()
    assert_same(looked, wanted)
    assert len(wanted.candidates.scores) > 0
    assert len(graphs) == (1 if lane.name == "device" else 0)


@pytest.mark.parametrize("batch", [0, 1])
def test_a_context_that_really_dies_is_made_anew(device, batch):
    study = study_of(device)
    detector, opened = device_detector(study[1], dies=batch)  # the second batch is the first that a graph holds
    looked = looked_at(study, detector)
    detector.close()
    assert len(opened) == 2
    assert opened[0].closed
    assert looked.doubts == ()
    assert_same(looked, looked_at(study, CellDetector(study[1])))


def test_memory_that_is_really_gone_leaves_the_study_to_the_cpu_until_it_is_back(device):
    study = study_of(device)
    detector, _ = device_detector(study[1])
    ballast = [gpu.empty((gpu.free_bytes() - RESERVE_BYTES,), np.uint8)]
    looked = looked_at(study, detector)
    assert looked.doubts == ("gpu-out-of-memory",)
    assert_same(looked, looked_at(study, CellDetector(study[1])))
    ballast.clear()
    assert looked_at(study, detector).backend == "cells"
    detector.close()


def test_a_study_larger_than_the_memory_left_is_sent_in_parts(device):
    study = study_of(device)
    scan, card, _ = study
    detector, _ = device_detector(card)
    wanted = looked_at(study, detector)
    ballast = gpu.empty((gpu.free_bytes() - RESERVE_BYTES - scan.pixels.nbytes * 3 // 4,), np.uint8)
    looked = looked_at(study, detector)
    del ballast
    detector.close()
    assert (looked.backend, looked.doubts) == ("cells", ())
    assert_same(looked, wanted)


@pytest.fixture
def device(lane: Lane) -> Lane:
    """A real GPU: the simulator's memory has no end, and its context cannot die."""
    if lane.name != "device":
        pytest.skip(f"needs a GPU, not the {lane.name}")
    return lane
