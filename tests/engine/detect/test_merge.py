import itertools

import numpy as np

from engine.detect.merge import Stitcher
from engine.detect.protocol import RawOutput
from engine.domain.model_card import Effort
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from tests.engine.tiny_model import CARD


def layout_of(shape):
    scan = Scan(np.zeros(shape, np.uint8), "photograph", "photo", "MONOCHROME2", Provenance(("a",), "made here"))
    return lay_out(scan, CARD.input, CARD.head.stride, Effort("full", 0.25))


def answer(layout, value):
    cells = [side // 4 for side in layout.tile]
    return RawOutput(np.full((1, 1, *cells), value, np.float32), np.full((1, 4, *cells), value, np.float32))


def test_a_single_tile_keeps_its_bytes():
    layout = layout_of((30, 20))
    raw = RawOutput(
        np.random.default_rng(1).random((1, 1, 8, 8), np.float32),
        np.random.default_rng(2).random((1, 4, 8, 8), np.float32),
    )
    stitcher = Stitcher(layout, 1)
    stitcher.add(raw, layout.origins)
    (slab,) = stitcher.rest()
    assert slab.heat.tobytes() == raw.heat.tobytes()
    assert slab.box.tobytes() == raw.box.tobytes()
    assert (slab.first, slab.begin, slab.end) == (0, 0, 8)


def test_equal_tiles_give_an_even_map_whatever_their_overlap():
    layout = layout_of((70, 90))
    stitcher = Stitcher(layout, 1)
    for origin in layout.origins:
        stitcher.add(answer(layout, 0.25), [origin])
    (slab,) = stitcher.rest()
    assert slab.heat.shape[1:] == layout.cells_shape
    np.testing.assert_allclose(slab.heat, 0.25, rtol=1e-6)


def test_where_no_tile_was_seen_the_heat_is_zero():
    layout = layout_of((30, 70))
    stitcher = Stitcher(layout, 1)
    stitcher.add(answer(layout, 0.9), layout.origins[:1])
    (slab,) = stitcher.rest()
    assert (slab.heat[0, :, :8] == np.float32(0.9)).all()
    assert (slab.heat[0, :, 8:] == 0.0).all()


def test_the_padding_tiles_of_a_batch_are_left_out():
    layout = layout_of((30, 20))
    raw = answer(layout, 0.5)
    padded = RawOutput(np.concatenate([raw.heat, raw.heat * 2]), np.concatenate([raw.box, raw.box * 2]))
    stitcher = Stitcher(layout, 1)
    stitcher.add(padded, layout.origins)
    (slab,) = stitcher.rest()
    assert (slab.heat == 0.5).all()


def test_slabs_follow_each_other_with_a_plane_on_either_side_and_never_hold_the_whole_grid():
    layout = layout_of((1000, 30))
    stitcher = Stitcher(layout, 1)
    slabs = []
    for origin, upcoming in itertools.pairwise(layout.origins):
        stitcher.add(answer(layout, 0.5), [origin])
        slabs += stitcher.settled_before(upcoming)
    stitcher.add(answer(layout, 0.5), layout.origins[-1:])
    slabs += stitcher.rest()
    decoded = [range(slab.first + slab.begin, slab.first + slab.end) for slab in slabs]
    assert [row for rows in decoded for row in rows] == list(range(layout.cells_shape[0]))
    assert all(slab.begin == 1 for slab in slabs[1:])
    assert all(slab.heat.shape[1] == slab.end + 1 for slab in slabs[:-1])
    assert max(slab.heat.shape[1] for slab in slabs) <= 32 // 4 + 2


def test_nothing_is_settled_before_a_step_is_done_and_nothing_is_left_without_tiles():
    layout = layout_of((70, 90))
    stitcher = Stitcher(layout, 1)
    assert not list(stitcher.rest())
    stitcher.add(answer(layout, 0.5), layout.origins[:1])
    assert layout.origins[1][0] == 0
    assert not list(stitcher.settled_before(layout.origins[1]))
