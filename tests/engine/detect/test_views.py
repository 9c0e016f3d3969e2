import numpy as np
import pytest

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.look import look
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import RawOutput
from engine.detect.views import mirrored, turned_back
from engine.domain.model_card import Effort
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from tests.engine.tiny_model import card_with, graph_of

STRIDE = 4


def exact_answer(tile, low, high):
    """What a perfect network says of a tile with one finding: heat at its cells, distances to its faces everywhere."""
    centres = np.meshgrid(*[(np.arange(side // STRIDE) + 0.5) * STRIDE for side in tile], indexing="ij")
    distances = [c - a for c, a in zip(centres, low, strict=True)] + [b - c for c, b in zip(centres, high, strict=True)]
    inside = np.all([d > 0 for d in distances], axis=0)
    return RawOutput(inside[None, None].astype(np.float32), np.stack(distances)[None].astype(np.float32))


@pytest.mark.parametrize(
    ("tile", "low", "high", "flip"),
    [
        ((16, 32), (2, 5), (9, 30), ""),
        ((16, 32), (2, 5), (9, 30), "x"),
        ((16, 32), (2, 5), (9, 30), "y"),
        ((16, 32), (2, 5), (9, 30), "yx"),
        ((8, 16, 32), (1, 2, 5), (4, 9, 30), "z"),
        ((8, 16, 32), (1, 2, 5), (4, 9, 30), "zx"),
        ((8, 16, 32), (1, 2, 5), (4, 9, 30), "zyx"),
    ],
)
def test_what_is_found_in_the_mirror_lies_where_it_really_is(tile, low, high, flip):
    names = "zyx"[-len(tile) :]
    faces = [
        (side - b, side - a) if name in flip else (a, b)
        for name, side, a, b in zip(names, tile, low, high, strict=True)
    ]
    in_the_mirror = exact_answer(tile, [a for a, _ in faces], [b for _, b in faces])
    back, wanted = turned_back(in_the_mirror, flip), exact_answer(tile, low, high)
    np.testing.assert_array_equal(back.heat, wanted.heat)
    np.testing.assert_array_equal(back.box, wanted.box)


def test_a_mirrored_tile_is_reversed_along_its_axes_and_contiguous():
    tiles = np.arange(2 * 1 * 2 * 3, dtype=np.float32).reshape(2, 1, 2, 3)
    assert mirrored(tiles, "x")[0, 0].tolist() == [[2, 1, 0], [5, 4, 3]]
    assert mirrored(tiles, "y")[1, 0].tolist() == [[9, 10, 11], [6, 7, 8]]
    assert mirrored(tiles, "yx").flags.c_contiguous
    assert mirrored(tiles, "") is tiles


def test_a_scan_is_answered_with_the_mean_of_its_views():
    pixels = np.random.default_rng(7).integers(0, 256, (50, 40)).astype(np.uint8)
    scan = Scan(pixels, "photograph", "photo", "MONOCHROME2", Provenance(("a",), "made here"))
    card = card_with(unsure_threshold=0.0)
    detector = OnnxCpu().load(graph_of(), card, 1)

    def scores(*flips):
        layout = lay_out(scan, card.input, card.head.stride, Effort("full", 0.25, flips))
        clock = SystemClock()
        looked = look(scan, card, layout, detector, pool, Budget(clock=clock), Stopwatch(clock))
        assert looked.coverage == 1.0
        return np.sort(looked.candidates.scores)

    with RowPool(1) as pool:
        plain, both = scores(""), scores("", "x")
        alone = scores("x")
    detector.close()
    assert len(plain) > 5
    # The tiny model's cells do not see their neighbours, so that all views agree.
    np.testing.assert_allclose(alone, plain, atol=1e-6)
    np.testing.assert_allclose(both, (plain + alone) / 2, atol=1e-6)
