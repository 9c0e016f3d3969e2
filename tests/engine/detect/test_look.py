"""Slab after slab gives the bytes of one map of the whole grid, for pictures and volumes, in full and cut short."""

import numpy as np
import pytest

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.heads import decide, propose
from engine.detect.look import look
from engine.detect.merge import Stitcher
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import RawOutput
from engine.detect.views import mirrored, turned_back
from engine.domain.model_card import Effort, HeadSpec, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.errors import BudgetExceeded, Cancelled
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import card_with, noisy_graph_of

PROVENANCE = Provenance(("a",), "made here")


def card_of(tile, batch, most=2000):
    return card_with(
        input=InputSpec(1, tile, batch, None, 0.0, 1.0, (0.0,), (1.0,)),
        head=HeadSpec("center", 4, 0.3, most),
        labels=("spot", "scratch"),
        threshold=0.3,
        unsure_threshold=0.3,
    )


def detector_of(card):
    return OnnxCpu().load(noisy_graph_of(card), card, 1)


def scan_of(shape):
    """Noise, with a large even part, whose cells all tie, and bright bars across every slab."""
    pixels = np.random.default_rng(8).integers(0, 256, shape).astype(np.uint8)
    pixels[..., shape[-1] // 2 :] = 90
    pixels[..., :3] = 255
    kind = "photograph" if len(shape) == 2 else "volume"
    return Scan(pixels, kind, "photo", "MONOCHROME2", PROVENANCE, slope=1 / 255 if kind == "volume" else 1.0)


def whole_map(scan, card, layout, detector, pool, tiles):
    """The definition: one slab of everything that was looked at."""
    maker, stitcher = TileMaker(scan, card.input, layout, pool), Stitcher(layout, len(card.labels))
    for first in range(0, tiles, card.input.batch):
        origins = layout.origins[first : first + card.input.batch]
        answers = [turned_back(detector.run(mirrored(maker.make(origins), flip)), flip) for flip in layout.flips]
        for raw in answers:
            stitcher.add(raw, origins)
        tops = np.max([raw.heat.reshape(card.input.batch, -1).max(axis=1) for raw in answers], axis=0)
        shown = [tile for tile in range(len(origins)) if tops[tile] >= layout.again_from]
        for flip in layout.again_flips if shown else ():
            raw = turned_back(detector.run(mirrored(maker.make(origins), flip)), flip)
            stitcher.add(RawOutput(raw.heat[shown], raw.box[shown]), [origins[tile] for tile in shown])
    return decide([propose(slab, card) for slab in stitcher.rest()], card)


CASES = [
    ((30, 20), (32, 32), 1, ("",)),
    ((300, 70), (32, 32), 1, ("",)),
    ((200, 150), (32, 48), 3, ("", "yx")),
    ((61, 40, 50), (16, 32, 32), 1, ("",)),
    ((90, 40, 30), (16, 32, 32), 3, ("", "z", "x")),
    ((100, 30, 30), (24, 32, 32), 2, ("",)),
]


@pytest.mark.parametrize("most", [2000, 5])
@pytest.mark.parametrize(("shape", "tile", "batch", "flips"), CASES)
def test_slabs_give_the_bytes_of_the_whole_map(shape, tile, batch, flips, most):
    scan, card = scan_of(shape), card_of(tile, batch, most)
    layout = lay_out(scan, card.input, 4, Effort("full", 0.25, flips))
    detector = detector_of(card)
    with RowPool(1) as pool:
        looked = look(scan, card, layout, detector, pool, Budget(), Stopwatch(SystemClock()))
        wanted = whole_map(scan, card, layout, detector, pool, len(layout.origins))
    detector.close()
    assert_same(looked.candidates, wanted)
    assert (looked.coverage, looked.stopped_by) == (1.0, None)
    assert wanted.cut_off == (most == 5)
    assert wanted.cut_off or set(wanted.labels.tolist()) == {0, 1}


class Counting:
    """A detector that counts how often it is asked."""

    def __init__(self, detector):
        self._detector = detector
        self.backend = detector.backend
        self.calls = 0

    def run(self, tiles):
        self.calls += 1
        return self._detector.run(tiles)

    def close(self):
        self._detector.close()


@pytest.mark.parametrize(
    ("shape", "tile", "batch"), [((200, 150), (32, 48), 1), ((200, 150), (32, 48), 3), ((90, 60, 30), (16, 32, 32), 2)]
)
def test_tiles_that_show_something_are_looked_at_again_and_no_others(shape, tile, batch):
    scan, card = scan_of(shape), card_of(tile, batch)
    plain = lay_out(scan, card.input, 4, Effort("full", 0.25, ("",)))
    detector = Counting(detector_of(card))
    with RowPool(1) as pool:
        tops = tops_of(scan, card, plain, detector, pool)
        limit = float(np.median(tops))
        again = lay_out(scan, card.input, 4, Effort("full", 0.25, ("",), ("x", "yx"), limit))
        detector.calls = 0
        looked = look(scan, card, again, detector, pool, Budget(), Stopwatch(SystemClock()))
        calls = detector.calls
        wanted = whole_map(scan, card, again, detector, pool, len(again.origins))
        once = whole_map(scan, card, plain, detector, pool, len(plain.origins))
    detector.close()
    assert_same(looked.candidates, wanted)
    assert looked.candidates.scores.tobytes() != once.scores.tobytes()
    batches = [tops[first : first + batch] for first in range(0, len(tops), batch)]
    showing = sum(max(each) >= limit for each in batches)
    assert 0 < showing < len(batches)
    assert calls == len(batches) + 2 * showing


def tops_of(scan, card, layout, detector, pool):
    """The highest heat of each tile."""
    maker = TileMaker(scan, card.input, layout, pool)
    batch = card.input.batch
    parts = [layout.origins[first : first + batch] for first in range(0, len(layout.origins), batch)]
    return [float(heat.max()) for part in parts for heat in detector.run(maker.make(part)).heat[: len(part)]]


@pytest.mark.parametrize("batches", [0, 1, 2, 5, 8, 10])
def test_a_budget_that_runs_out_hands_over_what_the_whole_map_would_say_so_far(batches):
    scan, card = scan_of((90, 60, 30)), card_of((16, 32, 32), 2)
    layout = lay_out(scan, card.input, 4, Effort("full", 0.25))
    detector = detector_of(card)
    clock = HandClock()
    budget = Budget(10.0, clock)
    asked = []

    class Stopping:
        """The detector, on whose clock the time runs out after some batches."""

        backend = detector.backend
        close = detector.close

        def run(self, tiles):
            asked.append(len(tiles))
            if len(asked) == batches:
                clock.pass_s(20.0)
            return detector.run(tiles)

    if batches == 0:
        clock.pass_s(20.0)
    with RowPool(1) as pool:
        looked = look(scan, card, layout, Stopping(), pool, budget, Stopwatch(SystemClock()))
        wanted = whole_map(scan, card, layout, detector, pool, batches * 2)
    detector.close()
    assert isinstance(looked.stopped_by, BudgetExceeded)
    assert looked.coverage == layout.coverage(batches * 2) < 1.0
    assert_same(looked.candidates, wanted)
    assert (len(wanted.scores) > 0) == (batches > 0)


def test_a_cancelled_look_says_so():
    scan, card = scan_of((30, 20)), card_of((32, 32), 1)
    layout = lay_out(scan, card.input, 4, Effort("full", 0.25))
    budget = Budget()
    budget.cancel()
    detector = detector_of(card)
    with RowPool(1) as pool:
        looked = look(scan, card, layout, detector, pool, budget, Stopwatch(SystemClock()))
    detector.close()
    assert isinstance(looked.stopped_by, Cancelled)
    assert (looked.coverage, len(looked.candidates.scores)) == (0.0, 0)


def assert_same(one, other):
    assert one.scores.tobytes() == other.scores.tobytes()
    assert one.labels.tobytes() == other.labels.tobytes()
    assert one.boxes.tobytes() == other.boxes.tobytes()
    assert one.cut_off == other.cut_off
